// The bot's clock, and the ways to move it.

import { api } from "./api.js";
import { forInput, hour, shortMoment, wholeDay } from "./dates.js";
import { form } from "./dialogs.js";
import { h, icon } from "./dom.js";
import { say } from "./words.js";
import { now, on, world } from "./world.js";

const WAYS = [
  ["minute", { seconds: 120 }], ["hour", { seconds: 3600 }], ["ring", { to: "ring" }], ["working_day", { to: "working_day" }], ["month_over", { to: "month_over" }],
];

export class TimeMachine {
  constructor(toast) {
    this.toast = toast;
    this.date = h("span", { class: "date" });
    this.hour = h("span", { class: "hour" });
    this.sign = h("button", { type: "button", class: "clock-sign", onclick: () => this.#toggle() });
    this.ways = h("div", { class: "ways" }, WAYS.map(([name, body]) => this.#way(name, body)), this.#picker());
    this.ways.addEventListener("focusin", (event) => event.target.scrollIntoView({ block: "nearest", inline: "nearest" })); // the browser leaves what is half in view
    this.where = h("span", {});
    this.journey = h("div", { class: "journey", hidden: true, role: "status" }, this.where,
      h("button", { type: "button", class: "chip", onclick: () => this.#ask(() => api.stay()) }, icon("stop"), say("stop_here")));
    this.element = h("div", { class: "time", role: "group", "aria-label": say("time") },
      h("div", { class: "clock", title: say("clock") }, this.sign, h("div", { class: "reading" }, this.hour, this.date)), this.ways, this.journey);
    this.stops = [on("pulse", () => this.refresh())];
    this.ticking = setInterval(() => this.refresh(), 1000);
    this.refresh();
  }

  remove() {
    clearInterval(this.ticking);
    for (const stop of this.stops) stop();
  }

  refresh() {
    const moment = now();
    this.hour.textContent = hour(moment);
    this.date.textContent = wholeDay(moment);
    const running = world.clock.running || Boolean(world.travellingTo);
    if (this.running !== running) this.#showRunning(running);
    if (this.journey.hidden === Boolean(world.travellingTo)) this.#turn(Boolean(world.travellingTo));
    if (world.travellingTo) this.where.textContent = say("travelling", { to: shortMoment(new Date(world.travellingTo)) });
    this.element.classList.toggle("travels", Boolean(world.travellingTo));
  }

  /** From the ways to the journey or back; the focus goes along. */
  #turn(travels) {
    const [from, to] = travels ? [this.ways, this.journey] : [this.journey, this.ways];
    const focused = from.contains(document.activeElement);
    if (focused && travels) this.way = document.activeElement;
    this.ways.hidden = travels;
    this.journey.hidden = !travels;
    if (focused) (travels ? to.querySelector("button") : (this.way ?? to.querySelector("button"))).focus();
  }

  #showRunning(running) {
    this.running = running;
    const label = say(running ? "pause" : "resume");
    this.sign.replaceChildren(icon(running ? "clock" : "forward"));
    this.sign.title = label;
    this.sign.setAttribute("aria-label", label);
  }

  #way(name, body) {
    return h("button", { type: "button", class: "chip", title: body.to ? say(`${name}_tip`) : null, onclick: () => this.#ask(() => api.travel(body)) }, say(name));
  }

  #picker() {
    return h("button", { type: "button", class: "chip", onclick: () => this.#pick() }, icon("calendar"), say("pick"));
  }

  #pick() {
    const from = forInput(now());
    form({ title: say("pick_title"), action: say("go"), done: (fields) => api.travel({ to: fields.get("to") }) },
      h("label", {}, say("clock"), h("input", { type: "datetime-local", name: "to", required: true, min: from, value: from })));
  }

  #toggle() {
    return this.#ask(() => api.run(!world.clock.running));
  }

  async #ask(act) {
    try {
      await act();
    } catch (error) {
      this.toast.show(error.message);
    }
  }
}
