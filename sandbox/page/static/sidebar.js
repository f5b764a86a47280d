// A person's conversations, with marks on what they have not read.

import { avatar, byId, el, fill, icon } from "./dom.js";
import { clockTime, format } from "./dates.js";
import { me, named, on, state } from "./state.js";
import { t } from "./words.js";

let go = () => {};

export function start(goto) {
  go = goto;
  for (const part of ["conversations", "people", "place", "language", "clock"]) on(part, draw);
}

const others = (place) => place.members.filter((id) => id !== me()?.id && !named(id).bot).map((id) => named(id));

export function placeName(place) {
  if (place.kind === "im") return state.workspace.bot.name;
  if (place.kind === "mpim") return others(place).map((one) => one.name.split(" ")[0]).concat(state.workspace.bot.name).join(", ");
  return `#${place.name}`;
}

function draw() {
  const who = me();
  if (!who) return;
  const of = (...kinds) => state.conversations.filter((one) => kinds.includes(one.kind));
  const dm = state.conversations.find((one) => one.id === state.dm);
  const box = byId("sidebar");
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.place : null;
  fill(box,
    card(who),
    group(t("apps"), [entry("home", el("span", { class: "mark" }, icon("home")), `${state.workspace.bot.name} · ${t("home")}`, 0)]),
    group(t("dms"), dm ? [entry(dm.id, avatar(named(state.workspace.bot.id), "small"), placeName(dm), dm.unread)] : []),
    group(t("groups"), of("mpim").map((one) => entry(one.id, count(one), placeName(one), one.unread))),
    group(t("channels"), of("public_channel", "private_channel").map((one) => entry(one.id, sign(one), one.name, one.unread))),
  );
  if (focused) box.querySelector(`[data-place="${focused}"]`)?.focus();
}

function card(who) {
  const local = state.clock ? clockTime(new Date(state.clock.now)) : "";
  const zone = format(new Date(state.clock?.now ?? 0), { timeZoneName: "shortGeneric" }).split(", ").at(-1);
  const kind = who.admin ? t("admin") : who.guest ? t("guest") : who.external ? t("external") : "";
  const facts = [who.title, kind, who.zone.split("/").at(-1).replace(/_/g, " ")].filter(Boolean).join(" · ");
  return el("div", { class: "me-card" }, avatar(who, "large"),
    el("div", {}, el("strong", {}, who.name), el("span", { class: "muted", title: zone }, facts), el("span", { class: "muted" }, local)));
}

function group(title, entries) {
  if (!entries.length) return null;
  return el("section", {}, el("h2", {}, title), el("ul", {}, entries));
}

function entry(id, mark, name, unread) {
  const here = state.place === id;
  const badge = unread && !here ? el("span", { class: "unread", aria: { hidden: true } }, String(unread)) : null;
  const more = unread && !here ? el("span", { class: "visually-hidden" }, `, ${t("unread", { n: unread })}`) : null;
  const props = { type: "button", class: unread && !here ? "entry has-unread" : "entry", data: { place: id }, aria: { current: here ? "page" : null }, onclick: () => go(id) };
  return el("li", {}, el("button", props, mark, el("span", { class: "entry-name" }, name), more, badge));
}

const count = (place) => el("span", { class: "mark count-mark", aria: { hidden: true } }, String(place.members.length));

function sign(place) {
  return el("span", { class: "mark" }, place.kind === "private_channel" ? icon("lock") : "#", el("span", { class: "visually-hidden" }, t(place.kind === "private_channel" ? "private" : "public")));
}
