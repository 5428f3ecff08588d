// What can be chosen for this page: its language, how it looks, whether it sounds.

import { dialog } from "./dialogs.js";
import { h, iconButton } from "./dom.js";
import { preferences, showTheme } from "./preferences.js";
import { language, say } from "./words.js";

export function openSettings(changed) {
  const speak = (code) => { preferences.language = code; shown.close(); changed(); };
  const theme = (name) => { preferences.theme = name; showTheme(); };
  const sound = h("input", { type: "checkbox", checked: preferences.sound, onchange: () => { preferences.sound = sound.checked; } });
  const shown = dialog({ label: say("settings"), kind: "settings" },
    h("div", { class: "row between" }, h("h2", {}, say("settings")), iconButton("close", say("close"), () => shown.close())),
    choices(say("language"), "language", [["zh", "中文"], ["en", "English"]], language() === "en" ? "en" : "zh", speak),
    choices(say("theme"), "theme", ["system", "light", "dark"].map((name) => [name, say(`theme_${name}`)]), preferences.theme, theme),
    h("label", { class: "row" }, sound, say("sound")),
    h("h3", {}, say("keys")), h("p", { class: "soft" }, say("keys_text")));
}

function choices(legend, name, options, current, choose) {
  return h("fieldset", { class: "segments" }, h("legend", {}, legend), options.map(([value, label]) =>
    h("label", {}, h("input", { type: "radio", name, value, checked: value === current, onchange: () => choose(value) }), h("span", {}, label))));
}
