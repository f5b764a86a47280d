// Where we are, kept in the address, so that a reload or a shared link finds the same place.

import { language, languages } from "./words.js";
import { state } from "./state.js";

export function read() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const wanted = hash.get("lang");
  const spoken = navigator.language.slice(0, 2);
  return {
    as: hash.get("as"),
    at: hash.get("at") ?? "home",
    lang: languages.includes(wanted) ? wanted : languages.includes(spoken) ? spoken : "en",
    inside: hash.get("inside") === "1",
  };
}

export function write({ push = false } = {}) {
  const at = state.place === state.dm && state.dm ? "dm" : state.place;
  const hash = new URLSearchParams({ as: state.me, at, lang: language() });
  if (state.inside) hash.set("inside", "1");
  const address = `#${hash}`;
  if (address === location.hash) return;
  history[push ? "pushState" : "replaceState"](null, "", address);
}
