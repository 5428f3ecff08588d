// The page's own words in two languages; what the bot says is its own.

import { preferences } from "./preferences.js";
import { chinese } from "./words/zh.js";
import { english } from "./words/en.js";

let words = chinese;

/** The language chosen here, else the demonstration's, else the browser's. */
export function speak(suggested) {
  const wanted = preferences.language || suggested || (navigator.language.startsWith("zh") ? "zh" : "en");
  words = wanted === "en" ? english : chinese;
  document.documentElement.lang = words.code;
  document.title = words.title;
}

export const language = () => words.code;

/** The text of this name, with `{placeholders}` filled in. */
export function say(name, fields = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, field) => fields[field]);
}
