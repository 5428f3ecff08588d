// The top of a phone: who uses it, and which chat it shows.

import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { summary } from "./bubble.js";
import { h, icon, iconButton } from "./dom.js";
import { newGroup, openLinkDialog } from "./asking.js";
import { openMenu } from "./menu.js";
import { say } from "./words.js";
import { chatsOf, nameOf, titleOf, unread, unreadOf, world } from "./world.js";

const TYPING_SECONDS = 6;

export class Header {
  constructor(phone) {
    this.phone = phone;
    this.person = h("button", { type: "button", class: "person", "aria-haspopup": "dialog", onclick: () => phone.stage.choosePerson(phone) });
    this.chats = iconButton("back", say("chats"), () => this.#listChats());
    this.title = h("div", { class: "title" });
    this.more = iconButton("more", say("actions"), () => this.#more(), { "aria-haspopup": "menu" });
    this.chat = h("header", { class: "chat-header" }, this.chats, this.title, this.more);
  }

  refresh() {
    const { person, chat } = this.phone;
    if (!person) return;
    this.person.replaceChildren(avatar(person.id, nameOf(person)),
      h("span", { class: "names" }, h("span", { class: "name" }, nameOf(person)), h("span", { class: "soft" }, person.about)), icon("down"));
    const several = chatsOf(person.id).length > 1;
    this.chats.hidden = !several;
    this.chats.classList.toggle("news", several && unreadOf(person.id) > unread(person.id, chat));
    this.title.replaceChildren(avatar(chat.type === "private" ? 0 : chat.id, titleOf(chat)),
      h("div", { class: "names" }, h("div", { class: "name" }, titleOf(chat)), h("div", { class: "soft", "aria-live": "polite" }, this.#state())));
  }

  #state() {
    const { chat } = this.phone;
    if (chat.action && this.#isFresh(chat)) return say(chat.action.action === "typing" ? "typing" : "uploading");
    return chat.type === "private" ? say("bot") : say("group_members", { count: chat.members.length });
  }

  #isFresh(chat) {
    if (this.seen?.action !== chat.action) this.seen = { action: chat.action, at: performance.now() };
    return performance.now() - this.seen.at < TYPING_SECONDS * 1000;
  }

  #listChats() {
    const { person } = this.phone;
    openMenu(this.chats, chatsOf(person.id).map((chat) => {
      const count = unread(person.id, chat);
      const last = [...chat.messages.values()].at(-1);
      const label = [titleOf(chat), count ? say("unread", { count }) : last && summary(last).slice(0, 24)].filter(Boolean).join(" · ");
      return { label, act: () => this.phone.open(chat) };
    }));
  }

  #more() {
    const { person, stage } = this.phone;
    const own = world.chats.get(person.id);
    openMenu(this.more, [
      { label: say("open_link"), sign: "link", act: () => openLinkDialog((payload) => stage.start(person.id, payload)) },
      { label: say("new_group"), sign: "people", act: () => newGroup(this.phone) },
      own.bot === "member" && { label: say("block"), sign: "close", act: () => this.phone.attempt(() => api.block(person.id)) },
      own.bot === "kicked" && { label: say("unblock"), sign: "tick", act: () => this.phone.attempt(() => api.unblock(person.id)) },
    ]);
  }
}
