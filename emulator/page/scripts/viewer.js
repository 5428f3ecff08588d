// A photo as large as the window.

import { api } from "./api.js";
import { dialog } from "./dialogs.js";
import { h, iconButton } from "./dom.js";
import { say } from "./words.js";

export function viewPhoto(file, caption) {
  const image = h("img", { src: api.file(file.id), alt: caption || say("photo") });
  const save = h("a", { class: "button", href: api.file(file.id), download: file.name || "photo.png" }, say("save_as"));
  const resize = () => whole.setAttribute("aria-pressed", String(image.classList.toggle("full")));
  const whole = iconButton("search", say("full_size"), resize, { "aria-pressed": "false" });
  const shown = dialog({ label: say("photo"), kind: "viewer" },
    h("div", { class: "viewer-bar" }, save, whole, iconButton("close", say("close"), () => shown.close())),
    h("div", { class: "viewer-scroll", tabindex: "0" }, image));
  image.addEventListener("click", resize);
}
