// Moments as the viewer reads them: in the viewer's own zone, in the viewer's own language.

import { language, t } from "./words.js";
import { me } from "./state.js";

const zone = () => me()?.zone ?? "UTC";
const locale = () => (language() === "de" ? "de-DE" : "en-GB");

export function format(moment, options, { zoned = zone(), as = locale() } = {}) {
  return new Intl.DateTimeFormat(as, { timeZone: zoned, ...options }).format(moment);
}

const day = (moment) => format(moment, { year: "numeric", month: "2-digit", day: "2-digit" }, { as: "sv-SE" });
export const clockTime = (moment) => format(moment, { hour: "2-digit", minute: "2-digit" });
export const fullMoment = (moment) => format(moment, { dateStyle: "full", timeStyle: "short" });
export const shortMoment = (moment) =>
  format(moment, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
export const shortDay = (moment) => format(moment, { weekday: "short", day: "numeric", month: "short" });
export const dayKey = day;
export const fromTs = (ts) => new Date(Number(ts.split(".")[0]) * 1000);

// "Today", "Yesterday" or the date, seen from the workspace's now.
export function dayName(moment, now) {
  if (day(moment) === day(now)) return t("today");
  if (day(moment) === day(new Date(now.getTime() - 86_400_000))) return t("yesterday");
  return format(moment, { weekday: "long", day: "numeric", month: "long" });
}

const TOKENS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

// Slack's <!date^seconds^format> in the acting person's own locale, as the app meant it for them.
export function slackDate(seconds, pattern) {
  const moment = new Date(seconds * 1000);
  const as = me()?.locale ?? locale();
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    const options = TOKENS[token.replace(/_pretty$/, "")];
    return options ? format(moment, options, { as }) : whole;
  });
}
