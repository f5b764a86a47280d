// Who acts: one click on a colleague. One Tab stop, arrows move inside.

import { avatar, byId, el, fill } from "./dom.js";
import { on, state } from "./state.js";
import { t } from "./words.js";

const MANY = 99; // the server stops counting there
let become = () => {};

export function start(act) {
  become = act;
  for (const part of ["people", "language"]) on(part, draw);
  byId("rail").addEventListener("keydown", move);
}

function draw() {
  const rail = byId("rail");
  const focused = rail.contains(document.activeElement) ? document.activeElement.dataset.handle : null;
  rail.setAttribute("aria-label", t("actAs"));
  const shown = state.people.filter((one) => !one.bot);
  fill(rail, el("h2", { class: "visually-hidden" }, t("actAs")), el("ul", {}, shown.map(entry)));
  const wanted = focused && rail.querySelector(`[data-handle="${CSS.escape(focused)}"]`);
  if (wanted) wanted.focus();
  rail.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function entry(one) {
  const acting = one.handle === state.me;
  const about = [one.name, one.deleted ? t("gone") : "", one.guest ? t("guest") : "", one.external ? t("external") : ""].filter(Boolean).join(", ");
  const waiting = one.unread && !acting ? t("unread", { n: one.unread }) : "";
  const props = {
    type: "button", class: `face${one.deleted ? " gone" : ""}`, title: about, disabled: one.deleted, tabIndex: acting ? 0 : -1,
    data: { handle: one.handle }, onclick: () => become(one.handle),
    aria: { pressed: acting },
  };
  const [first] = one.name.split(" ");
  const rest = el("span", { class: "visually-hidden" }, [about.slice(first.length), waiting].filter(Boolean).join(", "));
  const badge = waiting ? el("span", { class: "unread", aria: { hidden: true } }, one.unread < MANY ? String(one.unread) : `${MANY - 1}+`) : null;
  return el("li", {}, el("button", props, avatar(one), el("span", { class: "face-name" }, first), rest, badge));
}

function move(event) {
  const faces = [...byId("rail").querySelectorAll(".face:not([disabled])")];
  const at = faces.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: faces.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  faces[(to + faces.length) % faces.length].focus();
}
