// The conversation: bubbles in order, what became of each webhook, quick replies, the rich menu.

import { button, byId, el, fill, reconcile } from "./dom.js";
import { message, quickReplies } from "./messages.js";
import { again, displayed, perform, unsend } from "./says.js";
import { on, parts, view } from "./state.js";
import { locale, t } from "./strings.js";

const PATIENCE = 20_000;
const ANSWERED = ["message", "postback", "follow"];
const timeline = () => byId("timeline");
let atEnd = true; // whoever reads further up is not pulled down
let newest = "";
let asked = 0; // when the newest event was first seen without an answer after it

export function start() {
  on("chat", draw);
  timeline().addEventListener("scroll", () => { atEnd = leftBelow() < 80; });
  new ResizeObserver(() => atEnd && toEnd()).observe(timeline());
  setInterval(showTyping, 500);
}

const leftBelow = () => timeline().scrollHeight - timeline().scrollTop - timeline().clientHeight;
const toEnd = () => { timeline().scrollTop = timeline().scrollHeight; };

function draw(chat) {
  const items = chat.items;
  const make = (item) => () => (item.kind === "event" ? event(item) : said(item));
  const wanted = items.map((item) => ({ key: item.id, stamp: stamp(item), make: make(item) }));
  if (!items.length) wanted.push(note("empty_chat", "system"));
  if (chat.blocked) wanted.push(note("blocked", "system bad"));
  reconcile(timeline(), wanted);
  const last = items.at(-1);
  if (last && `${last.id}${view.person}` !== newest) asked = last.kind === "event" ? Date.now() : 0;
  const arrived = last && last.id !== newest.slice(0, last.id.length);
  newest = last ? `${last.id}${view.person}` : "";
  drawQuick(items);
  drawMenu(chat.menu);
  showTyping();
  if (atEnd || arrived) toEnd();
}

const note = (key, look) => ({ key, stamp: locale(), make: () => el("li", { class: look, text: t(key) }) });
const face = () => el("span", { class: "face", "aria-hidden": "true", text: "ส" });
const stamp = (item) => JSON.stringify([item, locale(), view.person, view.agency]);

function said(item) {
  const when = item.via === "reply" ? clock(item.at) : `${clock(item.at)} ${item.via}`;
  return el("li", { class: "bot" }, face(),
    el("div", { class: "body" }, message(item.message, false), el("small", { text: when })));
}

function event(item) {
  if (item.type !== "message" && !item.postback) {
    return el("li", { class: "system", text: `${item.name} ${happening(item)}`.trim() });
  }
  const own = item.slug === view.person || (!item.slug && !view.group);
  const content = item.unsent ? el("p", { class: "bubble faint", text: t("unsent") }) : contentOf(item);
  return el("li", { class: own ? "own" : "other" },
    el("div", { class: "body" },
      view.group ? el("small", { class: "name", text: item.name }) : null, content,
      el("div", { class: "foot" }, el("small", { text: clock(item.at) }), outcome(item), ...deeds(item, own))));
}

function contentOf(item) {
  if (item.type === "message") return message(item.message, true);
  const { data, params } = item.postback;
  if (displayed.has(data)) return el("p", { class: "bubble", text: displayed.get(data) });
  const words = [t("opened"), ...Object.values(params ?? {})].join(" ");
  return el("p", { class: "bubble thing", title: String(data) },
    el("span", { class: "mark", "aria-hidden": "true", text: "☞" }), el("span", { text: words }));
}

function happening(item) {
  const known = { follow: "follow", unfollow: "unfollow", unsend: "unsend", join: "joined", memberJoined: "joined" };
  return Object.hasOwn(known, item.type) ? t(known[item.type]) : t("event", { type: item.type });
}

function outcome(item) {
  if (item.status === null) return el("small", { class: "way", text: t("on_its_way") });
  if (item.status >= 200 && item.status < 300) {
    return el("small", { class: "good", text: item.tries > 1 ? `✓ ×${item.tries}` : "✓", title: t("taken") });
  }
  const words = item.status ? t("bot_said", item) : t("bot_silent", item);
  return el("small", { class: "bad", role: "status", text: words });
}

function deeds(item, own) {
  const made = [button(t("again"), () => again(item.id), { class: "deed", title: t("again_long") })];
  if (own && item.message.id && !item.unsent) made.push(button(t("unsend"), () => unsend(item.message.id), { class: "deed" }));
  return made;
}

const clock = (at) => at.slice(11, 16);

/** Three dots while the newest event has no answer, for as long as one may be expected. */
function showTyping() {
  const last = parts.chat?.items.at(-1);
  const waits = last?.kind === "event" && ANSWERED.includes(last.type) && asked && Date.now() - asked < PATIENCE;
  const there = timeline().querySelector(".typing");
  if (waits && !there) {
    timeline().append(
      el("li", { class: "bot typing", role: "status", "aria-label": t("typing"), data: { key: "typing" } }, face(),
        el("p", { class: "bubble dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"))));
    toEnd();
  }
  if (!waits) there?.remove();
}

/** Quick replies belong to the last message only, and go when the person writes. */
function drawQuick(items) {
  const last = items.at(-1);
  const place = byId("quick");
  const now = last?.kind === "message" ? `${last.id}` : "";
  if (place.dataset.of === now) return;
  place.dataset.of = now;
  fill(place, ...(now ? quickReplies(last.message) : []));
}

function drawMenu(menu) {
  const place = byId("menu");
  const now = menu ? `${view.agency} ${menu.id}` : "";
  place.hidden = !menu;
  if (place.dataset.of === now) return;
  place.dataset.of = now;
  if (!menu) return fill(place);
  const query = new URLSearchParams({ agency: view.agency, menu: menu.id });
  const picture = el("img", { src: `/_sandbox/menu?${query}`, alt: menu.chatBarText });
  fill(place, picture, ...menu.areas.map((area) => areaOf(area, menu.size)));
}

function areaOf({ bounds, action }, size) {
  const name = String(action.label ?? action.text ?? action.displayText ?? action.type);
  const made = button("", () => perform(action), { class: "area", "aria-label": name });
  const share = (part, whole) => `${(100 * part) / whole}%`;
  made.style.left = share(bounds.x, size.width);
  made.style.top = share(bounds.y, size.height);
  made.style.width = share(bounds.width, size.width);
  made.style.height = share(bounds.height, size.height);
  return made;
}
