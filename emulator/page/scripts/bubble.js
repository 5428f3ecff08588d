// One message as a bubble.

import { attachment, serviceLine } from "./attachments.js";
import { hour } from "./dates.js";
import { h, icon } from "./dom.js";
import { rich } from "./entities.js";
import { inlineKeyboard } from "./inline_keyboard.js";
import { say } from "./words.js";

/** `phone` does what is asked for in the bubble; `joined` tells that the message before has the same sender. */
export function bubble(message, phone, { joined, group }) {
  const service = serviceLine(message);
  if (service) return h("li", { class: "service", "data-id": message.id }, h("span", {}, service));
  const own = message.sender_id === phone.person.id;
  const box = h("div", { class: "bubble" },
    group && !own && !joined && h("div", { class: "sender" }, message.sender),
    message.reply_to && quoted(message, phone),
    attachment(message, phone),
    h("div", { class: "text" }, rich(message.text, message.entities, phone.links), stamp(message)));
  return h("li", { class: classes(message, own, joined), "data-id": message.id },
    h("span", { class: "hidden" }, own ? say("you") : message.sender),
    h("div", { class: "line" }, box, actions(message, phone)),
    message.buttons.length > 0 && inlineKeyboard(message, phone));
}

function classes(message, own, joined) {
  const bare = message.file?.kind === "sticker";
  return ["message", own ? "own" : "other", joined && "joined", bare && "bare", message.file?.kind === "photo" && "pictured"].filter(Boolean).join(" ");
}

function stamp(message) {
  const moment = new Date(message.date * 1000);
  return h("span", { class: "stamp" },
    message.edited !== null && h("span", {}, `${say("edited")} `),
    h("time", { datetime: moment.toISOString() }, hour(moment)));
}

function quoted(message, phone) {
  const original = phone.chat.messages.get(message.reply_to);
  if (!original) return null;
  return h("button", { type: "button", class: "quoted", onclick: () => phone.reveal(original.id) },
    h("span", { class: "who" }, original.sender), h("span", { class: "what" }, summary(original)));
}

/** A message in a few words, for quotations and the list of chats. */
export function summary(message) {
  if (message.text) return message.text.replaceAll(/\s+/g, " ").slice(0, 120);
  return message.file ? message.file.name || say(message.file.kind === "document" ? "file" : message.file.kind) : "";
}

function actions(message, phone) {
  return h("button", {
    type: "button", class: "icon-button actions", "aria-label": say("actions"), title: say("actions"), "aria-haspopup": "menu",
    onclick: (event) => phone.openActions(message, event.currentTarget),
  }, icon("down"));
}
