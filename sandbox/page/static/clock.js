// The workspace's clock and the buttons that move it.

import { post } from "./api.js";
import { byId, el, fill, icon } from "./dom.js";
import { dayKey, fullMoment, shortMoment } from "./dates.js";
import { on, refresh, state } from "./state.js";
import { notice, said } from "./surface.js";
import { t } from "./words.js";

const now = { open: false, going: false };
const ASK_AGAIN = 30_000;

export function start() {
  on("clock", draw);
  on("language", draw);
  setInterval(() => document.hidden || refresh("clock"), ASK_AGAIN);
  document.addEventListener("pointerdown", (event) => {
    if (now.open && !byId("clock").contains(event.target)) toggle(false);
  });
  byId("clock").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !now.open) return;
    event.stopPropagation();
    toggle(false);
    byId("clock-face").focus();
  });
}

const moving = () => now.going || state.clock?.travelling;

function draw() {
  const box = byId("clock");
  if (!state.clock) return;
  const at = new Date(state.clock.now);
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.to : null;
  const typed = box.querySelector("input[type=date]");
  const face = el("button", { id: "clock-face", type: "button", class: "clock-face", title: fullMoment(at), data: { to: "face" }, onclick: () => toggle(), aria: { expanded: now.open, controls: "travel", busy: moving() || null } },
    icon("clock"), el("span", { class: "visually-hidden" }, `${t("time")}: `), el("time", { dateTime: state.clock.now }, shortMoment(at)),
    moving() ? el("span", { class: "spinner", aria: { hidden: true } }) : null);
  fill(box, face, el("div", { id: "travel", class: now.open ? "travel open" : "travel", role: "group", aria: { label: t("travel") } }, choices(at, typed)));
  if (focused) box.querySelector(`[data-to="${focused}"]`)?.focus();
}

function choices(at, typed) {
  const { can_travel: can, next_event: upcoming } = state.clock;
  if (!can) return [...buttons(true), el("span", { class: "muted travel-note" }, t("noTraveller"))];
  const off = moving();
  const due = upcoming ? t("eventAt", { when: shortMoment(new Date(upcoming)) }) : t("nothingPlanned");
  return [...buttons(off), button("event", t("event"), off || !upcoming, due), date(at, off, typed), off ? el("span", { class: "travel-note", role: "status" }, t("travelling")) : null];
}

const buttons = (off) => ["hour", "morning", "monday"].map((to) => button(to, t(to), off));

function button(to, label, off, title = "") {
  return el("button", { type: "button", class: "button small", disabled: off, title, data: { to }, onclick: () => travel(to) }, label);
}

function date(at, off, typed) {
  const field = typed ?? el("input", { type: "date", class: "field small", data: { to: "date" } });
  field.setAttribute("aria-label", t("date"));
  field.min = dayKey(new Date(at.getTime() + 86_400_000));
  field.disabled = off;
  const form = el("form", { class: "travel-date" }, field, el("button", { type: "submit", class: "button small", disabled: off, data: { to: "go" } }, t("go")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value) travel(field.value);
  });
  return form;
}

async function travel(to) {
  if (moving()) return;
  now.going = true;
  draw();
  try {
    state.clock = await post("clock", { as: state.me, to });
  } catch (refused) {
    notice(t("failed", { why: said(refused) }));
  }
  now.going = false;
  now.open = false;
  await refresh("clock");
  byId("clock-face").focus();
}

function toggle(open = !now.open) {
  now.open = open;
  draw();
}
