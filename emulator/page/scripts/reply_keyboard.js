// The keyboard that a bot puts beneath the chat.

import { h } from "./dom.js";

export function replyKeyboard(rows, press) {
  return h("div", { class: "reply-keyboard", role: "group" },
    rows.map((row) => h("div", { class: "keys" },
      row.map((button) => h("button", { type: "button", class: "key", onclick: () => press(button.text) }, button.text)))));
}
