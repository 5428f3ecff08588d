// Begins here: look at the world, draw the page, and follow the news.

import { choosePerson } from "./asking.js";
import { Backstage } from "./backstage.js";
import { Guide } from "./guide.js";
import { h, icon, iconButton } from "./dom.js";
import { showTheme } from "./preferences.js";
import { openSettings } from "./settings.js";
import { Stage } from "./stage.js";
import { TimeMachine } from "./time_machine.js";
import { say, speak } from "./words.js";
import { look, on, unreadOf, watch, world } from "./world.js";

let stage;
let time;
let guide;
let backstage;

function draw() {
  stage?.remove();
  time?.remove();
  guide?.remove();
  backstage?.remove();
  speak(world.language);
  stage = new Stage();
  time = new TimeMachine(stage.toast);
  guide = new Guide(stage, refresh);
  stage.arranged = () => guide.refresh();
  const behind = iconButton("wrench", say("backstage"), () => backstage.toggle(), { class: "icon-button behind" });
  backstage = new Backstage(stage.toast, behind, () => { stage.share(backstage.isOpen); refresh(); });
  const leads = iconButton("flag", say("guide"), () => guide.toggle());
  const banner = h("div", { class: "banner", role: "status", hidden: true });
  const others = h("button", { type: "button", class: "icon-button others", "aria-label": say("others"), title: say("others"), onclick: () => showOthers() }, icon("bell"), h("span", { class: "badge", hidden: true }));
  const top = h("header", { class: "top" },
    h("div", { class: "brand" }, h("img", { src: "/page/mark.svg", alt: "" }), h("div", {}, h("h1", {}, say("brand")), h("p", { class: "soft" }, say("tagline")))),
    time.element,
    h("div", { class: "tools" }, leads, behind, others, iconButton("settings", say("settings"), () => openSettings(draw))));
  document.body.replaceChildren(top, banner, guide.element, h("div", { class: "floor" }, stage.element, backstage.element), stage.toast.element);
  parts = { banner, others, leads, behind };
  guide.refresh();
  refresh();
}

let parts;

function refresh() {
  const problem = problemNow();
  parts.banner.hidden = !problem;
  parts.banner.textContent = problem && say(problem);
  parts.leads.hidden = !world.story;
  parts.behind.setAttribute("aria-expanded", String(backstage.isOpen));
  parts.leads.setAttribute("aria-pressed", String(guide.isOpen));
  const onPhones = new Set(stage.phones.map((phone) => phone.person.id));
  const count = [...world.people.keys()].filter((id) => !onPhones.has(id)).reduce((sum, id) => sum + unreadOf(id), 0);
  const badge = parts.others.querySelector(".badge");
  badge.hidden = count === 0;
  badge.textContent = `${count}`;
  parts.others.setAttribute("aria-label", count ? `${say("others")}: ${say("unread", { count })}` : say("others"));
}

function problemNow() {
  if (!world.connected) return "reconnecting";
  if (world.botRuns === false) return "killed";
  if (world.faults.length) return "faulty";
  return world.botIsThere ? "" : "away";
}

function showOthers() {
  choosePerson({ title: say("others"), used: stage.phones.map((phone) => phone.person.id), chosen: (id) => stage.show(id) });
}

showTheme();
const last = await look();
draw();
for (const kind of ["pulse", "chat", "read", "people", "connection"]) on(kind, refresh);
watch(last);
