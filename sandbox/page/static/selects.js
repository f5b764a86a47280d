// Selects of every kind: one or many, from a list, from the app as you type, or from people and channels.

import { el, fill, freshId, icon } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { place } from "./popup.js";
import { state } from "./state.js";
import { t } from "./words.js";

const SHOWN = 100;
const PAUSE = 180; // milliseconds after a keystroke before the app is asked

export function select(element, wire, field) {
  return new Select(element, wire, field).node;
}

class Select {
  constructor(element, wire, field) {
    Object.assign(this, { element, wire, field, at: -1, options: [], open: false });
    this.many = element.type.startsWith("multi_");
    this.external = element.type.endsWith("external_select");
    this.chosen = asOptions(element, wire.value);
    this.draw();
  }

  draw() {
    const { field } = this;
    const listId = freshId("list");
    const aria = { ...field.aria, expanded: false, controls: listId, autocomplete: "list", haspopup: "listbox" };
    if (!field.id) aria.label = this.placeholder();
    this.input = el("input", { id: field.id, class: "combo-input", type: "text", role: "combobox", autocomplete: "off", aria });
    this.tags = el("span", { class: "tags" });
    this.list = el("div", { id: listId, class: "listbox", role: "listbox", aria: { multiselectable: this.many || null, labelledby: field.labelledby, label: field.labelledby ? null : this.placeholder() } });
    this.box = el("div", { class: "combo" }, this.many ? this.tags : null, this.input, icon("down"));
    this.node = el("div", { class: "select" }, this.box, this.list);
    this.list.hidden = true;
    this.listen();
    this.showChosen();
  }

  placeholder() {
    return this.element.placeholder?.text || t(this.many ? "chooseMany" : "choose");
  }

