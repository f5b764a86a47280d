// The drawer: what the app called, what was sent to it, and bad days on purpose.

import { get, post } from "./api.js";
import { byId, el, fill, icon } from "./dom.js";
import { clockTime, shortDay } from "./dates.js";
import { named, on, refresh, state } from "./state.js";
import { notice, said } from "./surface.js";
import { faultKind, t } from "./words.js";

const READS = /^(users|team|auth|apps|api|conversations)\./;
const now = { tab: "calls", noReads: true, open: new Map() };

export function start() {
  for (const part of ["calls", "deliveries"]) on(part, drawList);
  on("faults", drawFaults);
  on("inside", draw);
  on("language", draw);
  byId("inside").addEventListener("keydown", (event) => {
    if (event.key === "Escape") byId("inside-button").click();
  });
}

export const parts = () => [now.tab, "faults"];

function draw() {
  const box = byId("inside");
  box.hidden = !state.inside;
  if (!state.inside) return;
  box.setAttribute("aria-label", t("inside"));
  const tab = (name) => el("button", { type: "button", role: "tab", id: `tab-${name}`, class: "tab", tabIndex: now.tab === name ? 0 : -1, aria: { selected: now.tab === name, controls: "inside-panel" }, onclick: () => turn(name) }, t(name === "calls" ? "appCalls" : "slackCalls"));
  const tabs = el("div", { role: "tablist", class: "tabs", aria: { label: t("inside") } }, tab("calls"), tab("deliveries"));
  tabs.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") turn(now.tab === "calls" ? "deliveries" : "calls");
  });
  const reads = el("label", { class: "choice" }, el("input", { type: "checkbox", checked: now.noReads, onchange: (event) => hideReads(event.target.checked) }), t("hideReads"));
  fill(box, el("div", { class: "inside-head" }, el("h2", {}, t("inside")), el("button", { type: "button", class: "icon-button quiet", aria: { label: t("close") }, onclick: () => byId("inside-button").click() }, icon("close"))),
    el("details", { class: "faults" }, el("summary", {}, t("faults")), el("div", { id: "faults" })),
    el("div", { class: "inside-tools" }, tabs, reads), el("div", { id: "inside-panel", class: "calls", role: "tabpanel", tabIndex: 0, aria: { labelledby: `tab-${now.tab}` } }, el("ol", { id: "inside-list" })));
  drawFaults();
  drawList();
}

function turn(name) {
  Object.assign(now, { tab: name, open: new Map() });
  draw();
  byId(`tab-${name}`).focus();
  refresh(name);
}

function hideReads(on_) {
  now.noReads = on_;
  drawList();
}

function drawList() {
  const list = byId("inside-list");
  if (!list || !state.inside) return;
  const all = now.tab === "calls" ? state.calls : state.deliveries;
  const shown = all.filter((one) => !(now.noReads && now.tab === "calls" && READS.test(one.method) && one.ok));
  const rows = shown.slice().reverse().map(row);
  fill(list, rows.length ? rows : el("li", { class: "muted" }, t("noCalls")));
}

function row(one) {
  const key = `${now.tab}/${one.number}`;
  const signature = JSON.stringify(one);
  const known = now.open.get(key);
  if (known?.signature === signature) return known.node;
  const at = new Date(one.at);
  const verdict = one.fault ? `${one.fault}` : one.ok ? "ok" : one.error || (one.status ? String(one.status) : t("waiting"));
  const readers = one.readers.length ? t("readers", { names: one.readers.map((handle) => named(handle).name.split(" ")[0]).join(", ") }) : "";
  const body = el("div", { class: "call-body" });
  const summary = el("summary", {}, el("code", {}, one.method), el("span", { class: one.ok ? "verdict ok" : "verdict bad" }, verdict),
    el("small", { class: "muted" }, `${shortDay(at)} ${clockTime(at)}`, one.attempts > 1 ? ` · ${t("attempts", { n: one.attempts })}` : "", readers ? ` · ${readers}` : ""));
  const details = el("details", { ontoggle: () => details.open && unfold(one, body) }, summary, body);
  const node = el("li", {}, details);
  now.open.set(key, { signature, node });
  return node;
}

async function unfold(one, body) {
  if (body.childElementCount) return;
  try {
    const whole = await get(`${now.tab}/${one.number}`);
    fill(body, el("h3", {}, t("arguments")), el("pre", { tabIndex: 0 }, pretty(whole.args)), el("h3", {}, t("response")), el("pre", { tabIndex: 0 }, pretty(whole.response)));
  } catch (refused) {
    notice(said(refused));
  }
}

// Arguments that are JSON inside a text are shown as what they mean.
function pretty(value) {
  return JSON.stringify(value, (_, part) => (typeof part === "string" && /^[[{]/.test(part) ? parsed(part) : part), 2);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function drawFaults() {
  const box = byId("faults");
  if (!box || !state.inside) return;
  const { faults, connections } = state.faults;
  const waiting = faults.map((one) => el("li", {}, t("faultLine", { kind: one.kind, method: one.method === "*" ? t("anyMethod") : one.method, left: one.times === null ? "∞" : one.times - one.struck })));
  const list = waiting.length ? el("ul", {}, waiting) : el("p", { class: "muted" }, t("noFaults"));
  const clear = el("button", { type: "button", class: "button small", disabled: !waiting.length, onclick: () => send("faults/clear", {}) }, t("clearFaults"));
  const form = box.querySelector("form") ?? faultForm();
  fill(box, form, list, el("div", { class: "row" }, clear, el("span", { class: "muted" }, t("connections", { n: connections }))));
}

function faultForm() {
  const picked = (name, options) => el("select", { name, class: "field small" }, options.map(([value, text]) => el("option", { value }, text)));
  const kinds = Object.entries(state.workspace.faults).map(([kind, about]) => [kind, `${kind}: ${faultKind(kind, about)}`]);
  const kind = picked("kind", [...kinds, ["disconnect", t("disconnect")]]);
  const method = picked("method", [["*", t("anyMethod")], ...state.workspace.methods.map((one) => [one, one])]);
  method.value = "chat.postMessage";
  const number = (name, value) => el("input", { name, type: "number", class: "field small", min: 1, max: 60, value });
  const labelled = (text, field) => el("label", { class: "small-label" }, text, field);
  const form = el("form", { class: "fault-form" }, labelled(t("fault"), kind), labelled(t("method"), method), labelled(t("times"), number("times", 1)), labelled(t("seconds"), number("seconds", 5)), el("button", { type: "submit", class: "button small danger" }, t("inject")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send("faults", Object.fromEntries(new FormData(form)));
  });
  return form;
}

async function send(path, body) {
  try {
    state.faults = await post(path, body);
    drawFaults();
  } catch (refused) {
    notice(t("failed", { why: said(refused) }));
  }
}
