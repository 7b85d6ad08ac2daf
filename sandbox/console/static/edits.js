// What a coordinator does to the sheet in a browser, asked of Google as a person.

import { google } from "./api.js";
import { placeName, quoted } from "./grid.js";

const title = (sheet) => sheet.tabs.find((tab) => tab.id === sheet.tab).title;
const rows = (sheet, start, end) => ({ sheetId: sheet.tab, dimension: "ROWS", startIndex: start, endIndex: end });
const batch = (sheet, request) => google("POST", `${sheet.id}:batchUpdate`, { requests: [request] });

/** Type a text into a cell, as a person does: numbers, dates and formulas are understood. */
export function type(sheet, place, text) {
  const range = `${quoted(title(sheet))}!${placeName(place)}`;
  const path = `${sheet.id}/values/${encodeURIComponent(range)}?valueInputOption=USER_ENTERED`;
  return google("PUT", path, { range, values: [[text]] });
}

export function insert(sheet, row) {
  return batch(sheet, { insertDimension: { range: rows(sheet, row, row + 1), inheritFromBefore: row > sheet.frozen } });
}

export function remove(sheet, row) {
  return batch(sheet, { deleteDimension: { range: rows(sheet, row, row + 1) } });
}

/** Move a row so that it stands at `to`. */
export function move(sheet, row, to) {
  return batch(sheet, { moveDimension: { source: rows(sheet, row, row + 1), destinationIndex: to > row ? to + 1 : to } });
}

/** Sort all rows below the header by a column, over the tab's whole width. */
export function sort(sheet, column, order) {
  const range = {
    sheetId: sheet.tab, startRowIndex: sheet.frozen, endRowIndex: sheet.rowCount,
    startColumnIndex: 0, endColumnIndex: sheet.columnCount,
  };
  return batch(sheet, { sortRange: { range, sortSpecs: [{ dimensionIndex: column, sortOrder: order }] } });
}
