// Times as the organisation's people read them: in their zone, with date and weekday.

import { language } from "./words.js";

let zone = "Asia/Shanghai";

export function useZone(name) {
  zone = name;
}

const made = new Map();

function format(moment, options) {
  const key = `${language()} ${zone} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(language(), { timeZone: zone, hourCycle: "h23", ...options }));
  return made.get(key).format(moment);
}

export const hour = (moment) => format(moment, { hour: "2-digit", minute: "2-digit" });
export const day = (moment) => format(moment, { month: "long", day: "numeric", weekday: "long" });
export const wholeDay = (moment) => format(moment, { year: "numeric", month: language() === "en" ? "short" : "long", day: "numeric", weekday: language() === "en" ? "short" : "long" });
export const shortMoment = (moment) => `${format(moment, { month: language() === "en" ? "short" : "long", day: "numeric" })} ${hour(moment)}`;
export const dayKey = (moment) => format(moment, { year: "numeric", month: "2-digit", day: "2-digit" });

/** The local time as an input of the type datetime-local holds it. */
export function forInput(moment) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(moment);
  const part = (type) => parts.find((one) => one.type === type).value;
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
