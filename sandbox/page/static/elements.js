// Buttons, menus, pickers and text fields of Block Kit. Selects are in selects.js.

import { el, icon } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";
import { ask, openMenu } from "./popup.js";
import { select } from "./selects.js";
import { keyboardIn } from "./surface.js";
import { t } from "./words.js";

const SETTLED = 500; // milliseconds without another keystroke until a picked date is told

// Draw one element. `field` has id, aria and labelledby when it stands in an input block.
export function control(element, block, surface, field = null) {
  if (element.type === "image") return el("img", { class: "picture small", src: element.image_url, alt: element.alt_text });
  const draw = DRAW[element.type] ?? (element.type.endsWith("_select") ? select : unknown);
  const again = () => {
    const back = keyboardIn(node);
    const next = control(element, block, surface, field);
    node.replaceWith(next);
    back(next.parentNode);
  };
  const node = draw(element, wired(element, block, surface, field, again), field ?? {});
  node.dataset.action = element.action_id ?? "";
  return node;
}

// What a control needs: its value, and `change(value, {quiet, shown})` that keeps it and tells the app where Slack
// would. `shown` is the value with its texts. What was not told after all, because somebody said no to the question
// asked first or there is no line, gives way to the old value; only what stands in an input waits for the next try.
function wired(element, block, surface, field, again) {
  const tells = !field || block.dispatch_action;
  const { block_id } = block;
  const { action_id } = element;
  const act = async (what) => (!element.confirm || (await ask(element.confirm))) && surface.act({ block_id, action_id, ...what });
  return {
    act,
    value: surface.value(block_id, element),
    suggest: (text) => surface.suggest(block_id, action_id, text),
    async change(value, { quiet = false, shown } = {}) {
      surface.keep(block_id, element, value, shown);
      if (!tells || quiet) return;
      const answer = await act({ option: value });
      if (answer || (field && answer === null)) return;
      surface.drop(block_id, element);
      again();
    },
  };
}

const DRAW = {
  button, overflow, radio_buttons: choices, checkboxes: choices,
  datepicker: picker("date"), timepicker: picker("time"), datetimepicker: moment,
  plain_text_input: typed, email_text_input: typed, url_text_input: typed, number_input: typed, rich_text_input: typed,
};

const unknown = (element) => el("span", { class: "muted" }, t("unknownBlock", { kind: element.type }));

function button(element, wire) {
  const style = element.style ?? "";
  const aria = { label: element.accessibility_label };
  if (element.url) {
    const props = { class: `button ${style}`, href: element.url, target: "_blank", rel: "noopener noreferrer", aria };
    return el("a", { ...props, onclick: () => wire.act({ value: element.value }) }, textObject(element.text));
  }
  const node = el("button", { type: "button", class: `button ${style}`, aria }, textObject(element.text));
  node.addEventListener("click", () => busyWhile(node, () => wire.act({ value: element.value })));
  return node;
}

// One click at a time: the button stays focusable while it waits.
async function busyWhile(node, work) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function overflow(element, wire) {
  const aria = { label: t("options"), haspopup: "menu", expanded: false };
  const node = el("button", { type: "button", class: "button icon-button", aria }, icon("more"));
  const entries = element.options.map((one) => ({
    label: plain(one.text.text),
    hint: one.description?.text,
    act: () => wire.act({ option: one.value }),
  }));
  node.addEventListener("click", () => openMenu(node, t("options"), entries));
  return node;
}

function choices(element, wire, field) {
  const many = element.type === "checkboxes";
  const name = `${field.id ?? "choice"}-${element.action_id}-${Math.random().toString(36).slice(2)}`;
  const chosen = new Set([wire.value ?? []].flat().map((one) => one.value ?? one));
  const boxes = [];
  const changed = () => {
    const values = boxes.filter((one) => one.checked).map((one) => one.value);
    wire.change(many ? values : (values[0] ?? ""));
  };
  const rows = element.options.map((one) => {
    const box = el("input", { type: many ? "checkbox" : "radio", name, value: one.value, checked: chosen.has(one.value), onchange: changed });
    boxes.push(box);
    const more = one.description ? el("small", {}, textObject(one.description)) : null;
    return el("label", { class: "choice" }, box, el("span", {}, textObject(one.text), more));
  });
  return el("div", { class: "choices", role: field.id ? null : many ? "group" : "radiogroup" }, rows);
}

function picker(type) {
  return (element, wire, field) => {
    const label = field.id ? null : element.placeholder?.text || t("choose");
    const node = el("input", { type, id: field.id, class: "field", value: wire.value ?? "", aria: { ...field.aria, label } });
    settled(node, (options) => wire.change(node.value, options));
    return node;
  };
}

function moment(element, wire, field) {
  const local = wire.value ? new Date(wire.value * 1000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16) : "";
  const node = el("input", { type: "datetime-local", id: field.id, class: "field", value: local, aria: field.aria });
  settled(node, (options) => wire.change(node.value ? Math.round(new Date(node.value).getTime() / 1000) : "", options));
  return node;
}

// Typing a date goes through half-typed ones: each is kept, only what stands for a moment is told.
function settled(node, done) {
  let timer = 0;
  const tell = () => {
    clearTimeout(timer);
    if (timer) done({});
    timer = 0;
  };
  node.addEventListener("change", () => {
    done({ quiet: true });
    clearTimeout(timer);
    timer = setTimeout(tell, SETTLED);
  });
  node.addEventListener("blur", tell);
}

const KEYBOARDS = { email_text_input: "email", url_text_input: "url", number_input: "decimal" };

function typed(element, wire, field) {
  const tall = element.multiline || element.type === "rich_text_input";
  const props = {
    id: field.id, class: "field", value: wire.value ?? "", aria: field.aria, rows: tall ? 4 : null,
    placeholder: element.placeholder?.text ?? "", inputmode: KEYBOARDS[element.type], autocomplete: "off", type: tall ? null : "text",
  };
  const node = el(tall ? "textarea" : "input", props);
  const most = element.type === "plain_text_input" ? (element.max_length ?? 3000) : 0;
  const count = el("span", { class: "count", aria: { live: "polite" } });
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  node.addEventListener("input", () => {
    wire.change(node.value, { quiet: !on.includes("on_character_entered") });
    counted(count, most - node.value.length, most);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !tall && on.includes("on_enter_pressed")) wire.change(node.value);
  });
  return most ? el("div", { class: "typed" }, node, count) : node;
}

function counted(node, left, most) {
  node.textContent = left < Math.max(20, most / 10) ? t("left", { n: left }) : "";
  node.classList.toggle("over", left < 0);
}
