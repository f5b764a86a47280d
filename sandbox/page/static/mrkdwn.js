// Slack's mrkdwn, drawn as nodes. Nothing that was written is ever parsed as markup of the page.

import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { format, slackDate } from "./dates.js";
import { conversation, named } from "./state.js";

const unescaped = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

// A text object of Block Kit as a fragment.
export function textObject(object) {
  if (!object) return document.createDocumentFragment();
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plain(object.text);
}

export function plain(text) {
  const fragment = document.createDocumentFragment();
  fragment.append(...withEmoji(text));
  return fragment;
}

export function mrkdwn(text) {
  const fragment = document.createDocumentFragment();
  text.split("```").forEach((part, number, all) => {
    if (number % 2 && number < all.length - 1) fragment.append(el("pre", {}, unescaped(part.replace(/^\n|\n$/g, ""))));
    else lines(fragment, number % 2 ? `\`\`\`${part}` : part);
  });
  return fragment;
}

function lines(parent, text) {
  let quote = null;
  const rows = text.replace(/^\n|\n$/g, "").split("\n");
  rows.forEach((row, number) => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(row);
    if (quoted) {
      if (quote) quote.append(el("br"));
      else parent.append((quote = el("blockquote")));
      quote.append(...inline(quoted[1]));
      return;
    }
    if (number && !quote) parent.append(el("br"));
    quote = null;
    parent.append(...inline(row));
  });
}

const MARKS = { "*": "strong", _: "em", "~": "s" };
const TOKEN = /`([^`\n]+)`|<([^<>\n]+)>|:([\w+-]+(?:::[\w-]+)?):|([*_~])/g;

// One line as a list of nodes.
export function inline(text) {
  const nodes = [];
  let from = 0;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const made = token(text, found);
    if (!made) continue;
    if (found.index > from) nodes.push(unescaped(text.slice(from, found.index)));
    nodes.push(made.node);
    from = TOKEN.lastIndex = made.end;
  }
  if (from < text.length) nodes.push(unescaped(text.slice(from)));
  return nodes;
}

function token(text, found) {
  const [whole, code, angle, name, mark] = found;
  const end = found.index + whole.length;
  if (code !== undefined) return { node: el("code", {}, unescaped(code)), end };
  if (angle !== undefined) return { node: reference(angle), end };
  if (name !== undefined) return emoji(name) ? { node: emojiNode(name), end } : null;
  return marked(text, found.index, mark);
}

// A mark opens after a space or bracket, closes before one, and holds no space at its edges.
function marked(text, start, mark) {
  const at = TOKEN.lastIndex;
  const before = text[start - 1] ?? " ";
  const closing = new RegExp(`^[${mark}](\\S|\\S[^\\n]*?\\S)[${mark}](?![\\p{L}\\p{N}${mark === "_" ? "_" : ""}])`, "u");
  const found = /[\p{L}\p{N}]/u.test(before) ? null : closing.exec(text.slice(start));
  if (!found || found[1][0] === mark) return null;
  const node = el(MARKS[mark], {}, ...inline(found[1]));
  TOKEN.lastIndex = at;
  return { node, end: start + found[0].length };
}

function reference(inside) {
  const cut = inside.indexOf("|");
  const target = cut < 0 ? inside : inside.slice(0, cut);
  const label = cut < 0 ? "" : inside.slice(cut + 1);
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return channelName(target.slice(1), label);
  if (target.startsWith("!date^")) return dateNode(target, label);
  if (target.startsWith("!")) return el("span", { class: "mention" }, `@${label || target.slice(1).split("^")[0]}`);
  return link(target, label);
}

export const mention = (id) => el("span", { class: "mention" }, `@${named(id).name}`);

export function channelName(id, label = "") {
  return el("span", { class: "mention" }, `#${conversation(id)?.name || unescaped(label) || id}`);
}

export function link(target, label = "", style = []) {
  const address = unescaped(target);
  const text = label ? withEmoji(unescaped(label)) : [address.replace(/^mailto:/, "")];
  if (!/^(https?:|mailto:|tel:)/i.test(address)) return el("span", {}, `<${address}>`);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", class: style.join(" ") }, ...text);
}

function dateNode(target, label) {
  const [, seconds, pattern, address] = target.split("^");
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return el("span", {}, unescaped(label));
  const full = format(moment, { dateStyle: "full", timeStyle: "long" });
  const time = el("time", { dateTime: moment.toISOString(), title: full }, slackDate(Number(seconds), unescaped(pattern)));
  return address ? el("a", { href: unescaped(address), target: "_blank", rel: "noopener noreferrer" }, time) : time;
}

export function emojiNode(name) {
  const sign = emoji(name);
  if (!sign) return document.createTextNode(`:${name}:`);
  return el("span", { class: "emoji", role: "img", title: `:${name}:`, aria: { label: name.replace(/_/g, " ") } }, sign);
}

function withEmoji(text) {
  return text
    .split(/(:[\w+-]+:)/)
    .filter(Boolean)
    .map((part) => (/^:[\w+-]+:$/.test(part) && emoji(part.slice(1, -1)) ? emojiNode(part.slice(1, -1)) : part));
}
