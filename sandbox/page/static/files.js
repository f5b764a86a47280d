// Files in messages: a card each, with a preview when it is a picture. What can be shown opens in a new tab.

import { el, icon } from "./dom.js";
import { state } from "./state.js";
import { language, t } from "./words.js";

const WIDEST = 360; // pixels of a preview
const HIGHEST = 240;
const MARKS = { ics: "calendar", csv: "table", png: "picture", pdf: "page" };

export function fileCards(files) {
  return files.length ? el("ul", { class: "files", aria: { label: t("files") } }, files.map((file) => el("li", {}, card(file)))) : null;
}

function card(file) {
  if (file.gone) return el("div", { class: "file gone" }, icon("trash"), el("span", { class: "muted" }, t("fileGone")));
  return file.picture ? withPreview(file) : line(file);
}

function line(file) {
  const name = `${file.title}, ${about(file)}`;
  const opens = { target: "_blank", rel: "noopener", aria: { label: `${name}, ${t("newTab")}` } };
  const kept = { download: file.name, aria: { label: t("keep", { name }) } };
  const main = el("a", { class: "file-main", href: address(file), title: file.name, ...(file.opens ? opens : kept) }, mark(file), words(file));
  return el("div", { class: "file" }, main, file.opens ? keeper(file) : el("span", { class: "file-keep" }, icon("download")));
}

function withPreview(file) {
  const head = el("div", { class: "file-head" }, words(file), keeper(file));
  const picture = el("img", { alt: file.alt || file.title, ...scaled(file.picture), loading: "lazy" });
  const opens = { href: address(file), target: "_blank", rel: "noopener", title: file.name };
  const link = el("a", { class: "file-picture", ...opens, aria: { label: `${picture.alt}, ${t("newTab")}` } }, picture);
  const box = el("div", { class: "file with-picture" }, head, link);
  picture.addEventListener("error", () => box.replaceWith(line(file)));
  picture.src = address(file);
  return box;
}

function scaled([width, height]) {
  const part = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: Math.max(1, Math.round(width * part)), height: Math.max(1, Math.round(height * part)) };
}

const address = (file) => `/page/files/${encodeURIComponent(file.id)}?${new URLSearchParams({ as: state.me })}`;

function keeper(file) {
  const aria = { label: t("keep", { name: file.title }) };
  return el("a", { class: "icon-button quiet file-keep", href: `${address(file)}&download=1`, download: file.name, title: aria.label, aria }, icon("download"));
}

const mark = (file) => el("span", { class: `file-mark ${file.kind in MARKS ? file.kind : ""}` }, icon(MARKS[file.kind] ?? "page"));

const words = (file) => el("span", { class: "file-words" }, el("span", { class: "file-title" }, file.title), el("small", {}, about(file)));

function about(file) {
  const known = t(`fileKinds.${file.kind}`);
  const kind = known.startsWith("fileKinds.") ? t("fileKind", { kind: file.kind.toUpperCase() }) : known;
  return `${kind} · ${sized(file.size)}`;
}

const UNITS = ["byte", "kilobyte", "megabyte"];

function sized(bytes) {
  const step = bytes < 1000 ? 0 : bytes < 999_500 ? 1 : 2;
  const value = bytes / 1000 ** step;
  const shape = { style: "unit", unit: UNITS[step], unitDisplay: step ? "short" : "long", maximumFractionDigits: value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(language() === "de" ? "de-DE" : "en-GB", shape).format(value);
}
