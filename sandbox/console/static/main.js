// The console's beginning: every region starts, then the page asks what there is to show.

import * as chat from "./chat.js";
import * as composer from "./composer.js";
import { button, byId, el, fill } from "./dom.js";
import * as desk from "./desk.js";
import * as log from "./log.js";
import * as sheet from "./sheet.js";
import { on, refresh, showAll } from "./state.js";
import { changeLanguage, locale, t, translate } from "./strings.js";

const REGIONS = ["chat", "sheet", "desk"];
const HELP = {
  help_page: ["key_regions", "key_help"],
  help_chat: ["key_send"],
  help_sheet: ["key_move", "key_edit", "key_rows", "key_tabs"],
};

/** Show a region (a phone shows one at a time) and put the keyboard there. */
function go(region) {
  show(region);
  const place = { chat: byId("text"), sheet: byId("sheet").querySelector("[tabindex='0']"), desk: byId("calls") }[region];
  (place ?? byId(region)).focus();
}

function show(region) {
  document.body.dataset.region = region;
  for (const tab of byId("regions").children) tab.setAttribute("aria-current", String(tab.dataset.go === region));
}

function help() {
  const box = byId("ask");
  const list = (keys) => el("ul", {}, ...keys.map((key) => el("li", { text: t(key) })));
  const groups = Object.entries(HELP).flatMap(([title, keys]) => [el("h3", { text: t(title) }), list(keys)]);
  const close = button(t("close"), () => box.close(), { class: "main" });
  fill(box, el("h2", { id: "ask-title", text: t("help") }), ...groups, el("div", { class: "row" }, close));
  box.showModal();
}

function shortcut(key) {
  const typing = key.target.closest("input, textarea, select");
  if (key.altKey && ["1", "2", "3"].includes(key.key)) go(REGIONS[Number(key.key) - 1]);
  else if (key.key === "?" && !typing && !byId("ask").open && !key.target.closest("[role=grid]")) help();
  else return;
  key.preventDefault();
}

function speak() {
  translate();
  byId("language").textContent = locale() === "th" ? "EN" : "ไทย";
}

for (const part of [chat, composer, sheet, log, desk]) part.start();
on("away", (away) => { byId("away").hidden = !away; });
byId("help").addEventListener("click", help);
byId("language").addEventListener("click", () => { changeLanguage(); speak(); showAll(); });
for (const tab of byId("regions").children) tab.addEventListener("click", () => go(tab.dataset.go));
document.addEventListener("keydown", shortcut);
speak();
show("chat");
refresh();
