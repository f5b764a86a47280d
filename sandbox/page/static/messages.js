// The messages of one conversation. Only what changed is drawn anew.

import { post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { arrange, avatar, byId, el, fill, icon } from "./dom.js";
import { fileCards } from "./files.js";
import { clockTime, dayKey, dayName, fromTs, fullMoment } from "./dates.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { openMenu } from "./popup.js";
import { conversation, me, named, on, refresh, state } from "./state.js";
import { keyboardIn, messageSurface, tell } from "./surface.js";
import { t } from "./words.js";

const TOGETHER = 300; // seconds between messages of one author that stand under one name
const now = { channel: null, rows: new Map(), freshFrom: null, faces: "", atEnd: true, size: "" };

export function start() {
  on("talk", draw);
  on("people", faces);
  on("language", redrawAll);
  on("clock", () => now.channel && drawDays());
  document.addEventListener("visibilitychange", markRead);
  byId("talk").addEventListener("scroll", scrolled);
  new ResizeObserver(stayAtEnd).observe(byId("talk"));
}

const isAtEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 80;

const sizeOf = (log) => `${log.clientWidth}×${log.clientHeight}`;

// Somebody scrolled; unless it is the browser itself, because the box has become another size.
function scrolled() {
  const log = byId("talk");
  if (sizeOf(log) === now.size) now.atEnd = isAtEnd(log);
}

// Whoever reads the newest message still reads it when the drawer opens or the line to write in grows.
function stayAtEnd() {
  const log = byId("talk");
  now.size = sizeOf(log);
  if (now.atEnd) log.scrollTop = log.scrollHeight;
}

// Messages show names, faces and the viewer's own time; who has something unread does not matter here.
function faces() {
  const drawn = JSON.stringify(state.people.map(({ id, name, bot, hue, zone, locale }) => [id, name, bot, hue, zone, locale]));
  if (drawn !== now.faces) redrawAll();
  now.faces = drawn;
}

function redrawAll() {
  now.rows.clear();
  if (state.talk.channel === state.place) draw();
}

// Forget what was drawn: another person or another conversation.
export function leave() {
  Object.assign(now, { channel: null, freshFrom: null, atEnd: true });
  now.rows.clear();
  fill(byId("talk"));
}

function draw() {
  const { channel, messages, more } = state.talk;
  const log = byId("talk");
  if (!channel || channel !== state.place) return;
  const opening = now.channel !== channel;
  const atEnd = opening || isAtEnd(log);
  const fromEnd = log.scrollHeight - log.scrollTop;
  const longer = !opening && now.rows.size && messages.length && !now.rows.has(messages[0].ts) && messages.some((one) => now.rows.has(one.ts));
  log.setAttribute("aria-busy", String(opening || Boolean(longer)));
  if (opening) open(channel, messages);
  arrange(log, more ? earlier() : null, messages.length ? rows(messages) : empty());
  for (const ts of now.rows.keys()) if (!messages.some((one) => one.ts === ts)) now.rows.delete(ts);
  if (atEnd && !longer) log.scrollTop = log.scrollHeight;
  else if (longer) log.scrollTop = log.scrollHeight - fromEnd;
  requestAnimationFrame(() => log.setAttribute("aria-busy", "false"));
  markRead();
}

function open(channel, messages) {
  now.channel = channel;
  now.rows.clear();
  const unread = conversation(channel)?.unread ?? 0;
  const others = messages.filter((one) => !one.ephemeral && one.user !== me()?.id);
  now.freshFrom = unread ? others[Math.max(0, others.length - unread)]?.ts : null;
}

function rows(messages) {
  const out = [];
  let before = null;
  for (const message of messages) {
    const at = fromTs(message.ts);
    const newDay = !before || dayKey(fromTs(before.ts)) !== dayKey(at);
    if (newDay) out.push(dayLine(at));
    if (message.ts === now.freshFrom) out.push(el("div", { class: "fresh-line", role: "separator" }, el("span", {}, t("fresh"))));
    out.push(row(message, !newDay && message.ts !== now.freshFrom && goesWith(before, message)));
    before = message;
  }
  return out;
}

const dayLine = (at) => el("div", { class: "day-line", role: "separator", data: { at: at.getTime() } }, el("span", {}, dayName(at, clockNow())));
const clockNow = () => new Date(state.clock?.now ?? Date.now());

function drawDays() {
  for (const line of byId("talk").querySelectorAll(".day-line")) fill(line.firstChild, dayName(new Date(Number(line.dataset.at)), clockNow()));
}

function goesWith(before, message) {
  return before.user === message.user && before.ephemeral === message.ephemeral && Number(message.ts) - Number(before.ts) < TOGETHER;
}

function row(message, follows) {
  const known = now.rows.get(message.ts);
  if (known?.revision === message.revision && known.follows === follows) return known.node;
  const node = drawMessage(message, follows);
  const back = known ? keyboardIn(known.node) : null;
  if (back) requestAnimationFrame(() => back(node));
  now.rows.set(message.ts, { revision: message.revision, follows, node });
  return node;
}

function drawMessage(message, follows) {
  const author = named(message.user);
  const at = fromTs(message.ts);
  const time = el("time", { dateTime: at.toISOString(), title: fullMoment(at) }, clockTime(at));
  const badge = author.bot ? el("span", { class: "badge" }, t("app")) : null;
  const head = el("div", { class: follows ? "message-head visually-hidden" : "message-head" }, el("span", { class: "author" }, author.name), badge, time);
  const alone = message.ephemeral ? el("div", { class: "only-you" }, icon("lock"), t("onlyYou")) : null;
  const body = message.blocks.length
    ? drawBlocks(message.blocks, messageSurface(message, state.talk.channel))
    : message.text ? el("div", { class: "block text" }, mrkdwn(message.text)) : null;
  const edited = message.edited ? el("span", { class: "muted edited" }, `(${t("edited")})`) : null;
  const side = follows ? el("span", { class: "side-time", aria: { hidden: true } }, clockTime(at)) : avatar(author);
  const classes = ["message", message.ephemeral ? "ephemeral" : "", follows ? "follows" : ""].join(" ");
  return el("article", { class: classes, data: { ts: message.ts }, aria: { label: `${author.name}, ${clockTime(at)}` } },
    side, el("div", { class: "message-main" }, alone, head, body, fileCards(message.files), edited), menuOf(message));
}

function menuOf(message) {
  const shortcuts = state.workspace.shortcuts.filter((one) => one.type === "message");
  if (!shortcuts.length || message.ephemeral) return null;
  const aria = { label: t("moreActions"), haspopup: "menu", expanded: false };
  const button = el("button", { type: "button", class: "icon-button message-menu", aria }, icon("more"));
  const channel = state.talk.channel;
  const entries = shortcuts.map((one) => ({
    label: one.name, hint: one.description,
    act: () => tell("shortcut", { callback_id: one.callback_id, channel, ts: message.ts }),
  }));
  button.addEventListener("click", () => openMenu(button, t("moreActions"), entries));
  return button;
}

function earlier() {
  const more = () => {
    state.talk.limit = Math.min(500, state.talk.limit + 120);
    refresh("talk");
  };
  return el("button", { type: "button", class: "button quiet earlier", onclick: more }, t("earlier"));
}

function empty() {
  const command = state.workspace.commands[0]?.command;
  const hint = command ? el("p", { class: "muted" }, plain(t("emptyTalkHint", { command }))) : null;
  return el("div", { class: "empty" }, el("p", {}, t("emptyTalk")), hint);
}

function markRead() {
  const { channel, messages } = state.talk;
  const last = messages.filter((one) => !one.ephemeral).at(-1);
  if (document.hidden || !last || channel !== state.place || !conversation(channel)?.unread) return;
  post("read", { as: state.me, channel, ts: last.ts }).catch(() => {});
}
