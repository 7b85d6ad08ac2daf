// Who writes, and with what: the pickers above the conversation and the line below it.

import { button, byId, el, fill } from "./dom.js";
import { ask, event, openGroup, sample, write } from "./says.js";
import { look, on, parts, view } from "./state.js";
import { t } from "./strings.js";

const GROUP = "room";
const FIRST = "dongmuang"; // the sample agency of which there is most to see
const SAMPLES = ["image", "location", "sticker", "file", "audio", "video"];

export function start() {
  on("town", draw);
  on("chat", drawGroup);
  byId("agency").addEventListener("change", (change) => look({ agency: change.target.value, tab: null }, "chat", "sheet"));
  byId("person").addEventListener("change", (change) => look({ person: change.target.value }, "chat"));
  byId("group").addEventListener("change", (change) => look({ group: change.target.checked ? GROUP : "" }, "chat"));
  byId("newcomer").addEventListener("click", newcomer);
  byId("composer").addEventListener("submit", submit);
  byId("text").addEventListener("keydown", (key) => {
    if (key.key !== "Enter" || key.shiftKey || key.isComposing) return;
    key.preventDefault();
    byId("composer").requestSubmit();
  });
  byId("text").addEventListener("input", grow);
  byId("more").addEventListener("click", () => openMore(byId("attachments").hidden));
  drawMore();
}

const agencyOf = (town) => town.agencies.find((agency) => agency.slug === view.agency);

function draw(town) {
  if (!agencyOf(town)) look({ agency: (town.agencies.find((agency) => agency.slug === FIRST) ?? town.agencies[0]).slug }, "chat", "sheet");
  fill(byId("agency"), ...town.agencies.map((agency) => el("option", { value: agency.slug, text: agency.slug })));
  byId("agency").value = view.agency;
  drawPeople();
  drawMore();
}

/** The people of the agency; a new citizen is there from the moment he was named. */
export function drawPeople() {
  const people = agencyOf(parts.town)?.people ?? [];
  const known = people.some((person) => person.slug === view.person);
  const all = known ? people : [...people, { slug: view.person, name: view.person, role: "citizen" }];
  fill(byId("person"), ...all.map((person) => el("option", { value: person.slug, text: `${t(`role_${person.role}`)}: ${person.name}` })));
  byId("person").value = view.person;
}

async function newcomer() {
  const input = el("input", { type: "text", required: true, maxlength: "40", "aria-label": t("newcomer_ask") });
  if (!(await ask(t("newcomer_ask"), input)) || !input.value.trim()) return;
  view.person = input.value.trim();
  drawPeople();
  look({ group: "" }, "chat");
  byId("group").checked = false;
  byId("text").focus();
}

function submit(sent) {
  sent.preventDefault();
  const text = byId("text").value;
  if (!text.trim()) return;
  byId("text").value = "";
  grow();
  write(text);
}

function grow() {
  const box = byId("text");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 120)}px`;
}

function openMore(open) {
  byId("attachments").hidden = !open;
  byId("more").setAttribute("aria-expanded", String(open));
  if (open) byId("attachments").querySelector("button").focus();
}

function drawMore() {
  const then = (act) => () => { openMore(false); act(); byId("text").focus(); };
  fill(byId("attachments"),
    ...SAMPLES.map((kind) => button(t(kind), then(() => sample(kind)))),
    button(t("follow"), then(() => event({ type: "follow" }))),
    button(t("unfollow"), then(() => event({ type: "unfollow" }))));
}

/** Who is in the group; a group that nobody opened yet is opened with two members. */
function drawGroup(chat) {
  const place = byId("members");
  place.hidden = !view.group;
  if (!view.group) return;
  const name = byId("person").selectedOptions[0]?.textContent ?? view.person;
  if (chat.members.length) {
    place.textContent = t("members", { names: chat.members.map((member) => member.name).join(", "), name });
    return;
  }
  const second = view.person === "citizen" ? "clerk" : "citizen";
  const other = agencyOf(parts.town)?.people.find((person) => person.slug === second)?.name ?? second;
  fill(place, `${t("group_none")} `, button(t("group_open", { a: name, b: other }), () => openGroup(second)));
}
