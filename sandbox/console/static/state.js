// What the page shows and where it looks: one place, asked anew every moment.

import { get } from "./api.js";

const EVERY = 700;
const HIDDEN = 4000;

/** The agency, person, group and tab that are looked at. */
export const view = { agency: null, person: "clerk", group: "", tab: null };
/** The newest of each part: town, chat, sheet, log, desk. */
export const parts = {};

const listeners = {};
let timer = 0;
let running = null;
let wanted = false;
let turn = 0;

/** Call `heard(part)` when a part of this name has changed; "away" tells whether the sandbox answers. */
export function on(name, heard) {
  (listeners[name] ??= []).push(heard);
}

function tell(name, value) {
  for (const heard of listeners[name] ?? []) heard(value);
}

/** Look elsewhere; parts of what was looked at before are asked for whole. */
export function look(changes, ...stale) {
  Object.assign(view, changes);
  turn += 1;
  for (const name of stale) if (parts[name]) parts[name] = { ...parts[name], version: "" };
  return refresh();
}

/** Show again what is known already, in the page's language of now. */
export function showAll() {
  for (const [name, part] of Object.entries(parts)) tell(name, part);
}

/** Ask now; resolves when what was asked for after this call has been shown. */
export function refresh() {
  wanted = true;
  running ??= run();
  return running;
}

async function run() {
  clearTimeout(timer);
  while (wanted) {
    wanted = false;
    await once();
  }
  running = null;
  timer = setTimeout(refresh, document.hidden ? HIDDEN : EVERY);
}

async function once() {
  const mine = turn;
  try {
    const changed = await get("/state", query());
    tell("away", false);
    if (mine === turn) take(changed);
  } catch {
    tell("away", true);
  }
}

function query() {
  const known = Object.entries(parts).map(([name, part]) => [name, part.version]);
  const places = Object.entries(view).filter(([, value]) => value !== null && value !== "");
  return [...known, ...places.map(([name, value]) => [name, String(value)])];
}

function take(changed) {
  for (const [name, part] of Object.entries(changed)) {
    const before = parts[name]?.version ? parts[name] : undefined; // what was looked at before is no measure
    parts[name] = part;
    for (const heard of listeners[name] ?? []) heard(part, before);
  }
}
