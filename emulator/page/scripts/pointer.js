// Points at what the guided story wants next: a key, a link, or the field to write in.

const SIGN = "pointed";

/** At what this move needs, on every phone where it can be seen; at nothing without one. */
export function pointAt(phones, move) {
  const wanted = new Set(move ? phones.flatMap((phone) => targets(phone, move)) : []);
  for (const old of document.querySelectorAll(`.${SIGN}`)) if (!wanted.has(old)) old.classList.remove(SIGN);
  for (const element of wanted) {
    if (!element.classList.contains(SIGN)) bring(element, phones);
    element.classList.add(SIGN);
  }
}

/** It may lie beyond what the keyboard or the conversation shows. */
function bring(element, phones) {
  element.closest(".reply-keyboard")?.scrollTo({ top: element.offsetTop - element.offsetHeight });
  phones.find((phone) => phone.conversation.list.contains(element))?.conversation.bring(element);
}

function targets(phone, move) {
  if (phone.person.id === move.link_of) return last(links(phone));
  if (phone.person.id !== move.user_id || phone.chat.id !== move.user_id) return [];
  switch (move.sign) {
    case "press":
      return [...phone.composer.keys.querySelectorAll(".key")].filter((key) => key.textContent === move.value);
    case "tap":
      return keys(phone, new RegExp(move.value), move.label);
    case "write":
      return [phone.composer.row];
    default:
      return [];
  }
}

/** Those of the newest message that has any. */
function keys(phone, pattern, label) {
  const all = [...phone.conversation.list.querySelectorAll(".key[data-pressed]")];
  const found = all.filter((key) => pattern.test(key.dataset.pressed) && key.textContent.includes(label));
  const newest = found.at(-1)?.closest(".message");
  return found.filter((key) => newest.contains(key));
}

function links(phone) {
  return [...phone.conversation.list.querySelectorAll(".in-text[data-link]")];
}

const last = (found) => found.slice(-1);
