// The switches: faults that wait for their calls, held calls, and the clock.

import { post, remove } from "./api.js";
import { button, byId, el, fill } from "./dom.js";
import { say } from "./says.js";
import { on, parts, refresh } from "./state.js";
import { locale, t } from "./strings.js";

const DAY = 86_400;
const NAMES = { line: "LINE", google: "Google" };
/** The calls that one most often wants to fail come first. */
const COMMON = { line: ["*", "reply", "push"], google: ["*", "batchUpdate", "getByDataFilter"] };

export function start() {
  on("town", build);
  on("desk", draw);
}

const act = (work) => () => Promise.resolve(work()).catch((error) => say(error.message)).then(refresh);

function build(town) {
  const place = byId("switches");
  if (place.dataset.of === locale()) return;
  place.dataset.of = locale();
  fill(place,
    faultForm(town),
    el("ul", { id: "faults" }),
    el("div", { class: "row" },
      el("span", { id: "held" }),
      button(t("release"), act(() => post("/faults/release")), { id: "release" }),
      button(t("fault_clear"), act(() => remove("/faults")), { id: "clear" })),
    el("h2", {}, t("clock_set"), el("span", { id: "mode" })),
    el("div", { class: "row", id: "clock" }, ...clockButtons()));
  if (parts.desk) draw(parts.desk);
}

function faultForm(town) {
  const fields = {
    service: picker("service", Object.keys(NAMES), (name) => NAMES[name]),
    call: picker("fault_call", [], String),
    kind: picker("fault_kind", town.kinds, (name) => t(`kind_${name}`)),
    times: number("fault_times", 1, 1),
    seconds: number("fault_seconds", 3, 0),
  };
  const { service, call, kind, seconds } = fields;
  const offer = () => fill(call.input, ...callsOf(town, service.input.value).map((name) =>
    el("option", { value: name, text: name === "*" ? t("fault_any") : name })));
  const fit = () => { seconds.label.hidden = kind.input.value !== "latency"; };
  service.input.addEventListener("change", offer);
  kind.input.addEventListener("change", fit);
  offer();
  call.input.value = "reply";
  kind.input.value = "503";
  fit();
  return el("form", { id: "fault", on: { submit: (sent) => { sent.preventDefault(); act(() => add(fields))(); } } },
    el("h2", { text: t("faults") }),
    el("div", { class: "row" },
      ...Object.values(fields).map((field) => field.label),
      el("button", { type: "submit", class: "main", text: t("fault_add") })));
}

function callsOf(town, service) {
  const common = COMMON[service];
  return [...common, ...town.calls[service].filter((name) => !common.includes(name))];
}

function add({ service, call, kind, times, seconds }) {
  return post("/faults", {
    service: service.input.value,
    call: call.input.value,
    kind: kind.input.value,
    times: Number(times.input.value),
    seconds: Number(seconds.input.value),
  });
}

function picker(key, names, shown) {
  const input = el("select", {}, ...names.map((name) => el("option", { value: name, text: shown(name) })));
  return { input, label: el("label", { title: t(key) }, el("span", { text: t(key) }), input) };
}

function number(key, value, min) {
  const input = el("input", { type: "number", min, max: 1000, value });
  return { input, label: el("label", { title: t(key) }, el("span", { text: t(key) }), input) };
}

// The clock

const setClock = (setting) => post("/clock", setting);

function clockButtons() {
  const days = [-1, 1, 7, 30].map((count) =>
    button(t("clock_go", { days: count > 0 ? `+${count}` : `−${-count}` }), act(() => ahead(count))));
  return [
    button(t("clock_real"), act(() => setClock({ mode: "real" }))),
    button(t("clock_stop"), act(() => setClock({ mode: "frozen", at: parts.desk.now }))),
    ...days,
  ];
}

/** Days on top of what the clock shows now; a frozen clock stays frozen. */
function ahead(days) {
  const { mode, seconds, at } = parts.desk.clock;
  if (mode !== "frozen") return setClock({ mode: "offset", seconds: Math.round((seconds ?? 0) + days * DAY) });
  const moment = new Date(new Date(at).getTime() + days * DAY * 1000);
  return setClock({ mode, at: moment.toISOString().replace("Z", "+00:00") });
}

function modeOf(clock) {
  if (clock.mode === "frozen") return t("clock_stopped");
  const days = Math.round((clock.seconds ?? 0) / DAY);
  if (clock.mode === "real" || days === 0) return t("clock_real");
  return t(days > 0 ? "clock_ahead" : "clock_behind", { days: Math.abs(days).toLocaleString() });
}

// What is so now

function draw(desk) {
  const look = { timeZone: "Asia/Bangkok", dateStyle: "medium", timeStyle: "short" };
  byId("now").textContent = new Date(desk.now).toLocaleString(locale() === "th" ? "th-TH" : "en-GB", look);
  const list = byId("faults");
  const held = desk.faults.line.held + desk.faults.google.held;
  const stamp = JSON.stringify([desk.faults, locale(), modeOf(desk.clock)]);
  if (!list || list.dataset.of === stamp) return;
  list.dataset.of = stamp;
  const lines = Object.keys(NAMES).flatMap((service) => desk.faults[service].waiting.map((fault) => line(service, fault)));
  fill(list, ...(lines.length ? lines : [el("li", { class: "none", text: t("fault_none") })]));
  byId("held").textContent = t("held", { count: held });
  byId("held").classList.toggle("bad", held > 0);
  byId("release").disabled = held === 0;
  byId("mode").textContent = modeOf(desk.clock);
}

function line(service, { call, kind, times }) {
  return el("li", { text: `${NAMES[service]}: ${call === "*" ? t("fault_any") : call}, ${t(`kind_${kind}`)} ×${times}` });
}
