// Where a person writes, answers and changes messages, and sends files and voice notes.

import { api } from "./api.js";
import { summary } from "./bubble.js";
import { Commands } from "./commands.js";
import { h, icon, iconButton } from "./dom.js";
import { Recorder } from "./recorder.js";
import { replyKeyboard } from "./reply_keyboard.js";
import { sendFile } from "./uploads.js";
import { say } from "./words.js";

const TALLEST = 140; // pixels

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.field = h("textarea", { rows: "1", "aria-label": say("write"), placeholder: say("message"), autocomplete: "off", "aria-autocomplete": "list" });
    this.commands = new Commands(phone, (command) => this.#send(command));
    this.field.setAttribute("aria-controls", this.commands.id);
    this.about = h("div", { class: "about", hidden: true });
    this.keys = h("div", { hidden: true });
    this.picker = h("input", { type: "file", hidden: true, onchange: () => this.#picked() });
    this.menu = iconButton("menu", say("commands"), () => this.#toggleCommands());
    this.keyboard = iconButton("keyboard", say("keyboard_hide"), () => this.#toggleKeyboard());
    this.drop = iconButton("close", say("cancel"), () => this.#dropRecording(), { hidden: true });
    this.go = iconButton("mic", say("record"), () => this.#go(), { class: "icon-button go" });
    this.row = h("div", { class: "compose" }, this.menu, this.field, this.keyboard,
      iconButton("attach", say("attach"), () => this.picker.click()), this.drop, this.go);
    this.gate = h("div", { class: "gate", hidden: true });
    this.row.addEventListener("keydown", (event) => event.key === "Escape" && this.recording && this.#dropRecording());
    this.element = h("div", { class: "composer" }, this.commands.element, this.about, this.row, this.gate, this.keys, this.picker);
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", (event) => event.relatedTarget !== this.menu && this.commands.close());
    this.field.addEventListener("paste", (event) => this.#pasted(event));
    this.hidesKeys = false;
  }

  /** After the chat was chosen, or something around its messages has changed. */
  refresh() {
    const { chat } = this.phone;
    const shut = chat.type === "private" && (chat.bot === "never" || chat.bot === "kicked");
    this.row.hidden = shut;
    this.gate.hidden = !shut;
    if (shut) this.gate.replaceChildren(...this.#opening(chat.bot === "kicked"));
    this.#showKeys(shut);
    this.#showGo();
  }

  reset() {
    this.#about(null);
    this.commands.close();
    this.field.value = "";
    this.#grow();
    this.refresh();
  }

  replyTo(message) {
    this.#about({ message, title: say("replying_to", { name: message.sender }), sign: "reply" });
  }

  edit(message) {
    this.#about({ message, title: say("editing"), sign: "edit", edits: true });
    this.field.value = message.text;
    this.#grow();
  }

  /** Put a text into the field, to be sent or changed. */
  write(text) {
    this.field.value = text;
    this.#typed();
    this.field.focus();
  }

  /** One after another: the first is asked about on top. */
  take(files) {
    for (const file of [...files].reverse()) sendFile(this.phone, file);
  }

  #opening(blocked) {
    const { person } = this.phone;
    const act = () => this.phone.attempt(() => (blocked ? api.unblock(person.id) : api.start(person.id)));
    const button = h("button", { type: "button", class: "button primary wide", onclick: act }, say(blocked ? "unblock" : "start"));
    return blocked ? [h("p", { class: "soft" }, say("blocked")), button] : [button];
  }

  #about(what) {
    this.doing = what;
    this.about.hidden = !what;
    this.#showGo();
    if (!what) return;
    this.about.replaceChildren(icon(what.sign),
      h("div", {}, h("div", { class: "who" }, what.title), h("div", { class: "what" }, summary(what.message))),
      iconButton("close", say("cancel"), () => this.#cancel()));
    this.field.focus();
  }

  #cancel() {
    if (this.doing?.edits) this.field.value = "";
    this.#about(null);
    this.#typed();
    this.field.focus();
  }

  #typed() {
    this.#grow();
    this.#showGo();
    if (/^\/\w*$/.test(this.field.value) && !this.doing?.edits) this.commands.offer(this.field.value);
    else this.commands.close();
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.commands.open && this.#keyInCommands(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send(this.field.value);
    } else if (event.key === "Escape" && this.doing) this.#cancel();
    else if (event.key === "ArrowUp" && !this.field.value && !this.doing) this.#editLast(event);
  }

  #keyInCommands(event) {
    const act = {
      ArrowDown: () => this.commands.move(1), ArrowUp: () => this.commands.move(-1), Escape: () => this.commands.close(),
      Enter: () => this.commands.choose(), Tab: () => { this.field.value = this.commands.complete(); this.#typed(); },
    }[event.key];
    if (!act || event.shiftKey) return false;
    event.preventDefault();
    act();
    return true;
  }

  #editLast(event) {
    const own = [...this.phone.chat.messages.values()].filter((one) => one.sender_id === this.phone.person.id && one.text);
    if (!own.length) return;
    event.preventDefault();
    this.edit(own.at(-1));
  }

  #toggleCommands() {
    if (this.commands.open) return this.commands.close();
    this.field.focus();
    return this.commands.offer("/");
  }

  async #send(text) {
    const { person, chat } = this.phone;
    if (!text.trim()) return;
    const doing = this.doing;
    this.reset(); // at once, so that a second Enter sends nothing twice and what is typed meanwhile stays
    const sent = await this.phone.attempt(() =>
      doing?.edits ? api.edit(person.id, chat.id, doing.message.id, text) : api.say(person.id, chat.id, text, doing?.message.id));
    if (sent) this.phone.conversation.follow();
    else this.#takeBack(text, doing);
  }

  /** It was refused: it stands in the field again, unless something else does. */
  #takeBack(text, doing) {
    if (this.field.value) return;
    this.#about(doing);
    this.write(text);
  }

  #go() {
    if (this.recording) return this.#finishRecording();
    return this.field.value.trim() ? this.#send(this.field.value) : this.#record();
  }

  #showGo() {
    const [sign, label] = this.recording ? ["stop", "stop_recording"]
      : this.doing?.edits ? ["tick", "save_edit"] : this.field.value.trim() ? ["send", "send"] : ["mic", "record"];
    this.go.replaceChildren(icon(sign));
    this.go.title = say(label);
    this.go.setAttribute("aria-label", say(label));
    this.go.classList.toggle("recording", Boolean(this.recording));
    this.drop.hidden = !this.recording;
    this.field.placeholder = this.recording ? say("recording") : this.phone.chat.keyboard?.input_field_placeholder || say("message");
  }

  async #record() {
    const recorder = new Recorder();
    try {
      await recorder.start();
    } catch {
      return this.phone.toast(say("no_microphone"));
    }
    this.recording = recorder;
    return this.#showGo();
  }

  #dropRecording() {
    this.recording.cancel();
    this.recording = null;
    this.#showGo();
    this.go.focus();
  }

  async #finishRecording() {
    const { file, seconds } = await this.recording.stop();
    this.recording = null;
    this.#showGo();
    await this.phone.attempt(() => api.send(this.phone.person.id, this.phone.chat.id, "voice", file, { duration: seconds }));
  }

  #picked() {
    this.take(this.picker.files);
    this.picker.value = "";
  }

  #pasted(event) {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    this.take(event.clipboardData.files);
  }

  #toggleKeyboard() {
    this.hidesKeys = !this.hidesKeys;
    this.refresh();
  }

  #showKeys(shut) {
    const rows = this.phone.chat.keyboard?.keyboard;
    this.keyboard.hidden = !rows;
    this.keys.hidden = !rows || this.hidesKeys || shut;
    const label = say(this.hidesKeys ? "keyboard_show" : "keyboard_hide");
    this.keyboard.title = label;
    this.keyboard.setAttribute("aria-label", label);
    this.keyboard.setAttribute("aria-expanded", String(!this.hidesKeys));
    const drawn = JSON.stringify(rows);
    if (!rows || this.drawn === drawn) return;
    this.drawn = drawn;
    const press = (text) => this.phone.attempt(() => api.press(this.phone.person.id, this.phone.chat.id, text));
    this.keys.replaceChildren(replyKeyboard(rows, press));
  }
}
