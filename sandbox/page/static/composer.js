// The line to write in: messages, slash commands with completion, global shortcuts.

import { post } from "./api.js";
import { byId, el, fill, icon } from "./dom.js";
import { openMenu } from "./popup.js";
import { conversation, on, state } from "./state.js";
import { said, tell } from "./surface.js";
import { placeName } from "./sidebar.js";
import { problem, t } from "./words.js";

const now = { options: [], at: -1, sending: false };
const drafts = new Map(); // what was typed and not sent, by person and place

export function start() {
  on("place", draw);
  on("language", draw);
  on("conversations", label);
}

const draftKey = () => `${state.me}/${state.place}`;

function draw() {
  const box = byId("composer");
  box.hidden = state.place === "home" || !state.place;
  if (box.hidden) return;
  const write = el("textarea", { id: "write", rows: 1, value: drafts.get(draftKey()) ?? "", autocomplete: "off", aria: { controls: "completions", autocomplete: "list" } });
  write.addEventListener("input", typed);
  write.addEventListener("keydown", key);
  write.addEventListener("blur", hide);
  const list = el("div", { id: "completions", class: "listbox upward", role: "listbox", aria: { label: t("commands") } });
  list.hidden = true;
  const send = el("button", { type: "submit", class: "button primary icon-button", aria: { label: t("send") } }, icon("send"));
  const form = el("form", { class: "write-box" }, shortcuts(), write, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendLine();
  });
  fill(box, el("div", { id: "write-trouble", class: "trouble", role: "alert" }), list, form);
  label();
  grow(write);
}

function label() {
  const write = byId("write");
  const place = conversation(state.place);
  if (!write || !place) return;
  const text = t("write", { place: placeName(place) });
  write.placeholder = matchMedia("(max-width: 720px)").matches ? t("writeShort", { place: placeName(place) }) : text;
  write.setAttribute("aria-label", text);
}

function shortcuts() {
  const global = state.workspace.shortcuts.filter((one) => one.type === "global");
  const button = el("button", { type: "button", class: "icon-button quiet", aria: { label: t("shortcuts"), haspopup: "menu", expanded: false } }, icon("bolt"));
  const act = (one) => tell("shortcut", { callback_id: one.callback_id });
  const entries = () => global.map((one) => ({ label: one.name, hint: one.description, act: () => act(one) }));
  button.addEventListener("click", () => openMenu(button, t("shortcuts"), entries()));
  return global.length ? button : null;
}

function grow(write) {
  write.style.height = "auto";
  write.style.height = `${Math.min(write.scrollHeight + 2, 180)}px`;
}

function typed(event) {
  drafts.set(draftKey(), event.target.value);
  grow(event.target);
  trouble("");
  complete(event.target.value);
}

// "/tan" offers commands; "/tandem jo" offers what the manifest's usage hint names.
function completions(text) {
  if (!/^\/\S*( \S*)?$/.test(text)) return [];
  const found = [];
  for (const one of state.workspace.commands) {
    if (one.command.startsWith(text)) found.push({ line: one.command, hint: one.description });
    if (!text.startsWith(one.command)) continue;
    const words = (one.usage_hint ?? "").split("|").map((word) => word.trim().split(/[\s[<]/)[0]).filter(Boolean);
    for (const word of words) {
      const line = `${one.command} ${word}`;
      if (line.startsWith(text) && line !== text) found.push({ line, hint: "" });
    }
  }
  return found;
}

function complete(text) {
  now.options = text.startsWith("/") ? completions(text) : [];
  now.at = -1;
  const list = byId("completions");
  list.hidden = !now.options.length;
  fill(list, now.options.map((one, number) => optionRow(one, number)));
  mark();
}

function optionRow({ line, hint }, number) {
  const props = { id: `completion-${number}`, class: "option", role: "option", aria: { selected: false } };
  const row = el("div", props, el("code", {}, line), hint ? el("small", {}, hint) : null);
  row.addEventListener("mousedown", (event) => {
    event.preventDefault();
    accept(number);
  });
  return row;
}

function mark() {
  const write = byId("write");
  byId("completions").childNodes.forEach((row, number) => {
    row.classList.toggle("active", number === now.at);
    row.setAttribute("aria-selected", String(number === now.at));
    if (number === now.at) row.scrollIntoView({ block: "nearest" });
  });
  if (now.at >= 0) write.setAttribute("aria-activedescendant", `completion-${now.at}`);
  else write.removeAttribute("aria-activedescendant");
}

function hide() {
  now.options = [];
  const list = byId("completions");
  if (list) list.hidden = true;
}

function accept(number) {
  const write = byId("write");
  write.value = `${now.options[number].line} `;
  drafts.set(draftKey(), write.value);
  complete(write.value);
}

function key(event) {
  const open = now.options.length > 0;
  if (event.isComposing) return;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    now.at = (now.at + (event.key === "ArrowDown" ? 1 : -1) + now.options.length) % now.options.length;
    mark();
  } else if (open && event.key === "Tab" && !event.shiftKey && event.target.value.trim() !== now.options[Math.max(0, now.at)].line) {
    event.preventDefault();
    accept(Math.max(0, now.at));
  } else if (open && event.key === "Escape") {
    event.stopPropagation();
    hide();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (open && now.at >= 0) accept(now.at);
    else sendLine();
  }
}

async function sendLine() {
  const write = byId("write");
  const line = write.value.trim();
  if (!line || now.sending) return;
  now.sending = true;
  trouble("");
  const restore = { key: draftKey(), text: write.value };
  write.value = "";
  drafts.delete(restore.key);
  hide();
  grow(write);
  const why = await given(line);
  now.sending = false;
  if (!why || draftKey() !== restore.key) return;
  trouble(t("commandFailed", { line, why }));
  const field = byId("write");
  if (!field.value) field.value = restore.text;
}

// Send a line; returns what went wrong, in words, or nothing.
async function given(line) {
  const body = { as: state.me, channel: state.place };
  try {
    const answer = line.startsWith("/") ? await post("acts/command", { ...body, line }) : await post("acts/say", { ...body, text: line });
    return answer.problem ? problem(answer.problem) : "";
  } catch (refused) {
    return said(refused);
  }
}

function trouble(text) {
  byId("write-trouble").textContent = text;
}
