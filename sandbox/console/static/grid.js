// Where things are in a grid: names of places, keys of rows, dropdowns, protected areas. No page here.

export function letters(column) {
  const rest = Math.floor(column / 26);
  return (rest ? letters(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}

export const placeName = ({ row, column }) => `${letters(column)}${row + 1}`;
export const quoted = (title) => `'${title.replaceAll("'", "''")}'`;
export const textOf = (cell) => (typeof cell === "string" ? cell : cell?.text ?? "");

/** What a person gets to edit in a cell: its formula, else its text. */
export const enteredOf = (cell) => (typeof cell === "string" ? cell : cell?.formula ?? cell?.text ?? "");

export const cellAt = (sheet, { row, column }) => sheet.rows[row]?.cells[column] ?? "";

export function fenceAt(sheet, { row, column }) {
  const covers = ({ area: [top, bottom, left, right] }) => row >= top && row < bottom && column >= left && column < right;
  const found = sheet.fences.filter(covers);
  return found.find((fence) => fence.closed) ?? found[0];
}

export function choicesAt(sheet, { row, column }) {
  const stands = (list) => list.at[column]?.some(([from, to]) => row >= from && row < to);
  return sheet.lists.find(stands)?.choices ?? [];
}

/** Rows and columns that are shown, by number. */
export function visible(sheet, withHidden) {
  const numbers = (lines) => lines.map((line, index) => (line.hidden && !withHidden ? -1 : index)).filter((index) => index >= 0);
  return { rows: numbers(sheet.rows), columns: numbers(sheet.columns) };
}

/** The neighbour of a place, `steps` visible lines away in one direction, as far as there is one. */
export function step(lines, from, steps) {
  const index = lines.indexOf(from);
  return lines[Math.min(Math.max(index + steps, 0), lines.length - 1)] ?? from;
}

const name = (row, index) => row.key ?? `n${index}`;

/** Where a row stands now that stood at `row` in an older view; -1 if it is gone. */
export function stillAt(old, now, row) {
  const key = old.rows[row]?.key;
  return key ? now.rows.findIndex((other) => other.key === key) : row;
}

/** The cells, with name and place, that differ from an older view of the same tab. */
export function differences(old, now) {
  const before = new Map(old.rows.map((row, index) => [name(row, index), row.cells]));
  const found = [];
  now.rows.forEach((row, index) => row.cells.forEach((cell, column) => {
    const was = textOf(before.get(name(row, index))?.[column]);
    if (was !== textOf(cell)) found.push({ name: cellName(now, index, column), row: index, column });
  }));
  return found;
}

export const cellName = (sheet, row, column) => `${sheet.tab}|${name(sheet.rows[row], row)}|${column}`;
