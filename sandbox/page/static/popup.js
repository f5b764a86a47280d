// Things that open over others: menus, confirm dialogs, and the rule that focus stays inside and comes back.

import { el, fill, icon } from "./dom.js";
import { t } from "./words.js";

const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

export const focusable = (box) =>
  [...box.querySelectorAll(FOCUSABLE)].filter((one) => one.offsetParent !== null || one === document.activeElement);

// Keep Tab inside the box.
export function trap(box) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const all = focusable(box);
    const [first, last] = [all[0], all[all.length - 1]];
    const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
    if (all.length && (leaving || !box.contains(document.activeElement))) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  });
}

// Put a popup under (or over) its button, inside the window.
export function place(popup, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popup;
  const below = box.bottom + height + 8 < innerHeight || box.top < height + 8;
  popup.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  popup.style.top = `${below ? Math.min(box.bottom + 4, innerHeight - height - 8) : box.top - height - 4}px`;
}

// A menu stands in the part of the page that it belongs to, where who reads by parts finds it.
const LANDMARK = 'header, main, aside, [role="dialog"]';
let opened = null;

export function closeMenu({ refocus = false } = {}) {
  if (!opened) return;
  const { menu, anchor } = opened;
  opened = null;
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (refocus) anchor.focus();
}

// entries: [{label, hint, act, danger, disabled}]
export function openMenu(anchor, label, entries) {
  const same = opened?.anchor === anchor;
  closeMenu();
  if (same) return;
  const items = entries.map((entry) => menuItem(entry));
  const menu = el("div", { class: "menu", role: "menu", aria: { label }, onkeydown: (event) => steer(event, items) }, items);
  (anchor.closest(LANDMARK) ?? document.body).append(menu);
  opened = { menu, anchor };
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor);
  items.find((one) => !one.disabled)?.focus();
}

function menuItem({ label, hint, act, danger, disabled, checked }) {
  const props = {
    class: `menu-item${danger ? " danger" : ""}`, role: checked === undefined ? "menuitem" : "menuitemradio",
    type: "button", tabIndex: -1, disabled, aria: { checked },
    onclick: () => {
      closeMenu({ refocus: true });
      act();
    },
  };
  return el("button", props, el("span", {}, label), hint ? el("small", {}, hint) : null, checked ? icon("check") : null);
}

function steer(event, items) {
  const usable = items.filter((one) => !one.disabled);
  const at = usable.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: usable.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    usable[(to + usable.length) % usable.length]?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    closeMenu({ refocus: true });
  }
}

addEventListener("pointerdown", (event) => {
  if (opened && !opened.menu.contains(event.target) && !opened.anchor.contains(event.target)) closeMenu();
});
addEventListener("resize", () => closeMenu());

// Ask before something is done; resolves to true or false. `confirm` is Block Kit's confirmation object.
export function ask(confirm) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const done = (answer) => {
      veil.remove();
      if (before?.isConnected) before.focus();
      resolve(answer);
    };
    const yes = el("button", { type: "button", class: `button ${confirm.style === "danger" ? "danger" : "primary"}`, onclick: () => done(true) });
    fill(yes, confirm.confirm?.text || t("yes"));
    const no = el("button", { type: "button", class: "button", onclick: () => done(false) }, confirm.deny?.text || t("no"));
    const title = el("h2", { id: "confirm-title" }, confirm.title?.text ?? "");
    const text = el("p", { id: "confirm-text" }, confirm.text?.text ?? "");
    const props = { class: "dialog", role: "alertdialog", aria: { modal: true, labelledby: "confirm-title", describedby: "confirm-text" } };
    const box = el("div", props, title, text, el("div", { class: "dialog-foot" }, no, yes));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      done(false);
    });
    trap(box);
    const veil = el("div", { class: "veil top" }, box);
    document.body.append(veil);
    no.focus();
  });
}
