// Shows, beside the buttons of a question, what is saved, what is not, and why. Its words are in the page.

import { makeRoom } from "./saving_room.js";

const HOW_SENT = new Set(["csrf_token", "version", "whose", "go", "then", "kept", "pointed_out", "unseen"]);
const MOST_NAMED = 6;

// All that stands in the fields of one question, under the names that its own page gives them:
// on a page of several each name begins with `at`.
export const sentOf = (form, at) => [...new FormData(form)]
  .filter(([name, value]) => name.startsWith(at) && typeof value === "string")
  .map(([name, value]) => [name.slice(at.length), value]);
// What stands in the fields now, without what only says how the form is sent.
export const fieldsOf = (form, at = "") => sentOf(form, at).filter(([name]) => !HOW_SENT.has(name));
// The same as the page was printed. What stands in the form and belongs to another is left out.
export function asPrinted(form, at) {
  const printed = form.cloneNode(true);
  for (const others of printed.querySelectorAll("[form]")) others.remove();
  printed.reset();
  return fieldsOf(printed, at);
}
export const textOf = (fields) => JSON.stringify(fields);

export function shownIn(place, at = "") {
  const box = place.querySelector("[data-saving]");
  const part = (name) => box.querySelector(`[data-saving-${name}]`);
  const words = (name) => document.querySelector(`[data-says="${name}"]`).content.textContent;
  // The same words again are left alone: a screen reader would say them again.
  const put = (where, text) => { if (where.textContent !== text) where.textContent = text; };

  function problems(found) {
    const list = part("problems");
    list.hidden = !found.length;
    list.replaceChildren(...found.map(({ href, text }) => {
      const link = Object.assign(document.createElement("a"), { className: "govuk-link", href: `#${at}${href.slice(1)}`, textContent: text });
      const line = document.createElement("li");
      line.append(link);
      return line;
    }));
  }

  return {
    words,
    said(text, found = [], mayStay = "") {
      part("keep").hidden = !mayStay;
      part("trouble").hidden = true;
      put(part("said"), text);
      problems(found);
      makeRoom(box);
    },
    // `unsaved` names fields; the rest says what the person can do about it.
    trouble(text, { unsaved = [], signIn = "", choose = false, again = false } = {}) {
      put(part("said"), text);
      put(part("trouble-said"), `${text}.`);
      problems([]);
      part("keep").hidden = true;
      part("what").hidden = !unsaved.length;
      part("names").textContent = unsaved.join("; ");
      part("link").hidden = !signIn;
      if (signIn) part("link").querySelector("a").href = signIn;
      part("choose").hidden = !choose;
      part("again").hidden = !again;
      part("trouble").hidden = false;
      makeRoom(box);
    },
    onKeep: (act) => part("keep").querySelector("button").addEventListener("click", act),
    onAgain: (act) => part("again").querySelector("button").addEventListener("click", act),
  };
}

// An answer that came forward is said to count as soon as it does; the button of the page confirms
// no longer once none of its answers waits.
export function countsNow(at) {
  const marked = (name) => [...document.querySelectorAll(`[data-${name}]`)];
  const put = (of) => {
    for (const one of marked("waits")) if (one.dataset.waits === of) one.hidden = true;
    for (const one of marked("counts")) if (one.dataset.counts === of) one.hidden = false;
  };
  put(at);
  if (marked("waits").every((one) => one.hidden || one.dataset.waits === "any")) put("any");
}

// Names the fields that differ from what was last saved, as their labels do.
export function namesOfChanged(form, at, before, now) {
  const values = (fields) => {
    const found = new Map();
    for (const [name, value] of fields) found.set(name, `${found.get(name) ?? ""}\n${value}`);
    return found;
  };
  const [old, current] = [values(before), values(now)];
  const changed = [...new Set([...old.keys(), ...current.keys()])].filter(
    (name) => old.get(name) !== current.get(name));
  const labels = [...new Set(changed.map((name) => labelOf(form, at + name)))];
  return labels.length > MOST_NAMED ? [...labels.slice(0, MOST_NAMED), "…"] : labels;
}

function labelOf(form, name) {
  const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
  const isChoice = field?.type === "radio" || field?.type === "checkbox";
  const label = (isChoice && field.closest("fieldset")?.querySelector("legend")) || field?.labels?.[0];
  return (label?.textContent ?? name).replace(/\s+/g, " ").trim();
}
