// Dialogs of the page: native ones, which keep the focus and close by Escape.

import { h } from "./dom.js";
import { say } from "./words.js";

export function dialog({ label, kind = "" }, ...children) {
  const shown = h("dialog", { class: kind, "aria-label": label }, children);
  shown.addEventListener("close", () => shown.remove());
  shown.addEventListener("click", (event) => event.target === shown && shown.close());
  document.body.append(shown);
  shown.showModal();
  return shown;
}

/** A dialog with a title, some fields and one thing to do; `done` may refuse by an exception, whose sentence is shown. */
export function form({ title, action, done }, ...fields) {
  const wrong = h("p", { class: "wrong", role: "alert" });
  const submit = h("button", { type: "submit", class: "button primary" }, action);
  const body = h("form", { method: "dialog" },
    h("h2", {}, title), fields, wrong,
    h("div", { class: "row end" },
      h("button", { type: "button", class: "button", onclick: () => shown.close() }, say("cancel")),
      submit));
  const shown = dialog({ label: title, kind: "form" }, body);
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      await done(new FormData(body));
      shown.close();
    } catch (error) {
      wrong.textContent = error.message;
      submit.disabled = false;
    }
  });
  return shown;
}
