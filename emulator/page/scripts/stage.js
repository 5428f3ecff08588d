// The page as a whole: up to three phones side by side, as many as there is room for; tabs lead to the others.

import { api } from "./api.js";
import { choosePerson } from "./asking.js";
import { avatar } from "./avatar.js";
import { chime } from "./bell.js";
import { h, icon } from "./dom.js";
import { Toast } from "./notices.js";
import { Phone } from "./phone.js";
import { preferences } from "./preferences.js";
import { say } from "./words.js";
import { nameOf, on, unreadOf, world } from "./world.js";

const MOST = 3;
const ROOM = [["(min-width: 1080px)", 3], ["(min-width: 720px)", 2]];
const ROOM_TO_SPARE = "(min-width: 1400px)"; // for something beside all of them

/** A file that is dropped beside the phones does not take the place of the page. */
const stay = (event) => event.preventDefault();

export class Stage {
  constructor() {
    this.phones = [];
    this.active = 0;
    this.arranged = () => {}; // hears when other phones have come into view
    this.list = h("div", { class: "tab-list", role: "tablist", "aria-label": say("phones") });
    this.tabs = h("div", { class: "tabs" }, this.list);
    this.row = h("div", { class: "phones" });
    this.toast = new Toast();
    this.element = h("main", {}, this.tabs, this.row);
    this.stops = [on("chat", (news) => this.#heard(news)), on("read", () => this.#showTabs()), on("people", () => this.#renew())];
    this.media = ROOM.map(([query]) => matchMedia(query));
    this.spare = matchMedia(ROOM_TO_SPARE);
    this.shared = false;
    this.arrange = () => this.#arrange();
    for (const one of [...this.media, this.spare]) one.addEventListener("change", this.arrange);
    document.addEventListener("visibilitychange", this.arrange);
    this.keys = (event) => this.#key(event);
    document.addEventListener("keydown", this.keys);
    for (const kind of ["dragover", "drop"]) document.addEventListener(kind, stay);
    for (const id of this.#people()) this.#add(id);
    this.#arrange();
  }

  remove() {
    for (const stop of this.stops) stop();
    for (const phone of this.phones) phone.remove();
    for (const one of [...this.media, this.spare]) one.removeEventListener("change", this.arrange);
    document.removeEventListener("visibilitychange", this.arrange);
    document.removeEventListener("keydown", this.keys);
    for (const kind of ["dragover", "drop"]) document.removeEventListener(kind, stay);
    this.element.remove();
  }

  /** Those whose phones were here last time, else the first of the cast. */
  #people() {
    const kept = preferences.phones.filter((id) => world.people.has(id));
    return (kept.length ? kept : [...world.people.keys()]).slice(0, MOST);
  }

  #add(id) {
    const phone = new Phone(this.phones.length, this);
    this.phones.push(phone);
    this.row.append(phone.element);
    phone.use(world.people.get(id));
    return phone;
  }

  choosePerson(phone) {
    choosePerson({
      title: say("who_uses"), used: this.#shown(), chosen: (id) => this.#put(phone, id),
      putAway: phone && this.phones.length > 1 ? () => this.#putAway(phone) : null,
    });
  }

  #shown() {
    return this.phones.map((phone) => phone.person.id);
  }

