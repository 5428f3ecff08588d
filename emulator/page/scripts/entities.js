// Text with the entities of the Bot API, as nodes. Offsets are UTF-16 units, as JavaScript counts.

import { h } from "./dom.js";
import { say } from "./words.js";

/** `on` holds what to do with a command and with a deep link. */
export function rich(text, entities, on) {
  const ordered = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return pieces(text, 0, text.length, ordered, on);
}

function pieces(text, from, to, entities, on) {
  const nodes = [];
  let at = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const begins = Math.max(entity.offset, at);
    const ends = Math.min(entity.offset + entity.length, to);
    if (begins >= ends) continue;
    const inside = [];
    while (index + 1 < entities.length && entities[index + 1].offset < ends) inside.push(entities[(index += 1)]);
    const block = BLOCKS.has(entity.type);
    const before = text.slice(at, begins);
    nodes.push(block ? before.replace(/\n$/, "") : before);
    nodes.push(piece(entity, text.slice(begins, ends), pieces(text, begins, ends, inside, on), on));
    at = ends + (block && text[ends] === "\n" ? 1 : 0);
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]); // they break the line by themselves
const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", blockquote: "blockquote", code: "code", hashtag: "span",
  cashtag: "span", mention: "span", text_mention: "span",
};

function piece(entity, text, inside, on) {
  switch (entity.type) {
    case "url":
      return link(text.includes("://") ? text : `https://${text}`, inside, on);
    case "text_link":
      return link(entity.url, inside, on);
    case "email":
      return link(`mailto:${text}`, inside, on);
    case "bot_command":
      return h("button", { type: "button", class: "in-text", onclick: () => on.command(text) }, inside);
    case "pre":
      return h("pre", {}, h("code", {}, inside));
    case "expandable_blockquote":
      return foldable(inside);
    case "spoiler":
      return spoiler(inside);
    default:
      return h(TAGS[entity.type] ?? "span", { class: `entity-${entity.type}` }, inside);
  }
}

const SAFE = new Set(["http:", "https:", "mailto:", "tg:"]);

/** The address, if it is of a kind that does no harm; else null. */
export function addressOf(text) {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return SAFE.has(url.protocol) ? url : null;
}

function link(text, inside, on) {
  const url = addressOf(text);
  if (!url) return h("span", {}, inside);
  const payload = on.payloadOf(url);
  if (payload !== null) return h("button", { type: "button", class: "in-text", "data-link": payload, onclick: () => on.deepLink(payload) }, inside);
  return h("a", { href: url.href, target: "_blank", rel: "noreferrer noopener" }, inside);
}

function spoiler(inside) {
  const hidden = h("button", { type: "button", class: "spoiler", "aria-label": say("spoiler"), "aria-expanded": "false" });
  const content = h("span", {}, inside);
  hidden.append(content);
  hidden.addEventListener("click", () => hidden.replaceWith(content), { once: true });
  return hidden;
}

function foldable(inside) {
  const quote = h("blockquote", { class: "folded", tabindex: "0", onclick: () => quote.classList.toggle("folded") }, inside);
  quote.addEventListener("keydown", (event) => event.key === "Enter" && quote.classList.toggle("folded"));
  return quote;
}
