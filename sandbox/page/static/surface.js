// What stands behind drawn blocks: where values come from, where typed ones are kept, how the app is told.

import { post } from "./api.js";
import { byId, el, fill } from "./dom.js";
import { refresh, state } from "./state.js";
import { problem, t } from "./words.js";

// What was chosen or typed and is not yet anywhere else, by view or message, then by block, then by action.
const drafts = new Map();

const draftsOf = (key) => drafts.get(key) ?? drafts.set(key, new Map()).get(key);
export const forget = (key) => drafts.delete(key);

// Drop the drafts of views that are closed.
export function keepOnly(ids) {
  for (const key of drafts.keys()) if (key.startsWith("V") && !ids.includes(key)) drafts.delete(key);
}

const initial = (part) =>
  part.initial_option ?? part.initial_options ?? part.initial_value ?? part.initial_date ?? part.initial_time ??
  part.initial_date_time ?? part.initial_user ?? part.initial_users ?? part.initial_conversation ?? part.initial_channel;

function fromState(entry) {
  const { type, ...rest } = entry;
  const value = Object.values(rest)[0];
  return type === "rich_text_input" ? written(value) : value;
}

const written = (rich) => (rich?.elements ?? []).flatMap((one) => one.elements ?? []).map((one) => one.text ?? "").join("");

function richValue(text) {
  const section = { type: "rich_text_section", elements: [{ type: "text", text }] };
  return text ? { type: "rich_text", elements: [section] } : "";
}

export function messageSurface(message, channel) {
  const key = `${channel}/${message.ts}`;
  return {
    heading: "h3",
    value: (block_id, element) => draftsOf(key).get(`${block_id}/${element.action_id}`) ?? initial(element),
    keep: (block_id, action_id, value) => draftsOf(key).set(`${block_id}/${action_id}`, value),
    suggest: async () => [],
    act: (what) => tell("click", { channel, ts: message.ts, ...what }),
  };
}

export function viewSurface(view, errors = {}) {
  return {
    heading: view.kind === "home" ? "h2" : "h3",
    errors,
    value(block_id, element) {
      const draft = draftsOf(view.id).get(`${block_id}/${element.action_id}`);
      if (draft !== undefined) return draft.value;
      const entry = view.state[block_id]?.[element.action_id];
      return entry ? fromState(entry) : initial(element);
    },
    keep: (block_id, action_id, value, input) => draftsOf(view.id).set(`${block_id}/${action_id}`, { value, input }),
    suggest: async (block_id, action_id, text) => {
      const answer = await tell("suggest", { view: view.id, block_id, action_id, text });
      return answer?.options ?? [];
    },
    act: (what) => tell("click", { view: view.id, values: typedIn(view), ...what }),
  };
}

// What was typed into the inputs that are on the screen now, by block id.
export function typedIn(view) {
  const found = {};
  for (const block of view.blocks) {
    if (block.type !== "input") continue;
    const draft = draftsOf(view.id).get(`${block.block_id}/${block.element.action_id}`);
    if (draft) found[block.block_id] = block.element.type === "rich_text_input" ? richValue(draft.value) : draft.value;
  }
  return found;
}

// Slack itself says nothing when these get no answer; a form says it in its own place.
const QUIET = new Set(["suggest", "home", "submit"]);

// Act, and say so when it did not work. Returns the answer, or null after a failure.
export async function tell(act, what) {
  try {
    const answer = await post(`acts/${act}`, { as: state.me, ...what });
    if (answer.problem && !Object.keys(answer.errors).length && !QUIET.has(act)) notice(t("failed", { why: problem(answer.problem) }));
    return answer;
  } catch (refused) {
    notice(t("failed", { why: said(refused) }));
    if (refused.name === "gone" || refused.name === "not_on_screen") refresh("talk", "screens");
    return null;
  }
}

export const said = (refused) => (problem(refused.name) === refused.name ? refused.message : problem(refused.name));

const SHOWN = 7000;

export function notice(text) {
  const line = el("div", { class: "notice" }, text);
  byId("notices").append(line);
  setTimeout(() => line.remove(), SHOWN);
}

// Draw a box anew without losing where the keyboard is.
export function redraw(box, ...children) {
  const active = box.contains(document.activeElement) ? document.activeElement : null;
  const path = active && { block: near(active, "block"), action: near(active, "action"), id: near(active, "part"), at: active.selectionStart };
  fill(box, ...children);
  if (!path) return;
  const scope = (path.block && box.querySelector(`[data-block="${CSS.escape(path.block)}"]`)) || box;
  const found = path.action ? scope.querySelector(`[data-action="${CSS.escape(path.action)}"]`) : path.id && scope.querySelector(`[data-part="${path.id}"]`);
  const target = found?.matches("input, textarea, button, a") ? found : found?.querySelector("input:checked, input, textarea, button, a");
  target?.focus();
  if (target && path.at !== null && path.at !== undefined && target.setSelectionRange && /text|textarea/.test(target.type)) target.setSelectionRange(path.at, path.at);
}

const near = (node, name) => node.closest(`[data-${name}]`)?.dataset[name];
