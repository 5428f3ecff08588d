// Links that open the chat with the bot and hand it a word: https://t.me/<bot>?start=<payload>.

import { world } from "./world.js";

const HOSTS = new Set(["t.me", "telegram.me", "telegram.dog"]);

/** The payload of a link to our bot, empty when it has none; null for every other address. */
export function payloadOf(url) {
  const name = url.protocol === "tg:" ? url.searchParams.get("domain") : HOSTS.has(url.hostname) && url.pathname.slice(1);
  if (!name || name.toLowerCase() !== world.bot.username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}

/** What somebody typed or pasted: a whole link, or the code alone. */
export function payloadIn(text) {
  const typed = text.trim();
  try {
    return payloadOf(new URL(typed.startsWith("t.me/") ? `https://${typed}` : typed)) ?? typed;
  } catch {
    return typed.replaceAll(/[\s-]/g, "");
  }
}
