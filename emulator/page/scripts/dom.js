// Elements are made here and nowhere else, and text only ever becomes text. What is not in the page's language says so.

import { otherLanguageOf } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  const inside = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
  set(element, "lang", otherLanguageOf(inside.filter((child) => typeof child === "string").join(" ")));
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...inside);
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "class") element.className = value;
  else if (name === "value") element.value = value;
  else element.setAttribute(name, value === true ? "" : value);
}

const PATHS = {
  attach: "M16.5 6.5 9 14a2.1 2.1 0 0 0 3 3l7.2-7.2a4 4 0 0 0-5.7-5.7L6 11.6a6 6 0 0 0 8.5 8.5l5.5-5.5",
  back: "M15 5l-7 7 7 7",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5a2.2 2.2 0 0 0 4 0",
  calendar: "M5 6.5h14v13H5zM5 10.5h14M8.5 4v4M15.5 4v4",
  close: "M6 6l12 12M18 6L6 18",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2.2",
  down: "M6 9.5l6 6 6-6",
  edit: "M5 19l1-4.2L16 4.8l3.2 3.2L9.2 18z",
  flag: "M6.5 20.5V4M6.5 5h11l-2.5 3.7 2.5 3.8h-11",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  forward: "M5 6l6.5 6L5 18zM12.5 6l6.5 6-6.5 6z",
  keyboard: "M3.5 7h17v10.5h-17zM7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8 14.2h8",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
  menu: "M4.5 7h15M4.5 12h15M4.5 17h15",
  mic: "M12 4a2.6 2.6 0 0 1 2.6 2.6v5a2.6 2.6 0 0 1-5.2 0v-5A2.6 2.6 0 0 1 12 4zM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3.5",
  more: "M12 5.5m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M12 12m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M12 18.5m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0",
  next: "M9 5l7 7-7 7",
  people: "M9 11.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM3 19.5c.4-3.6 2.8-5.4 6-5.4s5.6 1.8 6 5.4M15.5 5.2a3 3 0 0 1 0 5.7M17.3 14.4c2.1.6 3.4 2.3 3.7 5.1",
  phone: "M7.5 3.5h9v17h-9zM11 17.7h2",
  plus: "M12 5v14M5 12h14",
  reply: "M10 6L4 12l6 6v-4c4.5 0 7.5 1.2 10 4.5C19.5 13 16 10 10 10z",
  search: "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5",
  send: "M4 12L20 4.5 14.5 20l-3-6.5z",
  settings: "M5 8h8M17 8h2M5 16h2M11 16h8M15 8m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M9 16m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
  stop: "M7 7h10v10H7z",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  wrench: "M14.5 6.5a4 4 0 0 1 5-1.2l-2.8 2.8 1.2 2 2.1.2 1-1.6a4.2 4.2 0 0 1-5.6 4.4L8.6 20a2.1 2.1 0 0 1-3-3l6.9-6.8a4.2 4.2 0 0 1 2-3.7z",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["class", "icon"]]) svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only a sign; its name is read out and shown as a tip. */
export function iconButton(name, label, onclick, attributes = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}
