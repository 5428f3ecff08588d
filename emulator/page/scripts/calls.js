// The Bot API calls with their answers, the newest first; each unfolds to what was said on the wire.

import { api } from "./api.js";
import { hour } from "./dates.js";
import { h } from "./dom.js";

const KEPT = 100;

export class Calls {
  constructor() {
    this.element = h("ol", { class: "calls" });
    this.last = 0;
  }

  async look() {
    const calls = (await api.calls(this.last)).slice(-KEPT);
    if (!calls.length) return;
    this.last = calls.at(-1).n;
    this.element.prepend(...calls.reverse().map(entry));
    while (this.element.children.length > KEPT) this.element.lastElementChild.remove();
  }
}

function entry({ at, method, status, params, answer }) {
  const good = status === 200;
  const details = h("details", {}, h("summary", {}, h("time", {}, hour(new Date(at))), h("code", {}, method), h("span", { class: good ? "status" : "status bad" }, status || "×")));
  details.addEventListener("toggle", () => details.append(raw(params), raw(answer)), { once: true });
  return h("li", {}, details);
}

const raw = (value) => h("pre", { tabindex: "0" }, JSON.stringify(value, null, 1));
