// Light or dark: as the system says, unless somebody chose.

import { byId, fill, icon } from "./dom.js";
import { openMenu } from "./popup.js";
import { on } from "./state.js";
import { t } from "./words.js";

const CHOICES = { system: "themeSystem", light: "themeLight", dark: "themeDark" };
const dark = matchMedia("(prefers-color-scheme: dark)");

const chosen = () => localStorage.getItem("theme") ?? "system";

export function start() {
  const button = byId("theme");
  button.addEventListener("click", () => {
    const entries = Object.entries(CHOICES).map(([name, key]) => ({ label: t(key), checked: chosen() === name, act: () => choose(name) }));
    openMenu(button, t("theme"), entries);
  });
  dark.addEventListener("change", apply);
  on("language", apply);
  apply();
}

function choose(name) {
  localStorage.setItem("theme", name);
  apply();
}

function apply() {
  const name = chosen() === "system" ? (dark.matches ? "dark" : "light") : chosen();
  document.documentElement.dataset.theme = name;
  const button = byId("theme");
  button.setAttribute("aria-label", t("theme"));
  button.title = t("theme");
  fill(button, icon(name === "dark" ? "moon" : "sun"));
}
