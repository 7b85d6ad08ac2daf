// Flex messages drawn with elements of our own: bubble, carousel, boxes and what stands in them.

import { el, fill, safeUri } from "./dom.js";
import * as looks from "./looks.js";
import { perform } from "./says.js";
import { t } from "./strings.js";

const WIDTHS = ["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"];
const BLOCKS = ["header", "hero", "body", "footer"];
const list = (value) => (Array.isArray(value) ? value.filter((one) => one && typeof one === "object") : []);

/** The element of a Flex message's contents; what is no bubble or carousel is shown as its words. */
export function flex(message) {
  const contents = message.contents ?? {};
  if (contents.type === "carousel") {
    return carousel(message.altText, list(contents.contents).map(bubble));
  }
  return contents.type === "bubble" ? bubble(contents) : el("p", { class: "bubble", text: message.altText });
}

/** Cards side by side, which the arrow keys move through. */
export function carousel(name, cards) {
  return el("div", { class: "carousel", role: "group", "aria-label": name, tabindex: "0" }, ...cards);
}

function bubble(card) {
  const size = WIDTHS.includes(card.size) ? card.size : "mega";
  const blocks = BLOCKS.filter((name) => card[name]).map((name) => block(name, card[name], card.styles?.[name] ?? {}));
  const made = el("article", { class: `card ${size}`, dir: card.direction === "rtl" ? "rtl" : null }, ...blocks);
  return tappable(made, card.action);
}

function block(name, content, style) {
  const made = el("div", { class: `block ${name}` }, component(content, { layout: "vertical" }, true));
  made.classList.toggle("lined", style.separator === true);
  looks.box(made, { backgroundColor: style.backgroundColor, borderColor: style.separatorColor });
  if (content.type === "box" && content.paddingAll) made.classList.add("padded");
  return made;
}

const KINDS = { box, text, image, icon, button, separator, filler, video };

function component(part, parent, first) {
  const made = Object.hasOwn(KINDS, part?.type) ? KINDS[part.type](part) : el("span");
  looks.place(made, part ?? {}, parent, first);
  return made;
}

function box(part) {
  const layout = ["horizontal", "baseline"].includes(part.layout) ? part.layout : "vertical";
  const inside = list(part.contents).map((one, index) => component(one, { ...part, layout }, index === 0));
  const made = el("div", { class: `box ${layout}` }, ...inside);
  looks.box(made, part);
  return tappable(made, part.action);
}

function text(part) {
  const made = el("p", { class: part.wrap ? (part.maxLines > 0 ? "wrap clamp" : "wrap") : "one" });
  looks.letters(made, part);
  const spans = list(part.contents);
  if (spans.length) fill(made, ...spans.map(span));
  else made.textContent = String(part.text ?? "");
  return tappable(made, part.action);
}

function span(part) {
  const made = el("span", { text: String(part.text ?? "") });
  looks.letters(made, part);
  return made;
}

/** A picture of this server; one from elsewhere is not fetched, its place is kept. */
export function shown(url, props = {}) {
  const here = safeUri(url)?.startsWith(`${location.origin}/`);
  if (here) return el("img", { src: url, alt: "", loading: "lazy", ...props });
  const look = `elsewhere ${props.class ?? ""}`;
  return el("span", { role: "img", "aria-label": t("outside_picture"), ...props, class: look, title: String(url ?? "") });
}

function image(part) {
  const made = shown(part.url, { class: "picture" });
  looks.picture(made, part);
  return tappable(made, part.action);
}

function video(part) {
  if (part.altContent) return component(part.altContent, { layout: "vertical" }, true);
  return image({ ...part, url: part.previewUrl, size: "full" });
}

function icon(part) {
  const made = shown(part.url, { class: "icon" });
  looks.icon(made, part);
  return made;
}

function button(part) {
  const style = ["primary", "secondary"].includes(part.style) ? part.style : "link";
  const made = act(part.action, { class: `flex-button ${style} ${part.height === "sm" ? "low" : ""}` }, String(part.action?.label ?? ""));
  looks.buttonLook(made, part);
  return made;
}

function separator(part) {
  const made = el("hr");
  looks.line(made, part);
  return made;
}

function filler() {
  return el("span", { "aria-hidden": "true" });
}

/** A button for an action; an address becomes a link that opens elsewhere. */
export function act(action, props, label) {
  const href = action?.type === "uri" ? safeUri(action.uri) : null;
  const alone = (click) => click.stopPropagation(); // the card around it may have an action too
  if (href) return el("a", { ...props, href, target: "_blank", rel: "noopener noreferrer", text: label, on: { click: alone } });
  const tap = (click) => { alone(click); perform(action); };
  return el("button", { type: "button", ...props, text: label, on: { click: tap } });
}

function tappable(made, action) {
  if (!action) return made;
  made.classList.add("tappable");
  made.tabIndex = 0;
  made.setAttribute("role", action.type === "uri" ? "link" : "button");
  made.addEventListener("click", (tap) => { tap.stopPropagation(); perform(action); });
  made.addEventListener("keydown", (key) => {
    if (key.target !== made || !["Enter", " "].includes(key.key)) return;
    key.preventDefault();
    perform(action);
  });
  return made;
}
