// While a town is being played: a calm sentence over the page, and how far it is. Then the page comes up by itself.

import { get } from "./api.js";
import { byId, el, fill } from "./dom.js";
import { format } from "./dates.js";
import { refresh, state } from "./state.js";
import { t } from "./words.js";

const LOOK_AGAIN = 300; // milliseconds
const bar = el("progress", { max: 1 });
const day = el("p", { class: "muted", aria: { hidden: true } });
let watching = false;

// Resolves when somebody lives here and nobody prepares anything; to what is known of the states to start from.
export async function untilAlive() {
  for (;;) {
    const seeds = await look();
    if (seeds) return uncover(), seeds;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
}

async function look() {
  const seeds = await get("seeds").catch(() => null);
  if (!seeds) return void cover(t("lost"));
  if (seeds.busy) return void comingToLife(seeds);
  await refresh("people");
  return state.people.some((one) => !one.bot && !one.deleted) ? seeds : void cover(t("nobodyHere"), t("nobodyHereHint"));
}

// Show how far it is until told that it is enough; for who waits for an answer of their own.
export async function watch() {
  watching = true;
  comingToLife({ lived: null });
  while (watching) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    const seeds = watching && (await get("seeds").catch(() => null));
    if (watching && seeds) comingToLife(seeds);
  }
}

export function enough() {
  watching = false;
  uncover();
}

function comingToLife({ lived }) {
  cover(t("alive"), t("aliveHint"));
  bar.setAttribute("aria-label", t("alive"));
  if (lived) bar.value = lived.share;
  else bar.removeAttribute("value");
  fill(day, lived ? format(new Date(lived.at), { weekday: "long", day: "numeric", month: "long" }) : "\u00a0");
  byId("waiting").append(bar, day);
}

// The words stand in a live region and are put there once, so that they are read out once.
function cover(sentence, hint = "") {
  const box = byId("waiting");
  for (const one of document.body.children) if (one !== box) one.inert = true;
  box.hidden = false;
  bar.remove();
  day.remove();
  if (byId("waiting-words").firstChild?.textContent === sentence) return;
  fill(byId("waiting-words"), el("p", { class: "waiting-sentence" }, sentence), hint ? el("p", { class: "muted" }, hint) : null);
}

function uncover() {
  for (const one of document.body.children) one.inert = false;
  byId("waiting").hidden = true;
  fill(byId("waiting-words"));
}
