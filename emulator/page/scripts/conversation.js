// The messages of one chat, oldest first, with the days between them; it follows what is new while it is at its end.

import { bubble } from "./bubble.js";
import { day, dayKey } from "./dates.js";
import { h, icon } from "./dom.js";
import { say } from "./words.js";

const AT_THE_END = 60; // pixels from the end that still count as being there
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class Conversation {
  constructor(phone) {
    this.phone = phone;
    this.list = h("ol", { class: "messages" });
    this.down = h("button", { type: "button", class: "icon-button newest", "aria-label": say("newest"), title: say("newest"), hidden: true, onclick: () => this.toEnd() }, icon("down"), h("span", { class: "badge", hidden: true }));
    this.scroller = h("div", { class: "scroller", role: "log", tabindex: "0", "aria-label": say("messages") }, this.list);
    this.scroller.addEventListener("scroll", () => this.#scrolled());
    this.element = h("div", { class: "conversation" }, this.scroller, this.down);
    this.follows = true;
    this.missed = 0; // messages that came while what is shown was older
    this.scrolledTo = 0;
    for (const one of [this.scroller, this.list]) new ResizeObserver(() => this.follows && this.follow()).observe(one);
  }

  show() {
    const messages = [...this.phone.chat.messages.values()];
    this.scroller.setAttribute("aria-busy", "true"); // what stood there already is not read out as news
    this.list.replaceChildren(...messages.flatMap((message, index) => this.#items(message, messages[index - 1])));
    this.follow();
    setTimeout(() => this.scroller.removeAttribute("aria-busy"), 100);
  }

  /** A message that came, changed or went. */
  update(messageId) {
    const { chat } = this.phone;
    const message = chat.messages.get(messageId);
    const shown = this.#item(messageId);
    if (!message) shown?.remove();
    else if (shown) this.#replace(shown, message);
    else this.#append(message);
    if (this.follows) this.follow();
    else if (message && !shown) this.#miss(this.missed + 1);
  }

  /** Go along with what is new, but not so far that what the guide points at gets out of sight. */
  follow() {
    this.toEnd();
    const pointed = this.list.querySelector(".pointed");
    if (pointed) this.bring(pointed);
  }

  /** Bring something into view; it stays there when more comes. */
  bring(element) {
    if (this.#isInView(element)) return;
    this.follows = false;
    element.scrollIntoView({ block: "center" });
  }

  #isInView(element) {
    const [inner, outer] = [element.getBoundingClientRect(), this.scroller.getBoundingClientRect()];
    return inner.top >= outer.top && inner.bottom <= outer.bottom;
  }

  reveal(messageId) {
    const item = this.#item(messageId);
    item?.scrollIntoView({ block: "center" });
    if (!CALM.matches) item?.animate({ opacity: [0.3, 1] }, 700);
  }

  toEnd() {
    this.follows = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #item(messageId) {
    return this.list.querySelector(`[data-id="${messageId}"]`);
  }

  #replace(shown, message) {
    const focused = [...shown.querySelectorAll("button, a")].indexOf(document.activeElement);
    const made = this.#bubble(message, this.#before(message.id));
    shown.replaceWith(made);
    if (focused >= 0) (made.querySelectorAll(".key")[0] ?? made.querySelectorAll("button, a")[0])?.focus({ preventScroll: true });
  }

  #append(message) {
    this.list.append(...this.#items(message, this.#before(message.id)));
    this.list.lastElementChild.classList.add("fresh");
  }

  #before(messageId) {
    return [...this.phone.chat.messages.values()].filter((one) => one.id < messageId).at(-1);
  }

  #items(message, before) {
    const moment = new Date(message.date * 1000);
    const newDay = !before || dayKey(new Date(before.date * 1000)) !== dayKey(moment);
    const made = this.#bubble(message, newDay ? undefined : before);
    return newDay ? [h("li", { class: "day" }, h("span", {}, day(moment))), made] : [made];
  }

  #bubble(message, before) {
    const joined = before?.sender_id === message.sender_id && message.date - before.date < 600;
    return bubble(message, this.phone, { joined, group: this.phone.chat.type !== "private" });
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight < AT_THE_END) this.follows = true;
    else if (scrollTop < this.scrolledTo) this.follows = false; // up, and not only because the list grew beneath
    this.scrolledTo = scrollTop;
    this.down.hidden = this.follows;
    if (this.follows) this.#miss(0);
  }

  #miss(count) {
    if (this.missed === count) return;
    this.missed = count;
    const badge = this.down.querySelector(".badge");
    badge.hidden = count === 0;
    badge.textContent = `${count}`;
    this.down.setAttribute("aria-label", count ? `${say("newest")}: ${say("unread", { count })}` : say("newest"));
  }
}
