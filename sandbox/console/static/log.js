// The live log: calls to both platforms and webhooks to the bot, and what is left of the quotas.

import { byId, el, fill, reconcile } from "./dom.js";
import { on, parts } from "./state.js";
import { locale, t } from "./strings.js";

const FILTERS = {
  all: () => true,
  only_line: (call) => call.service !== "google",
  only_google: (call) => call.service === "google",
  problems: (call) => isBad(call) || call.fault,
};
const NAMES = { line: "LINE", google: "Google", webhook: "LINE" };

export function start() {
  on("log", draw);
  on("desk", drawQuotas);
  byId("filter").addEventListener("change", () => draw(parts.log));
}

const isBad = (call) => call.status !== null && (call.status === 0 || call.status >= 400);

function draw({ calls }) {
  drawFilter();
  const place = byId("calls");
  const wanted = calls.filter(FILTERS[byId("filter").value]).reverse();
  const line = (call) => ({
    key: `${call.service}${call.tick}`, stamp: JSON.stringify([call, locale()]), make: () => row(call),
  });
  reconcile(place.querySelector("tbody"), wanted.map(line));
}

function drawFilter() {
  const chosen = byId("filter").value || "all";
  if (byId("filter").dataset.of === locale()) return;
  byId("filter").dataset.of = locale();
  fill(byId("filter"), ...Object.keys(FILTERS).map((name) => el("option", { value: name, text: t(name) })));
  byId("filter").value = chosen;
}

function row(call) {
  const fault = call.fault ? t(`kind_${call.fault}`) : null;
  const detail = [fault, call.again ? t("redelivery") : null, call.said].filter(Boolean).join(" · ");
  return el("tr", { class: call.status === null ? "waits" : isBad(call) ? "bad" : "" },
    el("td", { text: time(call.at) }), el("td", { text: NAMES[call.service] }), el("td", { text: call.who }),
    el("td", { text: call.call }), el("td", {}, el("span", { class: "status", text: status(call) })),
    el("td", { text: detail, title: detail }));
}

const status = (call) => (call.status === null ? t("waiting") : call.status === 0 ? t("no_answer") : String(call.status));
const time = (at) => new Date(at).toLocaleTimeString("en-GB", { timeZone: "Asia/Bangkok" });

function drawQuotas({ google, line }) {
  const reads = google.counted ? t("quota_google", { reads: google.Read, writes: google.Write }) : t("quota_off");
  const month = line.quota === null ? t("quota_none", line) : t("quota_line", line);
  const low = google.counted && Math.min(google.Read, google.Write) < 10;
  const out = line.quota !== null && line.used >= line.quota;
  const meter = (text, short) => el("span", { class: short ? "meter low" : "meter", text });
  fill(byId("quotas"), meter(reads, low), meter(month, out));
}
