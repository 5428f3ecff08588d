// One phone: whose it is, the chat it shows, and what its person does there.

import { api } from "./api.js";
import { addressOf } from "./entities.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { payloadOf } from "./deep_links.js";
import { h } from "./dom.js";
import { Header } from "./header.js";
import { openMenu } from "./menu.js";
import { alertBox, Toast } from "./notices.js";
import { say } from "./words.js";
import { chatsOf, markRead, nameOf, on, world } from "./world.js";

const PATIENCE = 15_000; // milliseconds after which a tap that nobody answered is let go

export class Phone {
  /** `stage` chooses people and opens links on other phones. */
  constructor(slot, stage) {
    this.slot = slot;
    this.stage = stage;
    this.waiting = new Map();
    this.conversation = new Conversation(this);
    this.composer = new Composer(this);
    this.header = new Header(this);
    this.toasts = new Toast();
    this.intro = h("div", { class: "intro", hidden: true });
    this.screen = h("div", { class: "screen" }, this.header.chat, this.conversation.element, this.intro, this.composer.element);
    this.element = h("section", { class: "phone" }, this.header.person, h("div", { class: "body" }, this.screen, this.toasts.element));
    this.links = { command: (text) => this.say(text), deepLink: (payload) => stage.openLink(payload, this.person.id), payloadOf };
    this.element.addEventListener("dragover", (event) => this.#dragged(event));
    this.element.addEventListener("dragleave", () => this.element.classList.remove("receives"));
    this.element.addEventListener("drop", (event) => this.#dropped(event));
    this.stops = [on("chat", (news) => this.#heard(news)), on("pulse", () => this.header.refresh()), on("read", () => this.header.refresh())];
  }

  remove() {
    for (const stop of this.stops) stop();
    this.element.remove();
  }

  use(person) {
    this.person = person;
    this.element.setAttribute("aria-label", say("phone_of", { name: nameOf(person) }));
    this.open(world.chats.get(person.id));
  }

  open(chat) {
    this.chat = chat;
    this.composer.drawn = undefined;
    this.composer.reset();
    this.conversation.show();
    this.#around();
  }

  /** After the world was looked at anew: the same person in the same chat. */
  renew() {
    const chat = world.chats.get(this.chat.id) ?? world.chats.get(this.person.id);
    this.person = world.people.get(this.person.id);
    if (chat.id !== this.chat.id) return this.open(chat);
    this.chat = chat;
    this.conversation.show();
    return this.#around();
  }

  get inView() {
    return document.visibilityState === "visible" && !this.element.hidden;
  }

  look() {
    if (this.inView) markRead(this.person.id, this.chat);
  }

  toast(text) {
    this.toasts.show(text);
  }

  /** Do it, and say so here when it is refused. */
  async attempt(act) {
    try {
      await act();
      return true;
    } catch (error) {
      this.toast(error.message);
      return false;
    }
  }

  say(text) {
    return this.attempt(() => api.say(this.person.id, this.chat.id, text));
  }

  reveal(messageId) {
    this.conversation.reveal(messageId);
  }

  isWaiting(messageId, data) {
    return data !== undefined && this.waiting.get(messageId) === data;
  }

  async tap(message, button, key) {
    if (button.url) return this.#follow(button.url);
    if (button.copy_text) return this.copy(button.copy_text.text);
    if (button.callback_data === undefined) return this.toast(say("not_here"));
    this.waiting.set(message.id, button.callback_data);
    if (message.id === Math.max(...this.chat.messages.keys())) this.conversation.follows = true; // what it turns into is wanted whole
    key.setAttribute("aria-busy", "true");
    setTimeout(() => this.#answered(message.id), PATIENCE);
    const tapped = await this.attempt(() => api.tap(this.person.id, this.chat.id, message.id, button.callback_data));
    if (!tapped) this.#answered(message.id);
    return undefined;
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    this.toast(say("copied"));
  }

  openActions(message, anchor) {
    const own = message.sender_id === this.person.id;
    openMenu(anchor, [
      { label: say("reply"), sign: "reply", act: () => this.composer.replyTo(message) },
      own && message.text && { label: say("edit"), sign: "edit", act: () => this.composer.edit(message) },
      message.text && { label: say("copy"), sign: "file", act: () => this.copy(message.text) },
    ]);
  }

  #follow(text) {
    const url = addressOf(text);
    if (!url) return;
    const payload = payloadOf(url);
    if (payload === null) window.open(url.href, "_blank", "noopener,noreferrer");
    else this.links.deepLink(payload);
  }

  #answered(messageId) {
    if (!this.waiting.delete(messageId)) return;
    for (const key of this.conversation.list.querySelectorAll(`[data-id="${messageId}"] [aria-busy]`)) key.removeAttribute("aria-busy");
  }

  #heard(news) {
    if (chatsOf(this.person.id).some((chat) => chat.id === news.chat_id)) this.header.refresh();
    if (news.chat_id !== this.chat.id) return;
    if (news.kind === "answered") return this.#shown(news);
    if (news.message_id) this.conversation.update(news.message_id);
    this.#around();
  }

  #shown(answer) {
    if (answer.user_id !== this.person.id) return;
    this.#answered(answer.message_id);
    if (answer.url) this.#follow(answer.url);
    if (!answer.text) return;
    if (answer.alert) alertBox(this, answer.text);
    else this.toast(answer.text);
  }

  #around() {
    const silent = this.chat.messages.size === 0;
    this.intro.hidden = !silent;
    this.conversation.element.hidden = silent;
    if (silent) this.intro.replaceChildren(...this.#introduction());
    this.composer.refresh();
    this.header.refresh();
    this.look();
  }

  #introduction() {
    const spoken = this.person.language_code?.slice(0, 2) ?? "";
    const text = world.description[spoken] ?? world.description[""] ?? "";
    if (this.chat.type !== "private" || !text) return [];
    return [h("div", { class: "description" }, h("strong", {}, say("about_bot")), h("p", {}, text))];
  }

  #dragged(event) {
    const takes = event.dataTransfer.types.includes("Files") && !this.composer.row.hidden;
    event.dataTransfer.dropEffect = takes ? "copy" : "none";
    this.element.classList.toggle("receives", takes);
  }

  #dropped(event) {
    this.element.classList.remove("receives");
    if (!this.composer.row.hidden) this.composer.take(event.dataTransfer.files);
  }
}
