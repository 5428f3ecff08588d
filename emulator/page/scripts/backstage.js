// Behind the scenes: faults to switch on, what the bot has in store, and what it asks of Telegram. Folded away until wanted.

import { api } from "./api.js";
import { Calls } from "./calls.js";
import { shortMoment } from "./dates.js";
import { h, iconButton } from "./dom.js";
import { say } from "./words.js";
import { on, world } from "./world.js";

const LOOKS_EVERY = 2000; // milliseconds, while it is open
const FAULTS = [
  ["down", { kind: "down" }],
  ["too_many", { kind: "too_many_requests", retry_after: 5, methods: ["sendMessage", "editMessageText", "sendPhoto", "sendDocument"] }],
  ["slow", { kind: "slow", seconds: 2 }],
];

export class Backstage {
  constructor(toast) {
    this.toast = toast;
    this.switches = h("div", { class: "switches" });
    this.duties = h("div", { class: "ledger" });
    this.outbox = h("div", { class: "ledger" });
    this.calls = new Calls();
    this.element = h("aside", { class: "backstage", "aria-label": say("backstage"), hidden: true },
      h("div", { class: "row between" }, h("h2", {}, say("backstage")), iconButton("close", say("close"), () => this.toggle())),
      h("p", { class: "soft" }, say("backstage_text")),
      this.switches,
      part("duties", this.duties, true), part("outbox", this.outbox, true), part("calls", this.calls.element, false));
    this.stops = [on("pulse", () => this.#showSwitches())];
  }

  remove() {
    clearInterval(this.looking);
    for (const stop of this.stops) stop();
  }

  get isOpen() {
    return !this.element.hidden;
  }

  toggle() {
    this.element.hidden = this.isOpen;
    clearInterval(this.looking);
    if (!this.isOpen) return;
    this.#showSwitches();
    this.#look();
    this.looking = setInterval(() => this.#look(), LOOKS_EVERY);
  }

  async #look() {
    const [{ shown }] = await Promise.all([api.backstage(), this.calls.look()]).catch(() => [{ shown: null }]);
    fill(this.duties, shown?.duties.map((one) => [moment(one.prompts_at), one.holder, `${one.kind} ${one.period}`, one.state]));
    fill(this.outbox, shown?.outbox.map((one) => [moment(one.at), one.to, one.kind, [one.state, one.reason].filter(Boolean).join(": ")]));
  }

  #showSwitches() {
    const state = JSON.stringify([world.faults, world.botRuns]);
    if (!this.isOpen || state === this.state) return;
    this.state = state;
    const focused = [...this.switches.children].indexOf(document.activeElement);
    this.switches.replaceChildren(...FAULTS.map(([name, fault]) => this.#fault(name, fault)), ...(world.botRuns === null ? [] : [this.#bot()]));
    this.switches.children[focused]?.focus();
  }

  #fault(name, fault) {
    const active = world.faults.find((one) => one.kind === fault.kind);
    return this.#switch(say(`fault_${name}`), Boolean(active), () => (active ? api.mend(active.id) : api.fault(fault)));
  }

  #bot() {
    return this.#switch(say("fault_killed"), !world.botRuns, () => api.letRun(!world.botRuns));
  }

  #switch(label, isOn, act) {
    const attempt = async () => {
      try {
        await act();
      } catch (error) {
        this.toast.show(error.message);
      }
    };
    return h("button", { type: "button", role: "switch", class: "switch", "aria-checked": String(isOn), onclick: attempt }, h("span", {}, label), h("span", { class: "knob", "aria-hidden": "true" }));
  }
}

function part(name, content, open) {
  return h("details", { open }, h("summary", {}, say(`backstage_${name}`)), content);
}

const moment = (text) => shortMoment(new Date(text));

/** Rows of four columns; nothing at all when the bot shows nothing. */
function fill(place, rows) {
  const words = rows ? (rows.length ? null : "backstage_empty") : "backstage_away";
  const content = words ? [h("p", { class: "soft" }, say(words))] : [h("table", {}, h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell))))))];
  const drawn = JSON.stringify(rows ?? null);
  if (place.dataset.drawn === drawn) return;
  place.dataset.drawn = drawn;
  place.replaceChildren(...content);
}
