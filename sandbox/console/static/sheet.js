// The spreadsheet: drawing it, moving in it, and what the coordinator does to it.

import { button, byId, el, fill } from "./dom.js";
import * as edits from "./edits.js";
import { openEditor } from "./editor.js";
import { cellAt, cellName, choicesAt, differences, enteredOf, placeName, step, stillAt, textOf, visible } from "./grid.js";
import { drawGrid } from "./paper.js";
import { look, on, parts, refresh, view } from "./state.js";
import { t } from "./strings.js";

const FLASH = 2600;
/** Where the keyboard is, what is open, what flashes since when, own writes, tabs as last seen. */
const page = {
  at: { row: 1, column: 1 },
  withHidden: false,
  editing: null,
  flashes: new Map(),
  mine: new Set(),
  stamps: new Map(),
  complaint: [""],
};

export function start() {
  on("sheet", arrive);
  const table = byId("paper").firstElementChild;
  table.addEventListener("click", (tap) => select(tap.target.closest("[data-row]")));
  table.addEventListener("dblclick", (tap) => tap.target.closest("[data-row]") && edit());
  table.addEventListener("keydown", pressed);
  byId("tabs").addEventListener("keydown", pressedTab);
}

const sheet = () => parts.sheet;
const shown = () => visible(sheet(), page.withHidden);
const cellNode = () => byId("paper").querySelector(`[data-row="${page.at.row}"][data-column="${page.at.column}"]`);

function arrive(now, before) {
  if (before && before !== now && before.tab === now.tab && before.id === now.id && before.rows && now.rows) {
    const written = differences(before, now).filter((cell) => !page.mine.delete(cell.name));
    for (const cell of written) page.flashes.set(cell.name, Date.now());
    if (written.length) {
      drawNews(written);
      setTimeout(() => page.editing ?? draw(), FLASH + 100);
    }
    const row = stillAt(before, now, page.at.row);
    if (row >= 0 && !page.editing) page.at = { ...page.at, row };
  }
  if (!page.editing) draw();
}

function draw() {
  const had = byId("paper").contains(document.activeElement);
  for (const [cell, since] of page.flashes) if (Date.now() - since > FLASH) page.flashes.delete(cell);
  const empty = !sheet().rows;
  byId("paper").hidden = empty;
  drawTabs();
  drawTools(empty);
  if (empty) return complain("no_sheet");
  drawComplaint();
  const { rows, columns } = shown();
  if (!rows.includes(page.at.row)) page.at.row = rows.at(-1) ?? 0;
  if (!columns.includes(page.at.column)) page.at.column = columns[0] ?? 0;
  drawGrid(byId("paper").firstElementChild, sheet(), { ...page, rows, columns });
  if (had) cellNode()?.focus({ preventScroll: true });
}

/** What the bot just wrote, in words; a tap leads there, for it may stand out of sight. */
function drawNews(written) {
  const first = written.find((cell) => shown().columns.includes(cell.column)) ?? written[0];
  const rows = new Set(written.map((cell) => cell.row)).size;
  const words = rows > 1 ? t("bot_wrote_rows", { rows }) : t("bot_wrote", { row: first.row + 1, count: written.length });
  fill(byId("news"), button(words, () => goTo({ row: first.row, column: first.column })));
}

/** The tabs; one in which something was written since it was last looked at has a dot. */
function drawTabs() {
  const had = byId("tabs").contains(document.activeElement);
  fill(byId("tabs"), ...sheet().tabs.map(tabOf));
  if (had) byId("tabs").querySelector("[tabindex='0']").focus({ preventScroll: true });
}

function tabOf(tab) {
  const key = `${sheet().id}${tab.id}`;
  const here = tab.id === sheet().tab;
  if (here || !page.stamps.has(key)) page.stamps.set(key, tab.stamp);
  const news = page.stamps.get(key) !== tab.stamp;
  return button(tab.title, () => open(tab.id), {
    role: "tab", "aria-selected": String(here), tabindex: here ? "0" : "-1", class: news ? "news" : "",
  });
}

function pressedTab(key) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[key.key];
  if (by) nextTab(by);
}

function open(tab) {
  page.at = { row: 1, column: 1 };
  page.flashes.clear();
  complain();
  fill(byId("news"));
  return look({ tab }, "sheet");
}

function nextTab(by) {
  const ids = sheet().tabs.map((tab) => tab.id);
  return open(step(ids, sheet().tab, by));
}

const TOOLS = {
  above: () => change(() => edits.insert(sheet(), Math.max(page.at.row, sheet().frozen))),
  below: () => change(() => edits.insert(sheet(), page.at.row + 1), page.at.row + 1),
  remove: () => body() && change(() => edits.remove(sheet(), page.at.row)),
  up: () => moveRow(-1),
  down: () => moveRow(1),
  sort_up: () => change(() => edits.sort(sheet(), page.at.column, "ASCENDING")),
  sort_down: () => change(() => edits.sort(sheet(), page.at.column, "DESCENDING")),
};

function drawTools(empty) {
  const tools = byId("tools");
  const stamp = `${document.documentElement.lang}${empty}`;
  if (tools.dataset.of !== stamp) {
    tools.dataset.of = stamp;
    const buttons = Object.entries(TOOLS).map(([name, act]) => button(t(name), act, { disabled: empty }));
    fill(tools, ...buttons, hiddenToggle(), el("output", { id: "cell" }));
  }
  if (!empty) byId("cell").textContent = `${placeName(page.at)}  ${textOf(cellAt(sheet(), page.at))}`;
}

