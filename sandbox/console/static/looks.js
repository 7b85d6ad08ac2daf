// Flex's words for sizes, spaces and colours, as CSS values. Anything unknown counts as not said.

const SPACE = { none: "0", xs: "2px", sm: "4px", md: "8px", lg: "12px", xl: "16px", xxl: "20px" };
const TEXT = {
  xxs: "11px", xs: "13px", sm: "14px", md: "16px", lg: "19px",
  xl: "22px", xxl: "29px", "3xl": "35px", "4xl": "48px", "5xl": "74px",
};
const IMAGE = {
  xxs: "40px", xs: "60px", sm: "80px", md: "100px", lg: "120px",
  xl: "140px", xxl: "160px", "3xl": "180px", "4xl": "200px", "5xl": "220px", full: "100%",
};
const BORDER = { none: "0", light: "1px", normal: "1px", medium: "2px", "semi-bold": "3px", bold: "4px" };
const PLACE = { top: "flex-start", start: "flex-start", center: "center", bottom: "flex-end", end: "flex-end" };
const LENGTH = /^-?\d+(\.\d+)?(px|%)$/;
const COLOUR = /^#([0-9a-f]{6}|[0-9a-f]{8})$/i;

const from = (table) => (word) => (Object.hasOwn(table, word) ? table[word] : length(word));
export const length = (word) => (LENGTH.test(word ?? "") ? word : null);
export const colour = (word) => (COLOUR.test(word ?? "") ? word : null);
export const space = from(SPACE);
const textSize = from(TEXT);
const imageSize = from(IMAGE);
const border = from(BORDER);

function set(node, styles) {
  for (const [name, value] of Object.entries(styles)) {
    if (value !== null && value !== undefined) node.style.setProperty(name, String(value));
  }
}

/** Margin, share of the space and place of a component in a box of this layout. */
export function place(node, part, parent, first) {
  const across = parent.layout !== "vertical";
  const gap = part.margin ?? (first ? "none" : parent.spacing);
  set(node, { [across ? "margin-left" : "margin-top"]: first && !part.margin ? null : space(gap) });
  set(node, { flex: share(part, across) });
  if (across && part.gravity) set(node, { "align-self": PLACE[part.gravity] });
  if (part.position === "absolute") set(node, { position: "absolute", margin: "0" });
  set(node, {
    top: space(part.offsetTop), bottom: space(part.offsetBottom),
    left: space(part.offsetStart), right: space(part.offsetEnd),
  });
}

function share(part, across) {
  if (Number.isInteger(part.flex)) return part.flex === 0 ? "0 0 auto" : `${part.flex} ${part.flex} 0`;
  if (part.type === "filler") return "1 1 0";
  if (!across || part.width || part.type === "icon" || part.type === "separator") return "0 0 auto";
  return "1 1 0";
}

export function letters(node, part) {
  set(node, {
    "font-size": textSize(part.size), color: colour(part.color),
    "font-weight": part.weight === "bold" ? "700" : null,
    "font-style": part.style === "italic" ? "italic" : null,
    "text-decoration": { underline: "underline", "line-through": "line-through" }[part.decoration],
    "text-align": part.align && Object.hasOwn(PLACE, part.align) ? part.align : null,
    "line-height": part.lineSpacing ? `calc(1.4em + ${space(part.lineSpacing)})` : null,
    "-webkit-line-clamp": part.wrap && part.maxLines > 0 ? Math.floor(part.maxLines) : null,
  });
}

export function box(node, part) {
  const gradient = part.background?.type === "linearGradient" ? gradientOf(part.background) : null;
  set(node, {
    "background-color": colour(part.backgroundColor), "background-image": gradient,
    "border-color": colour(part.borderColor), "border-width": border(part.borderWidth),
    "border-radius": space(part.cornerRadius),
    width: length(part.width), "max-width": length(part.maxWidth),
    height: length(part.height), "max-height": length(part.maxHeight),
    "justify-content": flexWord(part.justifyContent), "align-items": flexWord(part.alignItems),
    padding: space(part.paddingAll),
  });
  set(node, { // after the padding of all sides, which they overrule
    "padding-top": space(part.paddingTop), "padding-bottom": space(part.paddingBottom),
    "padding-left": space(part.paddingStart), "padding-right": space(part.paddingEnd),
  });
}

const flexWord = (word) => (/^(center|flex-start|flex-end|space-(between|around|evenly))$/.test(word ?? "") ? word : null);

function gradientOf({ angle, startColor, centerColor, centerPosition, endColor }) {
  const stops = [colour(startColor), colour(centerColor) && `${centerColor} ${length(centerPosition) ?? "50%"}`, colour(endColor)];
  if (!/^\d+(\.\d+)?deg$/.test(angle ?? "") || !stops[0] || !stops[2]) return null;
  return `linear-gradient(${[angle, ...stops.filter(Boolean)].join(",")})`;
}

export function picture(node, part) {
  const [wide, high] = (/^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(part.aspectRatio ?? "1:1") ?? [0, 1, 1]).slice(1);
  set(node, {
    width: imageSize(part.size ?? "md"), "max-width": "100%", "aspect-ratio": `${wide} / ${high}`,
    "object-fit": part.aspectMode === "cover" ? "cover" : "contain", "background-color": colour(part.backgroundColor),
    "align-self": PLACE[part.align ?? "center"],
  });
}

export function icon(node, part) {
  set(node, { height: textSize(part.size ?? "md"), width: textSize(part.size ?? "md") });
}

export function buttonLook(node, part) {
  const shade = colour(part.color);
  if (shade) set(node, part.style === "primary" || part.style === "secondary" ? { "background-color": shade } : { color: shade });
}

export function line(node, part) {
  set(node, { "background-color": colour(part.color) });
}
