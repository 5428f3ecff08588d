// A small menu beside the button that opened it: arrows move, Enter chooses, Escape and leaving close it.

import { h, icon } from "./dom.js";

/** `items` are `{ label, sign, act }`; empty places are left out. */
export function openMenu(anchor, items) {
  const entries = items.filter(Boolean).map(({ label, sign, act }) =>
    h("button", { type: "button", role: "menuitem", class: "menu-item", onclick: () => { close(); act(); } }, sign && icon(sign), h("span", {}, label)));
  const menu = h("div", { class: "menu", role: "menu", popover: "auto" }, entries);
  const close = () => menu.hidePopover();
  menu.addEventListener("keydown", (event) => step(event, entries));
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const inside = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (inside) anchor.focus();
  });
  anchor.after(menu);
  anchor.setAttribute("aria-expanded", "true");
  menu.showPopover();
  place(menu, anchor);
  entries[0].focus();
}

function step(event, entries) {
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (!(event.key in moves)) return;
  event.preventDefault();
  const at = entries.indexOf(document.activeElement);
  entries[(at + moves[event.key] + entries.length) % entries.length].focus();
}

function place(menu, anchor) {
  const from = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = from.bottom + height + 8 < innerHeight;
  menu.style.left = `${Math.max(8, Math.min(from.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? from.bottom + 4 : Math.max(8, from.top - height - 4)}px`;
}
