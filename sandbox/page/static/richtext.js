// rich_text blocks: what people typed into Slack's own editor.

import { el } from "./dom.js";
import { slackDate } from "./dates.js";
import { channelName, emojiNode, link, mention } from "./mrkdwn.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code" };

export function richText(block) {
  return el("div", { class: "rich" }, (block.elements ?? []).map(part));
}

function part(one) {
  switch (one.type) {
    case "rich_text_list": {
      const tag = one.style === "ordered" ? "ol" : "ul";
      return el(tag, { class: `indent-${one.indent ?? 0}` }, (one.elements ?? []).map((row) => el("li", {}, leaves(row))));
    }
    case "rich_text_quote":
      return el("blockquote", {}, leaves(one));
    case "rich_text_preformatted":
      return el("pre", {}, leaves(one));
    default:
      return el("div", {}, leaves(one));
  }
}

const leaves = (one) => (one.elements ?? []).map(leaf);

function leaf(one) {
  switch (one.type) {
    case "text":
      return styled(one.text, one.style);
    case "link":
      return styled(link(one.url, one.text ?? ""), one.style);
    case "user":
      return mention(one.user_id);
    case "channel":
      return channelName(one.channel_id);
    case "emoji":
      return emojiNode(one.name);
    case "date":
      return el("time", {}, slackDate(one.timestamp, one.format));
    case "broadcast":
      return el("span", { class: "mention" }, `@${one.range}`);
    default:
      return one.text ?? "";
  }
}

function styled(node, style = {}) {
  return Object.entries(STYLES).reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), node);
}
