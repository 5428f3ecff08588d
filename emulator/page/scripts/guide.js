// The guided story: what to do next, on which phone, and what it is good for. That it is done is noticed by the emulator.

import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { h, icon, iconButton } from "./dom.js";
import { preferences } from "./preferences.js";
import { pointAt } from "./pointer.js";
import { say } from "./words.js";
import { nameOf, now, on, world } from "./world.js";

export class Guide {
  constructor(stage, changed) {
    this.stage = stage;
    this.changed = changed;
    this.element = h("section", { class: "guide", "aria-label": say("guide"), hidden: true });
    this.stops = ["story", "chat", "people", "pulse"].map((kind) => on(kind, () => this.refresh()));
  }

  remove() {
    for (const stop of this.stops) stop();
  }

  get isOpen() {
    return Boolean(world.story) && preferences.guide !== "left";
  }

  toggle() {
    preferences.guide = this.isOpen ? "left" : "followed";
    this.#changed();
  }

  refresh() {
    this.element.hidden = !this.isOpen;
    queueMicrotask(() => pointAt(this.stage.phones, this.isOpen && preferences.guide === "followed" ? this.#move : null)); // the phones hear of it after us
    const shown = JSON.stringify([this.isOpen, preferences.guide, world.story?.step, world.story?.move, this.#away, Boolean(world.travellingTo)]);
    if (!this.isOpen || shown === this.shown) return;
    this.shown = shown;
    this.element.classList.toggle("underway", world.story.move > 0);
    const focused = this.element.contains(document.activeElement);
    this.element.replaceChildren(...(preferences.guide === "followed" ? this.#steps() : this.#offer()));
    if (focused) this.element.querySelector(".button.primary, .do .button")?.focus();
  }

  get #step() {
    return world.story?.steps[world.story.step];
  }

  get #move() {
    return this.#step?.moves[world.story.move];
  }

  /** On whose phone the next move is made: a link may be opened from somebody else's. */
  get #place() {
    return this.#move?.link_of ?? this.#move?.user_id;
  }

  /** Whether that phone is out of sight. */
  get #away() {
    return Boolean(this.#move) && !this.stage.isInView(this.#place);
  }

  #changed() {
    this.shown = undefined;
    this.refresh();
    this.changed();
  }

  #offer() {
    return [
      h("div", { class: "told" }, h("h2", {}, say("guide_offer")), h("p", { class: "soft" }, say("guide_offer_text", { count: world.story.steps.length }))),
      h("div", { class: "do" },
        h("button", { type: "button", class: "button primary", onclick: () => this.#follow() }, say("guide_begin")),
        h("button", { type: "button", class: "button quiet", onclick: () => this.toggle() }, say("guide_decline"))),
    ];
  }

  #follow() {
    preferences.guide = "followed";
    this.stage.use(world.story.phones);
    if (this.#away) this.stage.show(this.#place);
    this.#changed();
  }

  #steps() {
    const { steps, step } = world.story;
    if (step >= steps.length) return this.#end();
    return [
      h("div", { class: "told" },
        h("div", { class: "row" }, h("h2", {}, this.#step.title), this.#progress()),
        h("p", { class: "soft" }, this.#step.why)),
      h("div", { class: "do" }, this.#next()),
      h("div", { class: "turns" },
        iconButton("back", say("guide_back"), () => api.goTo(step - 1), { disabled: step === 0 }),
        iconButton("next", say("guide_skip"), () => api.goTo(step + 1)),
        iconButton("close", say("guide_leave"), () => this.toggle())),
    ];
  }

  #end() {
    return [
      h("div", { class: "told" }, h("h2", {}, say("guide_end")), h("p", { class: "soft" }, say("guide_end_text"))),
      h("div", { class: "do" }, h("button", { type: "button", class: "button primary", onclick: () => this.toggle() }, say("ok"))),
    ];
  }

  #progress() {
    const { steps, step } = world.story;
    return h("span", { class: "progress", role: "img", "aria-label": say("guide_at", { step: step + 1, count: steps.length }) },
      steps.map((_, index) => h("span", { class: index < step ? "past" : index === step ? "now" : "" })));
  }

  #next() {
    const person = world.people.get(this.#move.user_id);
    return [
      avatar(person.id, nameOf(person)),
      h("div", { class: "names", role: "status" }, h("span", { class: "soft" }, nameOf(person)), h("span", { class: "name" }, this.#move.words)),
      this.#help(),
    ];
  }

  /** The button that does the tedious part: bring the phone, turn the clock, fill in what might be written. */
  #help() {
    const move = this.#move;
    if (move.travel) return this.#button("guide_travel", "forward", () => api.travel(this.#ahead(move.travel)), Boolean(world.travellingTo));
    if (this.#away) return this.#button("guide_show", "phone", () => this.#show());
    if (move.sign === "write") return this.#button("guide_fill", "edit", () => this.#fill());
    return null;
  }

  #button(label, sign, act, disabled = false) {
    return h("button", { type: "button", class: "button", onclick: act, disabled }, icon(sign), say(label));
  }

  /** A day that is past already is a journey to the next morning. */
  #ahead(travel) {
    return travel.to && Date.parse(`${travel.to}:00+08:00`) <= now().getTime() ? { to: "working_day" } : travel;
  }

  #show() {
    this.stage.show(this.#place).conversation.follow();
    this.#changed();
  }

  #fill() {
    const phone = this.stage.show(this.#move.user_id);
    phone.open(world.chats.get(this.#move.user_id));
    phone.composer.write(this.#move.value);
  }
}
