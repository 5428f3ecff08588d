// The buttons beneath a message. A tap stays pressed until the bot has answered it.

import { h, icon } from "./dom.js";

export function inlineKeyboard(message, phone) {
  return h("div", { class: "inline-keyboard", role: "group" },
    message.buttons.map((row) => h("div", { class: "keys" }, row.map((button) => key(button, message, phone)))));
}

function key(button, message, phone) {
  const made = h("button", { type: "button", class: "key", "data-pressed": button.callback_data, onclick: () => phone.tap(message, button, made) }, h("span", {}, button.text));
  if (button.url) made.append(icon("link"));
  if (phone.isWaiting(message.id, button.callback_data)) made.setAttribute("aria-busy", "true");
  return made;
}
