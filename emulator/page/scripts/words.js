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

/** The language of a text if it is not the page's: a Chinese text has more signs than foreign words in it. */
export function otherLanguageOf(text) {
  const count = (letters) => text.match(letters)?.length ?? 0;
  const [signs, letters] = [count(/\p{Script=Han}/gu), count(/\p{Script=Latin}+/gu)];
  const found = signs > letters ? chinese.code : letters ? english.code : words.code;
  return found === words.code ? null : found;
}

/** The text of this name, with `{placeholders}` filled in. */
export function say(name, fields = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, field) => fields[field]);
}
