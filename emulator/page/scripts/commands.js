// The commands a bot offers this very person, listed while a slash is being typed.

import { api } from "./api.js";
import { h } from "./dom.js";
import { say } from "./words.js";

export class Commands {
  constructor(phone, chosen) {
    this.phone = phone;
    this.chosen = chosen;
    this.id = `commands-${phone.slot}`;
    this.element = h("ul", { class: "commands", role: "listbox", tabindex: "-1", id: this.id, "aria-label": say("commands"), hidden: true });
    this.shown = [];
    this.at = 0;
  }

  get open() {
    return !this.element.hidden;
  }

  /** Those that begin with what was typed; all after the slash alone. */
  async offer(typed) {
    this.asked = typed;
    const all = await api.commands(this.phone.person.id, this.phone.chat.id);
    if (this.asked !== typed) return;
    this.shown = all.filter((one) => `/${one.command}`.startsWith(typed.toLowerCase()));
    this.at = 0;
    this.#show();
  }

  close() {
    this.asked = undefined;
    this.element.hidden = true;
    this.phone.composer.field.removeAttribute("aria-activedescendant");
  }

  move(by) {
    this.at = (this.at + by + this.shown.length) % this.shown.length;
    this.#show();
  }

  choose() {
    this.chosen(`/${this.shown[this.at].command}`);
  }

  complete() {
    return `/${this.shown[this.at].command} `;
  }

  #show() {
    this.element.hidden = this.shown.length === 0;
    this.element.replaceChildren(...this.shown.map((one, index) => this.#option(one, index)));
    const current = this.element.children[this.at];
    if (!current) return;
    current.scrollIntoView({ block: "nearest" });
    this.phone.composer.field.setAttribute("aria-activedescendant", current.id);
  }

  #option(one, index) {
    const chosen = index === this.at;
    return h("li", {
      role: "option", id: `${this.id}-${index}`, "aria-selected": String(chosen), onpointerdown: (event) => event.preventDefault(),
      onclick: () => this.chosen(`/${one.command}`),
    }, h("span", { class: "command" }, `/${one.command}`), h("span", {}, one.description));
  }
}
