// What the bot has in store, line by line and in words; the data themselves unfold beneath.

import { shortMoment } from "./dates.js";
import { h } from "./dom.js";
import { language, say } from "./words.js";

const COLUMNS = ["when", "whom", "what", "standing"];

export class Ledger {
  constructor(name) {
    const title = say(`backstage_${name}`);
    this.note = h("p", { class: "soft" });
    this.lines = h("tbody");
    const head = h("tr", {}, COLUMNS.map((column) => h("th", { scope: "col" }, say(`ledger_${column}`))));
    this.table = h("div", { class: "ledger", role: "region", tabindex: "0", "aria-label": title }, h("table", {}, h("thead", {}, head), this.lines));
    this.data = h("pre", { tabindex: "0" });
    this.raw = h("details", { class: "raw" }, h("summary", {}, say("raw")), this.data);
    this.element = h("details", { open: true }, h("summary", {}, title), this.note, this.table, this.raw);
  }

  /** Rows of `{ at, whom, row }`, none at all when the bot shows nothing; what they say in words stands in the row. */
  show(rows) {
    const drawn = JSON.stringify(rows ?? null);
    if (this.drawn === drawn) return;
    this.drawn = drawn;
    this.note.textContent = rows ? say("backstage_empty") : say("backstage_away");
    this.note.hidden = Boolean(rows?.length);
    for (const part of [this.table, this.raw]) part.hidden = !rows?.length;
    this.lines.replaceChildren(...(rows ?? []).map(line));
    this.data.textContent = JSON.stringify((rows ?? []).map(({ row: { words, ...data } }) => data), null, 1);
  }
}

function line({ at, whom, row }) {
  const { what, standing } = row.words?.[language()] ?? { what: row.kind, standing: row.state };
  return h("tr", {}, [shortMoment(new Date(at)), whom, what, standing].map((cell) => h("td", {}, cell)));
}
