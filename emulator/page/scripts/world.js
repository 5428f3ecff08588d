// What the emulator holds, as far as the page shows it, and who wants to hear of changes.

import { api } from "./api.js";
import { useZone } from "./dates.js";
import { preferences } from "./preferences.js";

export const world = {
  bot: null,
  description: {},
  language: "",
  people: new Map(),
  chats: new Map(),
  clock: { now: "", running: false, zone: "", readAt: 0 },
  story: null,
  travellingTo: null,
  botIsThere: true,
  botRuns: null,
  faults: [],
  connected: true,
};

const listeners = new Map();

/** Hear of a kind of change; the answer ends it. */
export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind).add(listener);
  return () => listeners.get(kind).delete(listener);
}

function tell(kind, detail) {
  for (const listener of [...(listeners.get(kind) ?? [])]) listener(detail);
}

/** Look at everything anew; the answer is the number of the last news in it. */
export async function look() {
  const whole = await api.whole();
  if (whole.epoch !== preferences.epoch) {
    preferences.epoch = whole.epoch;
    preferences.read = {};
    if (preferences.guide === "followed") preferences.guide = "";
  }
  world.bot = whole.bot;
  world.description = whole.description;
  world.language = whole.language;
  world.story = whole.story;
  world.people = new Map(whole.people.map((one) => [one.id, one]));
  world.chats = new Map(whole.chats.map((one) => [one.chat.id, chatOf(one)]));
  readPulse(whole);
  return whole.n;
}

function chatOf(view) {
  const messages = new Map(view.messages.map((message) => [message.id, message]));
  return { ...view.chat, members: view.members, bot: view.bot, keyboard: view.keyboard, action: view.action, messages };
}

export function watch(after) {
  const stream = new EventSource(`/control/stream?after=${after}`);
  stream.addEventListener("pulse", (event) => pulse(JSON.parse(event.data)));
  stream.addEventListener("news", (event) => news(JSON.parse(event.data)));
  stream.addEventListener("lost", () => location.reload());
  stream.addEventListener("open", () => connection(true));
  stream.addEventListener("error", () => connection(false));
}

function connection(connected) {
  if (world.connected === connected) return;
  world.connected = connected;
  tell("connection");
}

function pulse(seen) {
  if (seen.epoch !== preferences.epoch) return location.reload();
  readPulse(seen);
  return tell("pulse");
}

function readPulse(seen) {
  world.clock = { ...seen.clock, readAt: performance.now() };
  world.travellingTo = seen.travelling_to;
  world.botIsThere = seen.bot_is_there;
  world.botRuns = seen.bot_runs;
  world.faults = seen.faults;
  useZone(seen.clock.zone);
}

let held = null; // what came while everything is looked at anew: the answer may be older than it
let looks = Promise.resolve();

/** Look at everything anew, one look after the other, and lose no news that comes meanwhile. */
export function lookAgain() {
  looks = looks.then(again);
  return looks;
}

async function again() {
  held = [];
  const last = await look().catch(() => location.reload());
  const later = held.filter((one) => one.n > last);
  held = null;
  tell("people");
  for (const one of later) news(one);
}

function news(one) {
  if (held) return held.push(one);
  if (one.kind === "people" || (one.kind === "story" && !world.story)) return lookAgain();
  if (one.kind === "story") return progressed(one);
  const chat = world.chats.get(one.chat_id);
  if (!chat) return undefined;
  Object.assign(chat, { bot: one.bot, keyboard: one.keyboard, action: one.action });
  if (one.kind === "deleted") chat.messages.delete(one.message_id);
  else if (one.message) chat.messages.set(one.message.id, one.message);
  return tell("chat", one);
}

function progressed({ step, move }) {
  Object.assign(world.story, { step, move });
  return tell("story");
}

/** The bot's time now. */
export function now() {
  const { now: read, running, readAt } = world.clock;
  return new Date(Date.parse(read) + (running ? performance.now() - readAt : 0));
}

export function chatsOf(personId) {
  return [...world.chats.values()].filter((chat) => chat.id === personId || chat.members.includes(personId));
}

export const nameOf = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");
export const titleOf = (chat) => (chat.type === "private" ? world.bot.first_name : chat.title);

const place = (personId, chatId) => `${personId}:${chatId}`;

export function unread(personId, chat) {
  const read = preferences.read[place(personId, chat.id)] ?? 0;
  return [...chat.messages.values()].filter((one) => one.id > read && one.sender_id !== personId).length;
}

export const unreadOf = (personId) => chatsOf(personId).reduce((sum, chat) => sum + unread(personId, chat), 0);

export function markRead(personId, chat) {
  const last = Math.max(0, ...chat.messages.keys());
  if ((preferences.read[place(personId, chat.id)] ?? 0) >= last) return;
  preferences.read = { ...preferences.read, [place(personId, chat.id)]: last };
  tell("read", personId);
}
