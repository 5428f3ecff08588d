// A round sign for a person, a group or the bot: the last sign of a Chinese name, the first letters of another.

import { h, icon } from "./dom.js";

const TINTS = 6;

export function avatar(id, name) {
  if (id === 0) return h("span", { class: "avatar bot", "aria-hidden": "true" }, h("img", { src: "/page/mark.svg", alt: "" }));
  if (id < 0) return h("span", { class: "avatar", "aria-hidden": "true" }, icon("people"));
  return h("span", { class: `avatar tint-${id % TINTS}`, "aria-hidden": "true" }, initials(name));
}

function initials(name) {
  if (/\p{Script=Han}/u.test(name)) return [...name].at(-1);
  return name.split(/\s+/).map((word) => [...word][0]).slice(0, 2).join("").toUpperCase();
}