  /** That person on this phone, or a new one; who has a phone already changes places. */
  #put(phone, id) {
    const other = this.#phoneOf(id);
    if (other && phone && other !== phone) other.use(phone.person);
    if (!phone && !other) this.#add(id);
    else phone?.use(world.people.get(id));
    this.#bring(this.#phoneOf(id));
  }

  #putAway(phone) {
    phone.remove();
    this.phones.splice(this.phones.indexOf(phone), 1);
    this.active = 0;
    this.#arrange();
  }

  #bring(phone) {
    this.active = this.phones.indexOf(phone);
    this.#arrange();
  }

  /** A link that somebody got, opened on a phone of one's choice; the first offered is their own. */
  openLink(payload, finder) {
    choosePerson({ title: say("open_on"), used: [finder], chosen: (id) => this.start(id, payload) });
  }

  /** Bring that person's phone into view; without one they get the one in front, if none is to spare. */
  show(id) {
    const there = this.#phoneOf(id);
    if (there) this.#bring(there);
    else this.#put(this.phones.length < MOST ? null : this.phones[this.active], id);
    return this.#phoneOf(id);
  }

  /** Something stands beside the phones, for which one of them makes room; on a phone's width it lies over them. */
  share(shared) {
    this.shared = shared;
    this.#arrange();
  }

  /** These people on the phones, in this order. */
  use(ids) {
    for (const phone of this.phones.splice(0)) phone.remove();
    for (const id of ids.slice(0, MOST)) this.#add(id);
    this.active = 0;
    this.#arrange();
  }

  isInView(id) {
    return this.#phoneOf(id)?.inView ?? false;
  }

  #phoneOf(id) {
    return this.phones.find((phone) => phone.person.id === id);
  }

  start(id, payload) {
    const phone = this.show(id);
    phone.open(world.chats.get(id));
    return phone.attempt(() => api.start(id, payload));
  }

  #arrange() {
    preferences.phones = this.#shown();
    const all = ROOM.find((_, index) => this.media[index].matches)?.[1] ?? 1;
    const room = Math.max(1, this.shared && !this.spare.matches ? all - 1 : all);
    for (const part of [this.tabs, this.row]) part.inert = this.shared && all === 1;
    const first = Math.max(0, Math.min(this.active, this.phones.length - room));
    this.phones.forEach((phone, index) => {
      phone.element.hidden = index < first || index >= first + room;
      phone.look();
      if (!phone.element.hidden && phone.conversation.follows) phone.conversation.follow();
    });
    this.row.style.setProperty("--count", Math.min(room, this.phones.length));
    this.crowded = room < this.phones.length;
    this.#showTabs();
    this.arranged();
  }

  #showTabs() {
    const free = this.phones.length < MOST && h("button", { type: "button", class: "tab add", "aria-label": say("choose_person"), title: say("choose_person"), onclick: () => this.choosePerson(null) }, icon("plus"));
    this.tabs.hidden = !this.crowded && !free;
    const focused = [...this.list.children].indexOf(document.activeElement);
    this.list.hidden = !this.crowded;
    this.list.replaceChildren(...(this.crowded ? this.phones.map((phone) => this.#tab(phone)) : []));
    this.list.nextElementSibling?.remove();
    if (free) this.tabs.append(free);
    this.list.children[focused]?.focus();
    const waiting = [...world.people.keys()].reduce((sum, id) => sum + (unreadOf(id) > 0), 0);
    document.title = waiting ? `(${waiting}) ${say("title")}` : say("title");
  }

  #tab(phone) {
    const away = phone.element.hidden;
    const count = away ? unreadOf(phone.person.id) : 0;
    const act = () => (away ? this.#bring(phone) : this.choosePerson(phone));
    return h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(!away), title: away ? null : say("choose_person"), onclick: act },
      avatar(phone.person.id, nameOf(phone.person)), nameOf(phone.person), count > 0 && h("span", { class: "badge", "aria-label": say("unread", { count }) }, `${count}`));
  }

  #heard(news) {
    if (news.kind !== "message" || !news.by_bot) return;
    const chat = world.chats.get(news.chat_id);
    const seen = this.phones.some((phone) => phone.inView && phone.chat.id === chat.id);
    if (!seen) chime();
    this.#showTabs();
  }

  #renew() {
    for (const phone of this.phones) phone.renew();
    this.#showTabs();
  }

  #key(event) {
    const index = event.altKey && !event.ctrlKey && !event.metaKey ? ["Digit1", "Digit2", "Digit3"].indexOf(event.code) : -1;
    if (index < 0 || index >= this.phones.length) return;
    event.preventDefault();
    this.#bring(this.phones[index]);
    this.phones[index].composer.field.focus();
  }
}
