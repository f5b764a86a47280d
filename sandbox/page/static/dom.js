// Building elements without ever parsing markup: whatever people wrote goes in as text.

// el("button", {class: "quiet", onclick: act, aria: {label: "Close"}}, "×")
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "aria") for (const [key, one] of Object.entries(value)) setAria(node, key, one);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name in node && name !== "list" && name !== "form") node[name] = value;
  else node.setAttribute(name, value === true ? "" : value);
}

function setAria(node, key, value) {
  if (value !== null && value !== undefined) node.setAttribute(`aria-${key}`, String(value));
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

// Put these children into the box, touching only what is not in its place: whatever has the keyboard keeps it.
export function arrange(box, ...children) {
  const wanted = children.flat(Infinity).filter(Boolean);
  const stay = new Set(wanted);
  for (const old of [...box.childNodes]) if (!stay.has(old)) old.remove();
  let at = box.firstChild;
  for (const node of wanted) {
    if (node === at) at = at.nextSibling;
    else box.insertBefore(node, at);
  }
}

export const byId = (id) => document.getElementById(id);

let counter = 0;
export const freshId = (prefix) => `${prefix}-${++counter}`;

// Icons are drawn from path data of our own; an icon says nothing, its button does.
const ICONS = {
  menu: "M3 5h14M3 10h14M3 15h14",
  back: "M12 4l-6 6 6 6",
  close: "M5 5l10 10M15 5L5 15",
  more: "M4 10h.01M10 10h.01M16 10h.01",
  send: "M3 10h13M11 5l5 5-5 5",
  bolt: "M11 2L4 11h5l-1 7 7-9h-5z",
  home: "M3 10l7-6 7 6M5 9v7h10V9",
  inside: "M7 5l-5 5 5 5M13 5l5 5-5 5",
  clock: "M10 3a7 7 0 100 14 7 7 0 000-14zM10 6v4l3 2",
  sun: "M10 6a4 4 0 100 8 4 4 0 000-8zM10 1v2M10 17v2M1 10h2M17 10h2M4 4l1 1M15 15l1 1M16 4l-1 1M5 15l-1 1",
  moon: "M16 12A7 7 0 018 4a7 7 0 108 8z",
  check: "M4 10l4 4 8-8",
  down: "M5 8l5 5 5-5",
  talk: "M4 4h12v9H9l-4 4v-4H4z",
  user: "M10 10a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4zM4 17c.6-3.4 3-5 6-5s5.4 1.6 6 5",
  warn: "M10 4l7 12H3zM10 9v3M10 14h.01",
  lock: "M5 9h10v8H5zM7 9V6a3 3 0 016 0v3",
  pen: "M4 16l1-4 8-8 3 3-8 8z",
  calendar: "M4 5h12v11H4zM4 9h12M7 3v4M13 3v4",
  table: "M4 4h12v12H4zM4 8h12M4 12h12M9 8v8",
  picture: "M4 4h12v12H4zM4 14l4-5 3 4 2-2 3 3M12.5 7.5h.01",
  page: "M6 3h6l3 3v11H6zM12 3v3h3M8 10h5M8 13h5",
  download: "M10 3v9M6 8.5l4 4 4-4M4 16h12",
  trash: "M4 6h12M8 6V4h4v2M6 6l1 11h6l1-11",
};

export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

// A mark with initials in the person's own colour.
export function avatar(person, size = "") {
  const initials = person.bot ? "⇄" : person.name.split(/\s+/).map((part) => part[0]).slice(0, 2).join("");
  return el("span", { class: `avatar hue-${person.bot ? "bot" : (person.hue ?? 0)} ${size}`, aria: { hidden: true } }, initials);
}
