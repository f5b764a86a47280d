// Where we are, kept in the address, so that a reload or a shared link finds the same place.

import { language, languages } from "./words.js";
import { state } from "./state.js";

// `begin` is where who comes without a place in the address begins: {as, at}.
export function read(begin = {}) {
  const hash = new URLSearchParams(location.hash.slice(1));
  const wanted = hash.get("lang");
  const spoken = navigator.language.slice(0, 2);
  return {
    as: hash.get("as") ?? begin.as,
    at: hash.get("at") ?? (hash.get("as") ? "home" : (begin.at ?? "home")),
    lang: languages.includes(wanted) ? wanted : languages.includes(spoken) ? spoken : "en",
    inside: hash.get("inside") === "1",
  };
}

// Who acts, and where: {as, at}. The conversation with the app has another id in every town, so it goes by its name.
export const here = () => ({ as: state.me, at: state.place === state.dm && state.dm ? "dm" : state.place });

export function write({ push = false, to = here() } = {}) {
  const hash = new URLSearchParams({ ...to, lang: language() });
  if (state.inside) hash.set("inside", "1");
  const address = `#${hash}`;
  if (address === location.hash) return;
  history[push ? "pushState" : "replaceState"](null, "", address);
}
