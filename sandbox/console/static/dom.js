// Building the page. Text is only ever set as text: no string becomes markup here.

export const byId = (id) => document.getElementById(id);

/** An element. `props`: `class`, `text`, `on` (listeners), `data`, and attributes by their name. */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") made.textContent = value;
    else if (name === "class") made.className = value;
    else if (name === "on") for (const [event, heard] of Object.entries(value)) made.addEventListener(event, heard);
    else if (name === "data") Object.assign(made.dataset, value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const button = (text, click, props = {}) => el("button", { type: "button", text, on: { click }, ...props });

/** The address if it leads where a person may be led (web or telephone), else null. */
export function safeUri(address) {
  try {
    const url = new URL(String(address));
    return ["http:", "https:", "tel:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens elsewhere; what leads nowhere safe stays plain text. */
export function link(address, ...children) {
  const href = safeUri(address);
  if (!href) return el("span", { class: "dead", title: String(address) }, ...children);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** A text with its web addresses as links. */
export function linked(text) {
  const parts = String(text).split(/(https?:\/\/[^\s<>"“”]+)/);
  return parts.filter(Boolean).map((part, index) => (/^https?:\/\//.test(part) ? link(part, part) : document.createTextNode(part)));
}

export function fill(parent, ...children) {
  parent.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
}

/** Bring a list of children in line with `wanted` [{key, stamp, make}], keeping those that are the same. */
export function reconcile(parent, wanted) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const nodes = wanted.map(({ key, stamp, make }) => {
    const there = old.get(key);
    if (there && there.stamp === stamp) return there;
    const made = make();
    made.dataset.key = key;
    made.stamp = stamp;
    return made;
  });
  const kept = new Set(nodes);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}
