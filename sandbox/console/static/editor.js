// The little field that opens over a cell; where the cell has choices they stand below it.

import { el, fill } from "./dom.js";
import { t } from "./strings.js";

/** Open over `cell`. `done(text, move)` is called once: text is null when it was given up. */
export function openEditor(cell, { text, label, choices }, done) {
  const input = el("textarea", { class: "editor", rows: "1", "aria-label": label });
  const list = el("ul", { class: "choices", role: "listbox", "aria-label": t("choices"), id: "choices" });
  let marked = -1;
  let open = true;

  function end(value, move) {
    if (!open) return;
    open = false;
    done(value, move);
  }

  function mark(index) {
    marked = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    input.setAttribute("aria-activedescendant", index < 0 ? "" : `choice-${index}`);
  }

  function option(choice, index) {
    const pick = (tap) => { tap.preventDefault(); end(choice, "stay"); };
    return el("li", { role: "option", id: `choice-${index}`, text: choice, on: { pointerdown: pick } });
  }

  function pressed(key) {
    key.stopPropagation();
    if (key.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[key.key];
    if (by && choices.length) mark((Math.max(marked, by > 0 ? -1 : 0) + by + choices.length) % choices.length);
    else if (key.key === "Escape") end(null, "stay");
    else if (key.key === "Enter" && !key.altKey && !key.shiftKey) end(choices[marked] ?? input.value, "down");
    else if (key.key === "Tab") end(choices[marked] ?? input.value, key.shiftKey ? "left" : "right");
    else return;
    key.preventDefault();
  }

  if (choices.length) {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", "choices");
    input.setAttribute("aria-expanded", "true");
    fill(list, ...choices.map(option));
  }
  input.value = text;
  input.addEventListener("keydown", pressed);
  input.addEventListener("blur", () => end(input.value, "none"));
  fill(cell, input, choices.length ? list : null);
  input.style.height = `${Math.max(cell.clientHeight, input.scrollHeight)}px`;
  input.focus();
}
