// What answers a tap: a line that goes by itself, or a box to dismiss.

import { h } from "./dom.js";
import { say } from "./words.js";

const STAYS = 3500; // milliseconds, and some for every sign
const STAYS_FOR_A_SIGN = 50;

export class Toast {
  constructor() {
    this.element = h("div", { class: "toast", role: "status" });
  }

  show(text) {
    clearTimeout(this.going);
    this.element.replaceChildren(h("span", {}, text));
    this.element.classList.add("shown");
    this.going = setTimeout(() => this.element.classList.remove("shown"), STAYS + STAYS_FOR_A_SIGN * text.length);
  }
}

/** Over one phone only; the others can be used meanwhile. */
export function alertBox(phone, text) {
  const before = document.activeElement;
  const close = () => {
    box.remove();
    phone.screen.inert = false;
    before?.focus?.();
  };
  const ok = h("button", { type: "button", class: "button primary", onclick: close }, say("ok"));
  const box = h("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": text }, h("div", { class: "alert-box" }, h("p", {}, text), ok));
  box.addEventListener("keydown", (event) => event.key === "Escape" && close());
  phone.screen.after(box);
  phone.screen.inert = true;
  ok.focus();
}
