// Saves the answers of a page by themselves, each question for itself, and a form of another kind
// at the address that it names. Without it, the button of the form does the same.

import { savesOne } from "./saving_one.js";

const form = document.querySelector("form[data-saves-itself]");
if (form) savesItself(form);

function savesItself(form) {
  const parts = [...form.querySelectorAll("[data-saves]")];
  const ones = parts.length
    ? parts.map((place) => savesOne(form, place, { address: place.dataset.saves, at: place.dataset.at, heard: lookAgain }))
    : [savesOne(form, form, { address: form.dataset.savesItself || form.getAttribute("action") })];
  const each = (act) => ones.forEach((one) => one[act]());
  let [leaving, submitting] = [false, false];

  function lookAgain() {
    if (ones.length > 1) each("lookAgain");
  }

  // A file that is chosen stands within this form, and belongs to another: it is no answer.
  function changed(event) {
    if (event.target.form !== form) return;
    ones.find((one) => one.place.contains(event.target))?.changed();
    if (event.type === "change") lookAgain();
  }

  // A form sent while the connection is down would take the page away with all that was typed:
  // what is on it is saved first, and the page goes on only when that was heard.
  async function beforeSending(event) {
    const button = event.submitter;
    const mustSave = !button?.value.startsWith("discard") && ones.some((one) => one.mustSettle());
    if (submitting || !mustSave) {
      leaving = true;
      return;
    }
    event.preventDefault();
    for (const one of ones) if (one.mustSettle() && !await one.settle()) return;
    each("stop");
    submitting = true;
    form.requestSubmit(button);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", beforeSending);
  window.addEventListener("online", () => each("online"));
  window.addEventListener("focus", () => each("lookForSignIn"));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") return each("lookForSignIn");
    if (!leaving) each("leave");
  });
  window.addEventListener("beforeunload", (event) => {
    const unsaved = ones.filter((one) => one.isUnsaved());
    if (leaving || !unsaved.length) return;
    for (const one of unsaved) if (!one.isInTrouble()) one.save({ leavingNow: true });
    if (unsaved.some((one) => one.isInTrouble() || one.isLong())) event.preventDefault();
  });
}
