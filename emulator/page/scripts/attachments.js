// Whatever a message carries beside its text.

import { api } from "./api.js";
import { size } from "./dates.js";
import { h, icon } from "./dom.js";
import { viewPhoto } from "./viewer.js";
import { say } from "./words.js";

export function attachment(message) {
  const { file, content } = message;
  if (file) return KINDS[file.kind](file, content, message);
  if (content.location) return card(say("location"), `${content.location.latitude}, ${content.location.longitude}`);
  if (content.contact) return card(`${say("contact")} · ${content.contact.first_name}`, content.contact.phone_number);
  return null;
}

const KINDS = {
  photo: (file, content, message) => {
    const image = h("img", { src: api.file(file.id), ...fitting(content.photo.at(-1)), alt: message.text ? "" : say("photo"), decoding: "async" });
    return h("button", { type: "button", class: "photo", "aria-label": say("open_photo"), onclick: () => viewPhoto(file, message.text) }, image);
  },
  document: (file) => h("a", { class: "document", href: api.file(file.id), download: file.name, "aria-label": say("download", { name: file.name }) },
    h("span", { class: "sign" }, icon("file")),
    h("span", {}, h("span", { class: "file-name" }, file.name || say("file")), h("span", { class: "file-size" }, size(file.size)))),
  voice: (file, content) => h("div", { class: "voice" },
    h("audio", { controls: true, preload: "metadata", src: api.file(file.id), "aria-label": say("voice") }),
    h("span", { class: "file-size" }, `${content.voice.duration}″`)),
  sticker: (file, content) => h("div", { class: "sticker", role: "img", "aria-label": say("sticker") }, content.sticker.emoji),
};

const WIDEST = 388; // pixels
const HIGHEST = 320;

/** Known before the picture has come, so that nothing jumps. */
function fitting({ width, height }) {
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function card(title, text) {
  return h("div", { class: "card" }, h("strong", {}, title), h("span", {}, text));
}

const names = (users) => users.map((user) => user.first_name).join("、");

/** What happened to the group, or nothing for an ordinary message. */
export function serviceLine({ content }) {
  if (content.new_chat_members) return say("joined", { names: names(content.new_chat_members) });
  if (content.left_chat_member) return say("left", { names: content.left_chat_member.first_name });
  if (content.migrate_to_chat_id || content.migrate_from_chat_id) return say("service");
  return "";
}
