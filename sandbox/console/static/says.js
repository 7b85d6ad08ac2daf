// What a person does in LINE: writes, taps, sends things. Each becomes an event for the bot.

import { get, post } from "./api.js";
import { button, byId, el, fill, safeUri } from "./dom.js";
import { refresh, view } from "./state.js";
import { t } from "./strings.js";

const where = () => ({ agency: view.agency, person: view.person, ...(view.group ? { group: view.group } : {}) });

let fading = 0;

/** Tell in words what went wrong or right, for eyes and screen readers. */
export function say(text) {
  byId("said").textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { byId("said").textContent = ""; }, 5000);
}

async function send(path, body) {
  const sent = post(path, { ...where(), ...body });
  setTimeout(refresh, 60); // the bubble stands there while the bot is still being asked
  try {
    return await sent;
  } catch (error) {
    say(error.message);
    return null;
  } finally {
    refresh();
  }
}

export const write = (text) => send("/line/say", { message: text });
export const event = (content) => send("/line/event", { event: content });
export const again = (eventId) => send("/line/again", { event_id: eventId });
export const unsend = (messageId) => event({ type: "unsend", unsend: { messageId } });

const SAMPLES = {
  location: {
    type: "location", title: "ศาลาตัวอย่าง", address: "หมู่ที่ 3 ตำบลตัวอย่าง", latitude: 15.87, longitude: 100.99,
  },
  sticker: { type: "sticker", packageId: "446", stickerId: "1988" },
  file: { type: "file", fileName: "รายงานตัวอย่าง.pdf" },
  audio: { type: "audio" },
  video: { type: "video" },
};

/** Send a built-in sample: image, location, sticker, file, audio or video. */
export async function sample(kind) {
  if (kind !== "image") return send("/line/say", { message: SAMPLES[kind] });
  const picture = await (await fetch("/console/sample.png")).arrayBuffer();
  const content = btoa(String.fromCharCode(...new Uint8Array(picture)));
  return send("/line/say", { message: { type: "image" }, content, content_type: "image/png" });
}

/** Open a group with both people in it, as LINE tells the bot. */
export async function openGroup(second) {
  await event({ type: "join" });
  const people = await get("/people", { agency: view.agency });
  const found = people.people.find((person) => person.slug === second);
  await post("/line/event", {
    ...where(), person: second,
    event: { type: "memberJoined", joined: { members: [{ type: "user", userId: found?.line_user_id ?? "" }] } },
  });
  return refresh();
}

/** Data of a postback → what its person saw written; LINE does not tell the bot. */
export const displayed = new Map();

function postback(action, params) {
  const data = String(action.data ?? "");
  if (action.displayText) displayed.set(data, String(action.displayText));
  return event({ type: "postback", postback: { data, ...(params ? { params } : {}) } });
}

/** Do what a button, card, quick reply or menu area says. */
export function perform(action) {
  switch (action?.type) {
    case "message": return write(String(action.text));
    case "postback": return postback(action).then(() => action.text && write(String(action.text)));
    case "uri": return open(action.uri);
    case "datetimepicker": return pickTime(action);
    case "camera": case "cameraRoll": return sample("image");
    case "location": return sample("location");
    case "clipboard": return copy(String(action.clipboardText));
    default: return say(t("not_here"));
  }
}

function copy(text) {
  return navigator.clipboard?.writeText(text).then(() => say(t("copied")), () => say(t("not_here")));
}

function open(address) {
  const href = safeUri(address);
  if (href) window.open(href, "_blank", "noopener,noreferrer");
  else say(t("not_here"));
}

const INPUTS = { date: "date", time: "time", datetime: "datetime-local" };

async function pickTime(action) {
  const mode = action.mode in INPUTS ? action.mode : "datetime";
  const { initial, min, max } = action;
  const input = el("input", { type: INPUTS[mode], min, max, "aria-label": t("pick_time"), required: true });
  input.value = initial?.replace("t", "T") ?? "";
  if (await ask(t("pick_time"), input)) postback(action, { [mode]: input.value });
}

/** A small question in a dialog; resolves to whether it was answered with OK. */
export function ask(title, ...content) {
  const box = byId("ask");
  return new Promise((answer) => {
    const form = el("form", { on: { submit: (sent) => { sent.preventDefault(); box.close("ok"); } } },
      el("h2", { id: "ask-title", text: title }), ...content,
      el("div", { class: "row" },
        button(t("cancel"), () => box.close("")),
        el("button", { type: "submit", class: "main", text: t("ok") })));
    fill(box, form);
    box.returnValue = "";
    box.addEventListener("close", () => answer(box.returnValue === "ok"), { once: true });
    box.showModal();
  });
}