  listen() {
    this.box.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) return;
      if (event.target !== this.input) event.preventDefault();
      this.input.focus();
      if (this.open) this.shut();
      else this.show("");
      this.input.select();
    });
    this.input.addEventListener("input", () => this.show(this.input.value));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.shut());
  }

  key(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (this.open) this.move(key === "ArrowDown" ? 1 : -1);
      else this.show("");
    } else if (key === "Enter" && this.open) {
      event.preventDefault();
      if (this.options[this.at]) this.pick(this.options[this.at]);
    } else if (key === "Escape" && this.open) {
      event.preventDefault();
      event.stopPropagation();
      this.shut();
    } else if (key === "Backspace" && !this.input.value && this.many && this.chosen.length) {
      this.set(this.chosen.slice(0, -1));
    } else if ((key === "Delete" || key === "Backspace") && !this.many && !this.open && this.chosen.length) {
      this.set([]);
    }
  }

  async show(text) {
    if (!this.open) addEventListener("scroll", this.follow, true);
    this.open = true;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    const groups = this.external ? await this.asked(text) : narrowed(groupsOf(this.element), text);
    if (!groups || !this.open) return;
    this.options = groups.flatMap((group) => group.options).slice(0, SHOWN);
    this.at = this.options.length && (text || !this.many) ? Math.max(0, this.options.findIndex((one) => this.has(one))) : -1;
    this.drawList(groups);
  }

  async asked(text) {
    const least = this.element.min_query_length ?? 3;
    if (text.length < least) return void this.note(t("typeMore", { n: least }));
    const turn = (this.turn = (this.turn ?? 0) + 1);
    this.note(t("looking"));
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (turn !== this.turn) return null;
    const answer = await this.wire.suggest(text);
    if (turn !== this.turn) return null;
    if (!answer || answer.problem) return void this.note(t("noAnswer"));
    return answer.groups.length ? labelled(answer.groups) : [{ options: answer.options }];
  }

  note(text) {
    this.options = [];
    fill(this.list, el("div", { class: "listbox-note" }, text));
    place(this.list, this.box);
  }

  drawList(groups) {
    this.groups = groups;
    if (!this.options.length) return this.note(t("nothingFound"));
    const shown = new Set(this.options);
    const parts = groups.map((group) => {
      const rows = group.options.filter((one) => shown.has(one)).map((one) => this.row(one));
      return group.label && rows.length ? el("div", { role: "group", aria: { label: group.label } }, el("div", { class: "listbox-group" }, group.label), rows) : rows;
    });
    fill(this.list, parts);
    this.list.style.minWidth = `${this.box.offsetWidth}px`;
    place(this.list, this.box);
    this.mark();
  }

  row(option) {
    const closed = this.full() && !this.has(option) ? true : null;
    const props = { id: freshId("option"), class: "option", role: "option", aria: { selected: this.has(option), disabled: closed } };
    const hint = option.description ? el("small", {}, option.description.text) : null;
    const row = el("div", props, el("span", {}, plain(option.text.text), hint), this.has(option) ? icon("check") : null);
    row.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.pick(option);
    });
    option.row = row;
    return row;
  }

  move(step) {
    if (!this.options.length) return;
    this.at = (this.at + step + this.options.length) % this.options.length;
    this.mark();
  }

  mark() {
    this.options.forEach((one, number) => one.row.classList.toggle("active", number === this.at));
    const row = this.options[this.at]?.row;
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  full = () => this.many && this.chosen.length >= (this.element.max_selected_items ?? Infinity);

  has = (option) => this.chosen.some((one) => one.value === option.value);

  pick(option) {
    const rest = this.chosen.filter((one) => one.value !== option.value);
    if (this.full() && !this.has(option)) return;
    if (!this.many) this.set([option]);
    else this.set(rest.length < this.chosen.length ? rest : [...this.chosen, option]);
    this.input.value = "";
    if (this.many && !this.external) this.show("");
    else this.shut();
  }

  set(options) {
    this.chosen = options.map(({ value, text }) => ({ value, text }));
    this.showChosen();
    this.wire.change(this.many ? this.chosen.map((one) => one.value) : (this.chosen[0]?.value ?? ""), { shown: this.chosen });
  }

  // The list stands still in the window; when what is under it scrolls, it goes along.
  follow = (event) => {
    if (event.target !== this.list) place(this.list, this.box);
  };

  shut() {
    removeEventListener("scroll", this.follow, true);
    this.open = false;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.showChosen();
  }

  showChosen() {
    const single = !this.many && this.chosen[0]?.text.text;
    this.input.placeholder = this.many && this.chosen.length ? "" : this.placeholder();
    if (!this.many) this.input.value = single || "";
    else fill(this.tags, this.chosen.map((one) => this.tag(one)));
  }

  away(option) {
    this.set(this.chosen.filter((one) => one !== option));
    if (this.open && this.options.length) this.drawList(this.groups);
  }

  tag(option) {
    const stay = (event) => event.preventDefault(); // the keyboard stays in the field, and an open list open
    const props = { type: "button", tabIndex: -1, onmousedown: stay, aria: { label: t("remove", { name: option.text.text }) } };
    const away = el("button", { ...props, onclick: () => this.away(option) }, "×");
    return el("span", { class: "tag" }, plain(option.text.text), away);
  }
}

const option = (value, text) => ({ value, text: { type: "plain_text", text } });

const labelled = (groups) => groups.map((one) => ({ label: one.label.text, options: one.options }));

function groupsOf(element) {
  if (element.option_groups) return labelled(element.option_groups);
  if (element.type.endsWith("users_select")) {
    const people = state.people.filter((one) => !one.deleted);
    return [{ options: people.map((one) => option(one.id, one.name)) }];
  }
  if (/(conversations|channels)_select$/.test(element.type)) {
    const named = state.conversations.filter((one) => one.name && one.kind !== "mpim");
    return [{ options: named.map((one) => option(one.id, `#${one.name}`)) }];
  }
  return [{ options: element.options ?? [] }];
}

function narrowed(groups, text) {
  const wanted = text.toLocaleLowerCase();
  const fits = (one) => one.text.text.toLocaleLowerCase().includes(wanted);
  return groups.map((group) => ({ ...group, options: group.options.filter(fits) })).filter((group) => group.options.length);
}

// The value as it is kept (ids or option values, or whole options from the app) as options with a text.
function asOptions(element, value) {
  const values = Array.isArray(value) ? value : value ? [value] : [];
  const known = [...groupsOf(element).flatMap((group) => group.options), ...(element.initial_options ?? []), element.initial_option].filter(Boolean);
  return values.map((one) => (one.text ? one : known.find((other) => other.value === one) ?? option(one, String(one))));
}
