// The app's home tab.

import { drawBlocks } from "./blocks.js";
import { byId, el } from "./dom.js";
import { on, state } from "./state.js";
import { redraw, viewSurface } from "./surface.js";
import { t } from "./words.js";

let drawn = "";

export function start() {
  on("screens", draw);
  on("language", again);
  on("place", again);
}

function again() {
  drawn = "";
  draw();
}

function draw() {
  const box = byId("home");
  box.hidden = state.place !== "home";
  if (box.hidden) return;
  const view = state.screens.home;
  const key = view ? `${view.id}/${view.hash}` : "none";
  if (key === drawn) return;
  drawn = key;
  redraw(box, view ? drawBlocks(view.blocks, viewSurface({ ...view, kind: "home" })) : nothing());
}

const nothing = () => el("div", { class: "empty" }, el("p", {}, t("emptyHome")), el("p", { class: "muted" }, t("emptyHomeHint")));
