// Drawing the grid: header, row numbers, cells with their looks, what is protected, what just changed.

import { el, fill } from "./dom.js";
import { cellName, choicesAt, fenceAt, letters, textOf } from "./grid.js";
import { t } from "./strings.js";

/** Draw the visible rows and columns of a tab; `page` says where the keyboard is and what flashes. */
export function drawGrid(table, sheet, page) {
  const head = page.rows.filter((row) => row < sheet.frozen);
  const body = page.rows.filter((row) => row >= sheet.frozen);
  table.setAttribute("aria-rowcount", String(sheet.rowCount));
  table.setAttribute("aria-colcount", String(sheet.columnCount));
  fill(table,
    el("colgroup", {}, el("col", { class: "number" }), ...page.columns.map((column) => width(sheet.columns[column].width))),
    el("thead", {}, lettersRow(sheet, page), ...head.map((row) => rowOf(sheet, page, row))),
    el("tbody", {}, ...body.map((row) => rowOf(sheet, page, row))),
    sheet.used > sheet.rows.length ? el("caption", { text: t("first_rows", { count: sheet.rows.length }) }) : null);
}

function width(pixels) {
  const made = el("col");
  made.style.width = `${Math.min(Math.max(pixels, 50), 260)}px`;
  return made;
}

function lettersRow(sheet, page) {
  const look = (column) => (sheet.columns[column].hidden ? "hidden-line" : "");
  const names = page.columns.map((column) => el("th", { scope: "col", class: look(column), text: letters(column) }));
  return el("tr", { class: "letters", "aria-hidden": "true" }, el("th", {}), ...names);
}

function rowOf(sheet, page, row) {
  const line = sheet.rows[row];
  const cells = page.columns.map((column) => cellOf(sheet, page, { row, column }));
  return el("tr", { class: line.hidden ? "hidden-line" : "", "aria-rowindex": String(row + 1) },
    el("th", { scope: "row", text: row + 1 }), ...cells);
}

function cellOf(sheet, page, place) {
  const cell = sheet.rows[place.row].cells[place.column];
  const here = place.row === page.at.row && place.column === page.at.column;
  const header = place.row < sheet.frozen;
  const fence = fenceAt(sheet, place);
  const made = el(header ? "th" : "td", {
    role: header ? "columnheader" : "gridcell",
    tabindex: here ? "0" : "-1",
    data: { row: place.row, column: place.column },
    title: cell.note ?? (fence ? words(fence) : null),
    "aria-colindex": String(place.column + 1),
    "aria-readonly": fence?.closed ? "true" : null,
  }, el("div", { text: textOf(cell) }));
  made.classList.toggle("hidden-line", sheet.columns[place.column].hidden);
  made.classList.toggle("closed", fence?.closed === true);
  made.classList.toggle("warned", Boolean(fence) && !fence.closed && !header);
  made.classList.toggle("list", !header && choicesAt(sheet, place).length > 0);
  style(made, cell);
  flash(made, page.flashes.get(cellName(sheet, place.row, place.column)));
  return made;
}

const words = (fence) => `${t(fence.closed ? "closed_cell" : "warned_cell")}${fence.why ? ` (${fence.why})` : ""}`;

function style(made, cell) {
  if (typeof cell === "string") return;
  if (cell.bold) made.style.fontWeight = "700";
  if (cell.fill) made.style.backgroundColor = cell.fill;
  if (cell.ink) made.style.color = cell.ink;
  if (cell.size) made.style.fontSize = `${Math.min(cell.size * 1.3, 20)}px`;
  if (cell.number) made.classList.add("figure");
}

function flash(made, since) {
  if (since === undefined) return;
  made.classList.add("flash");
  made.style.animationDelay = `${since - Date.now()}ms`;
}
