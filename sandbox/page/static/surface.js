// What stands behind drawn blocks: where values come from, where typed ones are kept, how the app is told.

import { post } from "./api.js";
import { byId, el, fill } from "./dom.js";
import { refresh, state } from "./state.js";
import { problem, t } from "./words.js";

// What was chosen or typed and is on its way to the app, or waits in an input for a button: by view or by person and
// message, then by block and action. Everything else the server knows.
const drafts = new Map();

const draftsOf = (key) => drafts.get(key) ?? drafts.set(key, new Map()).get(key);
const spot = (block_id, action_id) => `${block_id}/${action_id}`;

// Drop the drafts of views that are closed.
export function keepOnly(ids) {
  for (const key of drafts.keys()) if (key.startsWith("V") && !ids.includes(key)) drafts.delete(key);
}

const elementsOf = (block) => [block.accessory, block.element, ...(block.type === "actions" ? block.elements : [])].filter(Boolean);

// Drop what was put into elements that are not there any more.
function prune(key, blocks) {
  const there = new Map(blocks.flatMap((block) => elementsOf(block).map((one) => [spot(block.block_id, one.action_id), one.type])));
  for (const [name, draft] of draftsOf(key)) if (there.get(name) !== draft.type) draftsOf(key).delete(name);
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
  const current = () => (state.talk.channel === channel && state.talk.messages.find((one) => one.ts === message.ts)) || message;
  return { heading: "h3", ...surface(`${state.me}/${channel}/${message.ts}`, current, { channel, ts: message.ts }, "talk") };
}

export function viewSurface(view, errors = {}) {
  const current = () => [...state.screens.modals, state.screens.home].find((one) => one?.id === view.id) ?? view;
  return { heading: view.kind === "home" ? "h2" : "h3", errors, ...surface(view.id, current, { view: view.id }, "screens") };
}

// `current` returns the view or message as the server last told it, `place` names it, `part` is what to read anew.
function surface(key, current, place, part) {
  prune(key, current().blocks);
  const mine = draftsOf(key);
  return {
    value(block_id, element) {
      const draft = mine.get(spot(block_id, element.action_id));
      if (draft) return draft.shown ?? draft.value;
      const entry = current().state[block_id]?.[element.action_id];
      return entry ? fromState(entry) : initial(element);
    },
    keep: (block_id, element, value, shown) => mine.set(spot(block_id, element.action_id), { value, shown, type: element.type }),
    drop: (block_id, element) => mine.delete(spot(block_id, element.action_id)),
    suggest: (block_id, action_id, text) => tell("suggest", { ...place, block_id, action_id, text }),
    async act(what) {
      const inputs = inputsOf(current()).map(([name]) => name);
      const sent = new Map(mine);
      const answer = await tell("click", { ...place, values: typedIn(current(), key), ...what });
      await refresh(part);
      const acted = spot(what.block_id, what.action_id);
      const done = answer ? [acted, ...inputs] : inputs.includes(acted) ? [] : [acted]; // no typed word is lost by a failure
      for (const name of done) if (mine.get(name) === sent.get(name)) mine.delete(name);
      return answer;
    },
  };
}

const inputsOf = (view) => view.blocks.filter((one) => one.type === "input").map((one) => [spot(one.block_id, one.element.action_id), one]);

// What was typed into the inputs that are on the screen now, by block id.
export function typedIn(view, key = view.id) {
  const found = {};
  for (const [name, block] of inputsOf(view)) {
    const draft = draftsOf(key).get(name);
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
  const back = keyboardIn(box);
  fill(box, ...children);
  back(box);
}

// Remember where in a box the keyboard is; what is returned puts it to the same place in another one.
export function keyboardIn(box) {
  const active = box.contains(document.activeElement) ? document.activeElement : null;
  if (!active) return () => {};
  const [block, action, part] = ["block", "action", "part"].map((name) => near(active, name));
  const ticked = /checkbox|radio/.test(active.type) ? active.value : null;
  const at = active.selectionStart;
  return (next) => {
    const scope = (block && next.querySelector(`[data-block="${CSS.escape(block)}"]`)) || next;
    const found = action ? scope.querySelector(`[data-action="${CSS.escape(action)}"]`) : part && scope.querySelector(`[data-part="${part}"]`);
    const same = ticked !== null && found?.querySelector(`input[value="${CSS.escape(ticked)}"]`);
    const target = same || (found?.matches(KEYED) ? found : found?.querySelector(`input:checked, ${KEYED}`));
    target?.focus();
    if (target && at !== null && at !== undefined && target.setSelectionRange && /text|textarea/.test(target.type)) target.setSelectionRange(at, at);
  };
}

const KEYED = "input, textarea, button, a";
const near = (node, name) => node.closest(`[data-${name}]`)?.dataset[name];
