// Behind the scenes: faults to switch on, what the bot has in store, and what it asks of Telegram. Folded away until wanted.

import { api } from "./api.js";
import { Calls } from "./calls.js";
import { h, iconButton } from "./dom.js";
import { Ledger } from "./ledger.js";
import { say } from "./words.js";
import { on, world } from "./world.js";

const LOOKS_EVERY = 2000; // milliseconds, while it is open
const FAULTS = [
  ["down", { kind: "down" }],
  ["too_many", { kind: "too_many_requests", retry_after: 5, methods: ["sendMessage", "editMessageText", "sendPhoto", "sendDocument"] }],
  ["slow", { kind: "slow", seconds: 2 }],
];

export class Backstage {
  /** `opener` is the button that leads here; `changed` hears of opening and closing. */
  constructor(toast, opener, changed) {
    this.toast = toast;
    this.opener = opener;
    this.changed = changed;
    this.switches = h("div", { class: "switches" });
    this.duties = new Ledger("duties");
    this.outbox = new Ledger("outbox");
    this.calls = new Calls();
    this.shut = iconButton("close", say("close"), () => this.toggle());
    this.element = h("aside", { class: "backstage", "aria-label": say("backstage"), hidden: true },
      h("div", { class: "row between" }, h("h2", {}, say("backstage")), this.shut),
      h("p", { class: "soft" }, say("backstage_text")),
      this.switches,
      this.duties.element, this.outbox.element,
      h("details", {}, h("summary", {}, say("backstage_calls")), this.calls.element));
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle());
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
    this.changed();
    clearInterval(this.looking);
    (this.isOpen ? this.shut : this.opener).focus();
    if (!this.isOpen) return;
    this.#showSwitches();
    this.#look();
    this.looking = setInterval(() => this.#look(), LOOKS_EVERY);
  }

  async #look() {
    const [{ shown }] = await Promise.all([api.backstage(), this.calls.look()]).catch(() => [{ shown: null }]);
    this.duties.show(shown?.duties.map((row) => ({ at: row.prompts_at, whom: row.holder, row })));
    this.outbox.show(shown?.outbox.map((row) => ({ at: row.at, whom: world.chats.get(Number(row.to))?.title ?? row.to, row })));
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
