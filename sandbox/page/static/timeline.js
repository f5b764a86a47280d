// A thin line of what happened when; a click goes to the person it happened to.

import { byId, el, fill, icon } from "./dom.js";
import { dayKey, shortDay, shortMoment } from "./dates.js";
import { named, on, state } from "./state.js";
import { t } from "./words.js";

const SIGNS = {
  command: "send", click: "check", submit: "check", close: "close", shortcut: "bolt", say: "pen", post: "talk", change: "pen",
  delete: "trash", travel: "clock", trouble: "warn", arrive: "user", profile: "user", join: "user", leave: "user",
};
const SHOWN = 120;
let become = () => {};

export function start(act) {
  become = act;
  for (const part of ["timeline", "people", "language"]) on(part, draw);
}

function draw() {
  const box = byId("timeline");
  box.setAttribute("aria-label", t("timeline"));
  const atEnd = box.scrollWidth - box.scrollLeft - box.clientWidth < 120 || !box.dataset.drawn;
  const entries = state.timeline.slice(-SHOWN);
  let day = "";
  const rows = entries.flatMap((one) => {
    const at = new Date(one.at);
    const same = dayKey(at) === day;
    day = dayKey(at);
    return [same ? null : el("li", { class: "day" }, shortDay(at)), one.kind === "travel" ? null : el("li", {}, chip(one, at))];
  });
  fill(box, entries.length ? el("ol", {}, rows.filter(Boolean)) : el("p", { class: "muted" }, t("timelineEmpty")));
  box.dataset.drawn = "yes";
  if (atEnd) box.scrollLeft = box.scrollWidth;
}

function chip(one, at) {
  const names = one.people.map((handle) => named(handle).name.split(" ")[0]);
  const who = names.length > 3 ? `${names.slice(0, 2).join(", ")} +${names.length - 2}` : names.join(", ");
  const text = t(`did.${one.kind}`, { who, what: one.what });
  const single = one.people.length === 1 ? one.people[0] : null;
  const label = `${shortMoment(at)}: ${text}`;
  const parts = [icon(SIGNS[one.kind] ?? "check"), who || one.what];
  if (!single) return el("span", { class: `chip ${one.kind}`, title: label }, el("span", { class: "visually-hidden" }, label), el("span", { aria: { hidden: true } }, parts));
  return el("button", { type: "button", class: `chip ${one.kind}`, title: label, aria: { label }, onclick: () => become(single) }, parts);
}
