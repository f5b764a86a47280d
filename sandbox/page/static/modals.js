// The modals in front of a person: the top one is drawn, those under it wait.

import { drawBlocks } from "./blocks.js";
import { byId, el, fill, icon } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { closeMenu, focusable, trap } from "./popup.js";
import { on, refresh, state } from "./state.js";
import { keepOnly, notice, redraw, tell, typedIn, viewSurface } from "./surface.js";
import { problem, t } from "./words.js";

const now = { id: null, drawn: "", errors: {}, trouble: "", sending: false, before: null };

export function start() {
  const layer = byId("modal-layer");
  trap(layer);
  layer.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  on("screens", draw);
  on("language", () => {
    now.drawn = "";
    draw();
  });
}

const top = () => state.screens.modals.at(-1);

export function draw() {
  const view = top();
  keepOnly([...state.screens.modals.map((one) => one.id), state.screens.home?.id]);
  if (!view) return hide();
  const key = [view.id, view.hash, state.screens.modals.length].join();
  if (key === now.drawn) return;
  const other = now.id !== view.id || now.sending;
  if (now.id === null) now.before = document.activeElement;
  if (other || !now.drawn.includes(view.hash)) Object.assign(now, { errors: {}, trouble: "", sending: false });
  Object.assign(now, { id: view.id, drawn: key });
  show(view, other);
}

function show(view, other) {
  closeMenu();
  const layer = byId("modal-layer");
  layer.hidden = false;
  for (const name of ["sidebar", "main"]) byId(name).inert = true;
  layer.dataset.depth = String(state.screens.modals.length);
  redraw(layer, card(view));
  reachable(layer.querySelector(".modal-body"));
  if (other || !layer.contains(document.activeElement)) focusFirst(layer);
}

// A long text without a field in it must be scrollable by keyboard, too.
function reachable(body) {
  const tall = body.scrollHeight > body.clientHeight && !focusable(body).length;
  if (tall) Object.assign(body, { tabIndex: 0, role: "group" }).setAttribute("aria-labelledby", "modal-title");
}

function focusFirst(layer) {
  const body = layer.querySelector(".modal-body");
  const wanted = focusable(body)[0] ?? focusable(layer.querySelector(".modal-foot")).at(-1);
  wanted?.focus({ preventScroll: true });
}

function hide() {
  if (now.id === null) return;
  const layer = byId("modal-layer");
  layer.hidden = true;
  fill(layer);
  for (const name of ["sidebar", "main"]) byId(name).inert = false;
  const back = now.before?.isConnected && now.before !== document.body ? now.before : byId("write") ?? byId("main");
  Object.assign(now, { id: null, drawn: "", errors: {}, trouble: "", sending: false, before: null });
  back?.focus({ preventScroll: true });
}

function card(view) {
  const depth = state.screens.modals.length;
  const props = { type: "button", class: "icon-button quiet", onclick: close, data: { part: "x" } };
  const away = el("button", { ...props, aria: { label: t(depth > 1 ? "goBack" : "close") } }, icon(depth > 1 ? "back" : "close"));
  const title = el("h2", { id: "modal-title" }, plain(view.title));
  const layers = depth > 1 ? el("span", { class: "muted layers" }, t("layer", { n: depth, of: depth })) : null;
  const head = el("div", { class: "modal-head" }, depth > 1 ? away : null, title, layers, depth > 1 ? null : away);
  const trouble = el("p", { class: "trouble", role: "alert" }, now.trouble);
  const body = el("div", { class: "modal-body" }, now.trouble ? trouble : null, drawBlocks(view.blocks, viewSurface(view, now.errors)));
  const form = el("form", { noValidate: true }, head, body, foot(view));
  const dialog = el("div", { class: "modal", role: "dialog", aria: { modal: true, labelledby: "modal-title" } }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (view.submit) send(view, dialog);
  });
  return dialog;
}

function foot(view) {
  const leave = el("button", { type: "button", class: "button", onclick: close, data: { part: "close" } });
  fill(leave, plain(view.close ?? t(view.submit ? "cancel" : "close")));
  const submit = el("button", { type: "submit", class: "button primary", data: { part: "submit" } }, plain(view.submit ?? ""));
  return el("div", { class: "modal-foot" }, leave, view.submit ? submit : null);
}

async function send(view, dialog) {
  if (now.sending) return;
  now.sending = true;
  const button = dialog.querySelector("[type=submit]");
  dialog.setAttribute("aria-busy", "true");
  fill(button, el("span", { class: "spinner", aria: { hidden: true } }), t("submitting"));
  const answer = await tell("submit", { view: view.id, values: typedIn(view) });
  if (answer?.ok) await refresh("screens");
  now.sending = false;
  dialog.removeAttribute("aria-busy");
  fill(button, plain(view.submit));
  if (!answer?.ok) wrong(view, answer);
}

// Draw the form again with what is the matter under each field, the keyboard in the first of them.
function wrong(view, answer) {
  now.errors = answer?.errors ?? {};
  now.trouble = Object.keys(now.errors).length ? "" : problem(answer?.problem || "network");
  const layer = byId("modal-layer");
  redraw(layer, card(view));
  const first = layer.querySelector(".has-error input, .has-error textarea, .has-error button");
  first?.focus();
}

async function close() {
  const view = top();
  if (!view || now.sending) return;
  const answer = await tell("close", { view: view.id });
  if (!answer) notice(t("problems.gone"));
  await refresh("screens");
}