function hiddenToggle() {
  const change = (tap) => { page.withHidden = tap.target.checked; draw(); };
  const toggle = el("input", { type: "checkbox", on: { change } });
  toggle.checked = page.withHidden;
  return el("label", { class: "tick" }, toggle, t("hidden"));
}

/** Whether the keyboard is below the header; says so if not. */
function body() {
  if (page.at.row >= sheet().frozen) return true;
  complain("frozen_row");
  return false;
}

function moveRow(by) {
  const to = page.at.row + by;
  if (!body() || to < sheet().frozen || to >= sheet().rowCount) return;
  change(() => edits.move(sheet(), page.at.row, to), to);
}

/** Ask Google for a change; say in words what it refuses; then show how it is now. */
async function change(act, row = page.at.row) {
  try {
    await act();
    page.at = { ...page.at, row };
    complain();
  } catch (error) {
    complain(...reason(error.message));
  }
  await look({ tab: view.tab ?? sheet().tab }, "sheet"); // rows moved by ourselves do not flash
  cellNode()?.focus();
}

function reason(message) {
  if (message.includes("protected")) return ["refused_protected"];
  if (message.includes("data validation")) return ["refused_list"];
  return ["refused", { why: message }];
}

/** Say why something was not done, until something else is; without words: nothing is wrong. */
function complain(key = "", values = {}) {
  page.complaint = [key, values];
  drawComplaint();
}

function drawComplaint() {
  const [key, values] = page.complaint;
  byId("refusal").textContent = key ? t(key, values) : "";
  byId("refusal").hidden = !key;
}

function select(node) {
  if (!node || page.editing) return;
  goTo({ row: Number(node.dataset.row), column: Number(node.dataset.column) });
}

function goTo(place) {
  const old = cellNode();
  page.at = place;
  const now = cellNode();
  old?.setAttribute("tabindex", "-1");
  now?.setAttribute("tabindex", "0");
  now?.focus();
  now?.scrollIntoView({ block: "nearest", inline: "nearest" });
  byId("cell").textContent = `${placeName(place)}  ${textOf(cellAt(sheet(), place))}`;
}

function pressed(key) {
  if (page.editing || !sheet().rows) return;
  const { rows, columns } = shown();
  const { row, column } = page.at;
  const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key.key];
  if (key.altKey) return pressedAlt(key);
  if (by) goTo({ row: step(rows, row, by[0]), column: step(columns, column, by[1]) });
  else if (key.key === "Home") goTo({ row: key.ctrlKey ? rows[0] : row, column: columns[0] });
  else if (key.key === "End") goTo({ row: key.ctrlKey ? rows.at(-1) : row, column: columns.at(-1) });
  else if (["Enter", "F2"].includes(key.key)) edit();
  else if (["Delete", "Backspace"].includes(key.key)) save("", page.at);
  else if (key.key.length === 1 && !key.ctrlKey && !key.metaKey) edit(key.key);
  else return;
  key.preventDefault();
}

const ALT = {
  ArrowUp: TOOLS.up,
  ArrowDown: TOOLS.down,
  Insert: TOOLS.above,
  Delete: TOOLS.remove,
  PageUp: () => nextTab(-1).then(() => cellNode()?.focus()),
  PageDown: () => nextTab(1).then(() => cellNode()?.focus()),
};

function pressedAlt(key) {
  if (!Object.hasOwn(ALT, key.key)) return;
  key.preventDefault();
  ALT[key.key]();
}

/** Open the cell; a letter that was typed begins a new text, as in every sheet. */
function edit(typed) {
  const place = page.at;
  page.editing = { place, sheet: sheet() };
  const text = typed ?? enteredOf(cellAt(sheet(), place));
  const choices = choicesAt(sheet(), place);
  const label = t("edit", { place: placeName(place) });
  openEditor(cellNode(), { text, label, choices }, (value, move) => close(value, move, text, typed));
}

async function close(value, move, text, typed) {
  const { place, sheet: seen } = page.editing;
  page.editing = null;
  const row = stillAt(seen, sheet(), place.row);
  const changed = value !== null && (value !== text || typed !== undefined);
  if (row < 0 && changed) complain("row_gone");
  const kept = changed && row >= 0 ? await save(value, { ...place, row }) : value !== null;
  draw();
  if (move === "none" || row < 0) return;
  const { rows, columns } = shown();
  const by = kept ? STEPS[move] : STEPS.stay;
  goTo({ row: step(rows, row, by[0]), column: step(columns, place.column, by[1]) });
}

const STEPS = { down: [1, 0], right: [0, 1], left: [0, -1], stay: [0, 0] };

/** Write a text into a cell as the coordinator; gives whether Google took it. */

async function save(value, place) {
  const cell = cellName(sheet(), place.row, place.column);
  page.mine.add(cell);
  try {
    await edits.type(sheet(), place, value);
    complain();
    await refresh();
    return true;
  } catch (error) {
    complain(...reason(error.message));
    return false;
  } finally {
    page.mine.delete(cell);
  }
}

