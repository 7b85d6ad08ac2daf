// The bot's messages and a person's own, one function a type.

import { button, el, linked } from "./dom.js";
import { act, carousel, flex, shown } from "./flex.js";
import { perform } from "./says.js";
import { view } from "./state.js";
import { t } from "./strings.js";

const list = (value) => (Array.isArray(value) ? value : []);

/** The element of a message object. `own` tells that a person sent it to the bot. */
export function message(said, own) {
  const kind = said?.type;
  if (own && kind === "image") return ownPicture(said);
  return Object.hasOwn(KINDS, kind) ? KINDS[kind](said) : el("p", { class: "bubble" }, t("event", { type: kind ?? "?" }));
}

function ownPicture(said) {
  const query = new URLSearchParams({ agency: view.agency, message: said.id });
  return el("img", { class: "photo", src: `/_sandbox/content?${query}`, alt: t("image") });
}

const bubble = (...content) => el("p", { class: "bubble" }, ...content);
const thing = (mark, ...content) =>
  el("p", { class: "bubble thing" },
    el("span", { class: "mark", "aria-hidden": "true", text: mark }), el("span", {}, ...content));

const KINDS = {
  text: (said) => bubble(...linked(said.text ?? "")),
  textV2: (said) => bubble(...linked(said.text ?? "")),
  flex,
  image: (said) => shown(said.previewImageUrl, { class: "photo" }),
  imagemap: (said) => shown(said.baseUrl, { class: "photo", "aria-label": said.altText }),
  video: () => thing("▶", t("video")),
  audio: () => thing("♪", t("audio")),
  file: (said) => thing("▤", said.fileName ?? t("file")),
  location: (said) => thing("◎",
    el("strong", { text: said.title ?? t("location") }), el("br"),
    said.address ?? "", el("br"),
    el("small", { text: `${said.latitude}, ${said.longitude}` })),
  sticker: (said) => el("p", { class: "sticker", role: "img", "aria-label": t("sticker") },
    "☺", el("small", { text: `${said.packageId}/${said.stickerId}` })),
  template: (said) => template(said.template ?? {}, said.altText),
};

function template(card, alt) {
  if (card.type === "carousel") return carousel(alt, list(card.columns).map(simple));
  if (card.type === "image_carousel") return carousel(alt, list(card.columns).map(imageCard));
  return simple(card);
}

const imageCard = (column) => simple({ thumbnailImageUrl: column.imageUrl, actions: [column.action] });

function simple(card) {
  const buttons = list(card.actions).map((action) => act(action, { class: "flex-button link low" }, action.label ?? ""));
  return el("article", { class: "card kilo" },
    card.thumbnailImageUrl ? shown(card.thumbnailImageUrl, { class: "photo" }) : null,
    el("div", { class: "block body" },
      card.title ? el("strong", { text: card.title }) : null,
      card.text ? el("p", { class: "wrap", text: card.text }) : null),
    el("div", { class: "block footer" }, ...buttons));
}

/** The buttons of a message's quick replies. */
export function quickReplies(said) {
  return list(said?.quickReply?.items).map((item) => button(String(item.action?.label ?? ""), () => perform(item.action)));
}
