// What the page knows at this moment, and who wants to hear when a part of it changes.

import { get } from "./api.js";

export const state = {
  workspace: null,
  people: [],
  me: null, // handle of who acts
  place: "home", // "home" (the app's home tab) or the id of a conversation
  dm: null, // id of the conversation with the app
  conversations: [],
  talk: { channel: null, more: false, messages: [], limit: 60 },
  screens: { home: null, modals: [] },
  clock: null,
  timeline: [],
  calls: [],
  deliveries: [],
  faults: { faults: [], connections: 0 },
  inside: false, // the drawer is open
};

const ears = new Map();

export function on(part, hear) {
  ears.set(part, [...(ears.get(part) ?? []), hear]);
}

export function say(part) {
  for (const hear of ears.get(part) ?? []) hear();
}

export const person = (id) => state.people.find((one) => one.id === id || one.handle === id);
export const me = () => person(state.me);
export const conversation = (id) => state.conversations.find((one) => one.id === id);

// Who is meant by an id that is not in the list, so that every name can be shown.
export const named = (id) => person(id) ?? { id, handle: id, name: id, bot: false };

const HUES = 12;
const coloured = (people) => people.map((one, number) => ({ ...one, hue: (number * 5) % HUES }));

const FETCH = {
  people: async () => ({ people: coloured((await get("people")).people) }),
  conversations: async (as) => get("conversations", { as }),
  screens: async (as) => ({ screens: await get("screens", { as }) }),
  clock: async (as) => ({ clock: await get("clock", { as }) }),
  timeline: async () => ({ timeline: (await get("timeline")).entries }),
  calls: async () => ({ calls: (await get("calls")).calls }),
  deliveries: async () => ({ deliveries: (await get("deliveries")).deliveries }),
  faults: async () => ({ faults: await get("faults") }),
  talk: async (as) => {
    const { place, talk } = state;
    if (place === "home" || !conversation(place)) return {};
    const limit = talk.channel === place ? talk.limit : 60;
    const read = await get("messages", { as, channel: place, limit });
    return state.place === place ? { talk: { ...read, limit } } : {};
  },
};

// While something is held down nothing is drawn anew under it, or the press would be lost; but not for ever.
let released = Promise.resolve();
const LONGEST_PRESS = 1000;

addEventListener("pointerdown", () => {
  released = new Promise((resolve) => {
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => setTimeout(resolve), { once: true });
    setTimeout(resolve, LONGEST_PRESS);
  });
}, true);

// No connection: the stream says so and comes back. Not visible, travelling: asked a moment too late or too early.
const EXPECTED = new Set(["network", "not_visible", "nobody", "cannot_act", "stuck"]);

const busy = new Map();

// Read parts anew; a part that is being read already is read once more afterwards, never twice at a time.
export function refresh(...parts) {
  return Promise.all(parts.map(refreshOne));
}

async function refreshOne(part) {
  const waiting = busy.get(part);
  if (waiting) {
    waiting.again ??= waiting.running.then(() => refreshOne(part));
    return waiting.again;
  }
  const entry = { running: null, again: null };
  busy.set(part, entry);
  entry.running = readPart(part).finally(() => busy.delete(part));
  return entry.running;
}

async function readPart(part) {
  const as = state.me;
  const read = await FETCH[part](as).catch((refused) => {
    if (!EXPECTED.has(refused.name)) throw refused;
  });
  await released;
  if (!read || state.me !== as) return;
  Object.assign(state, read);
  say(part);
}
