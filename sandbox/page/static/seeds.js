// The menu of states: begin somewhere else, save where we are, go on from a file.

import { post } from "./api.js";
import { byId, el, fill, icon } from "./dom.js";
import { openMenu } from "./popup.js";
import * as place from "./place.js";
import { on } from "./state.js";
import { notice } from "./surface.js";
import * as waiting from "./waiting.js";
import { language } from "./words.js";

const EN = {
  menu: "Begin somewhere else",
  empty: "Empty: set up a programme", week3: "Third week: open check-ins", final: "Last week: the end is near",
  save: "Save this state as a file", load: "Go on from a file…",
  problems: {}, failed: "That did not work: {why}",
};
const DE = {
  menu: "Woanders beginnen",
  empty: "Leer: ein Programm einrichten", week3: "Dritte Woche: offene Check-ins", final: "Letzte Woche: bald ist Schluss",
  save: "Diesen Stand als Datei sichern", load: "Von einer Datei aus weiter…",
  problems: {
    busy: "Es wird schon etwas vorbereitet", unusable_state: "Diese Datei ist kein gesicherter Stand, der hier passt",
    bad_request: "Diese Datei ist zu groß", stuck: "Dieser Stand ließ sich nicht herstellen", network: "keine Verbindung",
  },
  failed: "Das hat nicht geklappt: {why}",
};
const words = () => (language() === "de" ? DE : EN);

const known = { seeds: [], current: "", busy: false }; // busy: this tab waits for an answer
const button = el("button", { id: "seeds", type: "button", class: "icon-button quiet", hidden: true, aria: { haspopup: "menu", expanded: false } });
const picker = el("input", { type: "file", accept: ".zip", hidden: true, tabIndex: -1 });

export function start({ seeds, current }) {
  fill(button, icon("menu"));
  button.addEventListener("click", open);
  picker.addEventListener("change", opened);
  byId("language").before(button, picker);
  on("language", draw);
  Object.assign(known, { seeds, current });
  draw();
}

// The whole workspace is another one: another tab, or somebody at the keyboard, has exchanged it.
export function exchanged() {
  if (!known.busy) location.reload();
}

function draw() {
  button.hidden = !known.seeds.length;
  button.title = words().menu;
  button.setAttribute("aria-label", words().menu);
  button.setAttribute("aria-busy", String(known.busy));
  button.disabled = known.busy;
}

function open() {
  const seeds = known.seeds.map((name) => ({ label: words()[name] ?? name, checked: name === known.current, act: () => bring("seeds", { name }) }));
  const files = [{ label: words().save, act: save }, { label: words().load, act: () => picker.click() }];
  openMenu(button, words().menu, [...seeds, ...files]);
}

function save() {
  const link = el("a", { href: `/page/api/state?${new URLSearchParams(place.here())}`, download: "tandem-demo.zip" });
  document.body.append(link);
  link.click();
  link.remove();
}

function opened() {
  const reader = new FileReader();
  const [file] = picker.files;
  if (!file) return;
  reader.addEventListener("load", () => bring("state", { file: reader.result.slice(reader.result.indexOf(",") + 1) }));
  reader.readAsDataURL(file);
  picker.value = "";
}

async function bring(path, body) {
  if (known.busy) return;
  known.busy = true;
  draw();
  waiting.watch();
  try {
    const { as, at } = await post(path, body);
    place.write({ to: { as, at } });
    location.reload();
  } catch (refused) {
    known.busy = false;
    waiting.enough();
    draw();
    button.focus();
    notice(words().failed.replace("{why}", words().problems[refused.name] ?? refused.message));
  }
}
