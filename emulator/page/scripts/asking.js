// Small questions in dialogs: a link to open, a group to make, a person to choose.

import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { payloadIn } from "./deep_links.js";
import { dialog, form } from "./dialogs.js";
import { h, iconButton } from "./dom.js";
import { language, say } from "./words.js";
import { lookAgain, nameOf, unreadOf, world } from "./world.js";

export function openLinkDialog(open) {
  form({ title: say("open_link"), action: say("open"), done: (fields) => open(wordIn(fields.get("link"))) },
    h("label", {}, say("link_or_code"), h("input", { name: "link", required: true, autocomplete: "off", autofocus: true })));
}

function wordIn(text) {
  const payload = payloadIn(text);
  if (!/^[\w-]{0,64}$/.test(payload)) throw new Error(say("no_link"));
  return payload;
}

export function newGroup(phone) {
  const others = [...world.people.values()].filter((one) => one.id !== phone.person.id);
  const done = async (fields) => {
    const members = fields.getAll("member").map(Number);
    const group = await api.createGroup(fields.get("title"), phone.person.id, members);
    if (fields.has("with_bot")) await api.addBot(group.id, phone.person.id);
    await lookAgain();
    phone.open(world.chats.get(group.id));
  };
  form({ title: say("new_group"), action: say("create"), done },
    h("label", {}, say("group_title"), h("input", { name: "title", required: true, maxlength: "128", autocomplete: "off", autofocus: true })),
    h("fieldset", {}, h("legend", {}, say("members")), others.map((one) =>
      h("label", { class: "row" }, h("input", { type: "checkbox", name: "member", value: one.id, checked: true }), nameOf(one)))),
    h("label", { class: "row" }, h("input", { type: "checkbox", name: "with_bot", checked: true }), say("with_bot")));
}

/** `chosen` gets the id of a person; `used` are those who have a phone already. */
export function choosePerson({ title, used, chosen, putAway }) {
  const pick = (id) => { shown.close(); chosen(id); };
  const shown = dialog({ label: title, kind: "people" },
    h("div", { class: "row between" }, h("h2", {}, title), iconButton("close", say("close"), () => shown.close())),
    h("ul", { class: "choices" }, [...world.people.values()].map((one) => h("li", {}, choice(one, used.includes(one.id), pick)))),
    newcomer(pick),
    putAway && h("button", { type: "button", class: "button quiet wide", onclick: () => { shown.close(); putAway(); } }, say("put_away")));
}

function choice(person, inUse, pick) {
  const count = unreadOf(person.id);
  return h("button", { type: "button", class: "choice", onclick: () => pick(person.id) },
    avatar(person.id, nameOf(person)),
    h("span", { class: "names" }, h("span", { class: "name" }, nameOf(person)), h("span", { class: "soft" }, person.about)),
    inUse ? h("span", { class: "soft" }, say("on_phone")) : count > 0 && h("span", { class: "badge", "aria-label": say("unread", { count }) }, `${count}`));
}

function newcomer(pick) {
  const name = h("input", { name: "name", required: true, maxlength: "64", autocomplete: "off", "aria-label": say("new_person_name"), placeholder: say("new_person") });
  const body = h("form", { class: "row newcomer" }, name, h("button", { type: "submit", class: "button" }, say("add")));
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    const made = await api.addPerson(name.value.trim(), language() === "en" ? "en" : "zh-hans", say("new_person"));
    await lookAgain();
    pick(made.id);
  });
  return body;
}
