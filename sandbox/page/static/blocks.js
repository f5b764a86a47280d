// Block Kit: one function per kind of block. What can be pressed or filled is in elements.js.

import { el, freshId } from "./dom.js";
import { control } from "./elements.js";
import { mrkdwn, plain, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { complaint, t } from "./words.js";

// `surface` says how a control reads its value, keeps what is typed, and tells the app: see surface.js.
export function drawBlocks(blocks, surface) {
  return (blocks ?? []).map((block) => drawBlock(block, surface));
}

function drawBlock(block, surface) {
  const draw = KINDS[block.type];
  const node = draw ? draw(block, surface) : el("p", { class: "muted" }, t("unknownBlock", { kind: block.type }));
  node.classList.add("block", `block-${block.type}`);
  if (block.block_id) node.dataset.block = block.block_id;
  return node;
}

const KINDS = {
  section, header, context, actions, input, image, markdown, table,
  divider: () => el("hr"),
  rich_text: (block) => richText(block),
};

function section(block, surface) {
  const main = el("div", { class: "section-main" });
  if (block.text) main.append(el("div", { class: "text" }, textObject(block.text)));
  if (block.fields) {
    const fields = block.fields.map((one) => el("div", { class: "text field-text" }, textObject(one)));
    main.append(el("div", { class: "section-fields" }, fields));
  }
  const accessory = block.accessory ? el("div", { class: "accessory" }, control(block.accessory, block, surface)) : null;
  return el("div", {}, main, accessory);
}

function header(block, surface) {
  return el(surface.heading ?? "h3", {}, textObject(block.text));
}

function context(block) {
  const parts = block.elements.map((one) => (one.type === "image" ? picture(one, "small") : el("span", { class: "text" }, textObject(one))));
  return el("div", {}, parts);
}

function actions(block, surface) {
  return el("div", {}, block.elements.map((one) => control(one, block, surface)));
}

// A page without network shows only pictures it has; any other is named.
function picture(part, size = "") {
  const own = /^(data:image\/(png|jpeg|gif|webp);|\/)/.test(part.image_url ?? "");
  if (!own) return el("span", { class: `picture missing ${size}` }, t("image", { alt: part.alt_text }));
  return el("img", { class: `picture ${size}`, src: part.image_url, alt: part.alt_text, loading: "lazy" });
}

function image(block) {
  return el("figure", {}, block.title ? el("figcaption", {}, textObject(block.title)) : null, picture(block));
}

function markdown(block) {
  return el("div", { class: "text" }, mrkdwn(block.text.replace(/\*\*(.+?)\*\*/g, "*$1*").replace(/^#+ (.*)$/gm, "*$1*")));
}

function table(block) {
  const cell = (one) => (one.type === "rich_text" ? richText(one) : plain(one.text ?? ""));
  const row = (cells, tag) => el("tr", {}, cells.map((one) => el(tag, {}, cell(one))));
  const [head, ...rest] = block.rows;
  return el("div", { class: "table-box", tabIndex: 0 }, el("table", {}, el("thead", {}, row(head, "th")), el("tbody", {}, rest.map((one) => row(one, "td")))));
}

const GROUPED = new Set(["radio_buttons", "checkboxes"]);

// An input with its label, hint and, after a refusal, what is the matter.
function input(block, surface) {
  const id = freshId("field");
  const grouped = GROUPED.has(block.element.type);
  const error = surface.errors?.[block.block_id];
  const notes = [block.hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  const aria = { required: block.optional || grouped ? null : true, invalid: error && !grouped ? true : null, describedby: notes || null };
  const field = control(block.element, block, surface, { id, aria, labelledby: `${id}-label` });
  const optional = block.optional ? el("span", { class: "muted" }, ` (${t("optional")})`) : null;
  const label = el(grouped ? "legend" : "label", { id: `${id}-label`, class: "label", htmlFor: grouped ? null : id }, textObject(block.label), optional);
  const hint = block.hint ? el("p", { id: `${id}-hint`, class: "hint" }, textObject(block.hint)) : null;
  const said = error ? el("p", { id: `${id}-error`, class: "error" }, complaint(error)) : null;
  const props = { class: error ? "has-error" : "", aria: grouped ? { describedby: notes || null } : {} };
  return el(grouped ? "fieldset" : "div", props, label, field, said, hint);
}
