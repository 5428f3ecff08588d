// A file on its way out: shown once more, with a caption if wanted.

import { api } from "./api.js";
import { size } from "./dates.js";
import { form } from "./dialogs.js";
import { h } from "./dom.js";
import { say } from "./words.js";

const LARGEST = 50 * 1024 ** 2;
const LARGEST_PHOTO = 10 * 1024 ** 2;
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export function sendFile(phone, file) {
  if (file.size > LARGEST) return phone.toast(say("too_large"));
  const picture = PICTURES.has(file.type) && file.size <= LARGEST_PHOTO;
  const address = picture ? URL.createObjectURL(file) : "";
  const shown = form({
    title: file.name || say("file"),
    action: say("send"),
    done: (fields) => {
      const kind = picture && !fields.has("as_file") ? "photo" : "document";
      return api.send(phone.person.id, phone.chat.id, kind, file, { caption: fields.get("caption") });
    },
  },
  picture && h("img", { class: "preview", src: address, alt: "" }),
  h("p", { class: "soft" }, size(file.size)),
  h("label", {}, say("caption"), h("input", { name: "caption", maxlength: "1024", autocomplete: "off" })),
  picture && h("label", { class: "row" }, h("input", { type: "checkbox", name: "as_file" }), say("as_file")));
  shown.addEventListener("close", () => URL.revokeObjectURL(address));
  return shown;
}
