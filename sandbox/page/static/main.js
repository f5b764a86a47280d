// Bring the page up, keep it in step with the stream, and go from place to place.

import { get, Stream } from "./api.js";
import { byId, el, fill, icon } from "./dom.js";
import * as clock from "./clock.js";
import * as composer from "./composer.js";
import * as home from "./home.js";
import * as inside from "./inside.js";
import * as messages from "./messages.js";
import * as modals from "./modals.js";
import * as people from "./people.js";
import * as place from "./place.js";
import * as seeds from "./seeds.js";
import * as sidebar from "./sidebar.js";
import { conversation, me, named, on, refresh, say, state } from "./state.js";
import { tell } from "./surface.js";
import * as theme from "./theme.js";
import * as timeline from "./timeline.js";
import * as waiting from "./waiting.js";
import { language, setLanguage, t } from "./words.js";

const stream = new Stream({ onnews: news, onhello: hello, onlost: () => (byId("lost").hidden = false) });

async function start() {
  setLanguage(place.read().lang);
  theme.start();
  const states = await waiting.untilAlive();
  const wanted = place.read(states.begin);
  state.inside = wanted.inside;
  state.workspace = await get("workspace");
  for (const one of [clock, composer, home, inside, messages, modals]) one.start();
  people.start(become);
  timeline.start(become);
  seeds.start(states);
  sidebar.start((at) => goto(at, { push: true }));
  for (const part of ["place", "language", "conversations", "people"]) on(part, heading);
  wire();
  const first = state.people.find((one) => !one.bot && !one.deleted);
  const known = state.people.find((one) => one.handle === wanted.as && !one.bot && !one.deleted);
  say("people");
  if (known ?? first) await become((known ?? first).handle, { at: wanted.at });
  document.body.classList.add("ready");
}

function wire() {
  chrome();
  on("language", chrome);
  byId("inside-button").addEventListener("click", () => look(!state.inside));
  byId("back").addEventListener("click", () => pane("list"));
  byId("skip").addEventListener("click", () => (byId("write") ?? byId("main")).focus());
  byId("language").addEventListener("click", () => {
    setLanguage(language() === "de" ? "en" : "de");
    place.write();
    say("language");
    say("inside");
  });
  addEventListener("popstate", moved);
  addEventListener("hashchange", moved);
}

// The words of the frame that no other part draws.
function chrome() {
  const labels = { "inside-button": "inside", back: "back", skip: "skip" };
  for (const [id, key] of Object.entries(labels)) byId(id).setAttribute("aria-label", t(key));
  byId("language").setAttribute("aria-label", `${language() === "de" ? "EN" : "DE"}: ${t("language")}`);
  byId("inside-button").title = t("inside");
  byId("skip").textContent = t("skip");
  byId("language").textContent = language() === "de" ? "EN" : "DE";
  byId("sidebar").setAttribute("aria-label", t("conversations"));
  byId("lost").textContent = t("lost");
  byId("workspace-name").textContent = state.workspace.name;
  byId("talk").setAttribute("aria-label", t("messages"));
}

async function moved() {
  const wanted = place.read();
  if (wanted.lang !== language()) {
    setLanguage(wanted.lang);
    say("language");
  }
  if (wanted.as && wanted.as !== state.me) await become(wanted.as, { at: wanted.at });
  else await goto(wanted.at);
}

// Act as somebody: their places, their screens, their stream. Who names no place stays in the channel, or at home.
async function become(handle, { at } = {}) {
  if (handle === state.me) return;
  const placeNow = conversation(state.place);
  const isShared = placeNow && !["im", "mpim"].includes(placeNow.kind);
  const keep = at ?? (isShared || state.place === "home" ? state.place : "dm");
  Object.assign(state, { me: handle, place: null, dm: null, conversations: [], screens: { home: null, modals: [] } });
  messages.leave();
  say("place");
  state.talk = { channel: null, more: false, messages: [], limit: 60 };
  say("screens");
  stream.open(handle);
  say("people");
  await refresh("conversations", "screens", "clock", "people");
  const chosen = state.me !== handle || state.place; // somebody was quicker than the answers
  if (!chosen) await goto(keep);
}

async function goto(at, { push = false } = {}) {
  const wanted = at === "dm" ? state.dm : at;
  const known = wanted === "home" || conversation(wanted) ? wanted : state.dm;
  if (state.place !== known) messages.leave();
  state.place = known;
  pane("place");
  place.write({ push });
  byId("talk").hidden = known === "home";
  say("place");
  if (known === "home" || known === state.dm) tell("home", { tab: known === "home" ? "home" : "messages" });
  // Before anything is read: whoever has gone on to something else by then keeps the keyboard there.
  if (matchMedia("(min-width: 721px)").matches && byId("modal-layer").hidden && push) byId("write")?.focus();
  await refresh("talk");
}

// On a narrow screen either the list or the conversation is shown.
function pane(name) {
  byId("workspace").dataset.pane = name;
}

function look(open) {
  state.inside = open;
  byId("inside-button").setAttribute("aria-expanded", String(open));
  place.write();
  say("inside");
  if (open) refresh(...inside.parts());
  byId(open ? "inside" : "inside-button").focus();
}

function heading() {
  const here = conversation(state.place);
  const bot = named(state.workspace.bot.id);
  const isApp = state.place === "home" || state.place === state.dm;
  const name = isApp ? bot.name : here ? sidebar.placeName(here) : "";
  const about = here && !isApp ? t("members", { n: here.members.length }) : "";
  const tab = (at, key) => el("button", { type: "button", class: "tab", aria: { current: state.place === at ? "page" : null }, onclick: () => goto(at, { push: true }) }, t(key));
  fill(byId("heading"), el("h1", {}, name), about ? el("span", { class: "muted" }, about) : null, isApp ? el("div", { class: "tabs" }, tab("home", "home"), tab(state.dm, "messages")) : null);
  const waiting = state.conversations.reduce((sum, one) => sum + one.unread, 0);
  document.title = `${waiting ? `(${waiting}) ` : ""}${me()?.name ?? ""} · ${name} · ${state.workspace.name}`;
}

// What must be read anew when a part of the workspace changed.
const CAUSES = {
  people: ["people"], conversations: ["conversations", "people"], reads: ["conversations", "people"], messages: ["conversations"],
  everywhere: ["people", "timeline"], screens: ["screens"], clock: ["clock", "timeline"], calls: ["timeline"], deliveries: ["timeline", "clock"],
};

function news({ changed, channels }) {
  if (changed.includes("workspace")) return seeds.exchanged();
  const parts = new Set(changed.flatMap((name) => CAUSES[name] ?? []));
  if (channels.includes(state.place)) parts.add("talk");
  if (state.inside) for (const one of inside.parts()) if (changed.includes(one)) parts.add(one);
  refresh(...parts);
}

// After a lost connection: is this still the town that is drawn here?
function hello({ edition }) {
  if (edition !== state.workspace.edition) return seeds.exchanged();
  byId("lost").hidden = true;
  refresh("people", "conversations", "screens", "clock", "timeline", "talk", ...(state.inside ? inside.parts() : []));
  say("inside");
}

fill(byId("inside-button"), icon("inside"));
fill(byId("back"), icon("back"));
start();
