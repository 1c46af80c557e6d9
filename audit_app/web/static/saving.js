// Saves the answer of a question's page by itself. Without it, "Save and continue" does the same.

import { fieldsOf, namesOfChanged, shownIn, textOf } from "./saving_shown.js";

const PAUSE = 700, AT_LATEST = 1500, SLOW = 1000, PATIENCE = 20_000;
const FIRST_RETRY = 2000, LAST_RETRY = 30_000, LOOKS_FOR_SIGN_IN = 5000;
const AT_WORK = 5000;  // after this long without input, a request keeps nobody signed in
const KEPT_ALIVE = 60_000;  // characters that a browser still sends while it leaves the page

const form = document.querySelector("form[data-saves-itself]");
if (form) savesItself(form);

function savesItself(form) {
  const shown = shownIn(form);
  const onlyKeeps = "onlyKeeps" in form.dataset;
  let saved = "rowsChanged" in form.dataset ? [] : fieldsOf(form);
  let [inFlight, timer, firstChange, lastInput, retry] = [null, 0, 0, 0, FIRST_RETRY];
  let state = "", leaving = false, submitting = false, tokens = 0;

  const isUnsaved = () => textOf(fieldsOf(form)) !== textOf(saved);
  const unsaved = () => namesOfChanged(form, saved, fieldsOf(form));
  const isOver = () => ["closed", "not_asked", "conflict"].includes(state);
  const headers = () => ({
    Accept: "application/json", ...(Date.now() - lastInput > AT_WORK && { "Audit-Nobody-There": "yes" }) });

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  }

  function changed() {
    lastInput = Date.now();
    if (isOver() || ["signed_out", "somebody_else"].includes(state)) return;
    firstChange ||= lastInput;
    later(Math.max(0, Math.min(PAUSE, firstChange + AT_LATEST - lastInput)));
  }

  // One save at a time: a page that overtook itself would take itself for somebody else.
  function save({ leavingNow = false } = {}) {
    clearTimeout(timer);
    if (inFlight) return inFlight;
    inFlight = sendOnce(leavingNow).finally(() => {
      inFlight = null;
      if (["saved", "draft"].includes(state) && isUnsaved()) later(PAUSE);
    });
    return inFlight;
  }

  async function sendOnce(leavingNow) {
    const fields = fieldsOf(form), body = new URLSearchParams(new FormData(form));
    body.set("go", onlyKeeps ? "keep" : "continue");
    firstChange = 0;
    const slow = setTimeout(() => shown.said(shown.words(state === "offline" ? "again" : "saving")), SLOW);
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST", body, headers: headers(), redirect: "manual",
        keepalive: leavingNow && body.toString().length < KEPT_ALIVE,
        signal: AbortSignal.timeout(PATIENCE),
      });
      clearTimeout(slow);
      await hear(answer, fields);
    } catch {
      clearTimeout(slow);
      tryAgain("offline");
    }
  }

  async function hear(answer, fields) {
    if (answer.status >= 500) return tryAgain("away");
    const isData = answer.headers.get("Content-Type")?.includes("json");
    if (!isData) {
      state = "refused";
      return shown.trouble(shown.words("refused"), { unsaved: unsaved() });
    }
    const told = await answer.json();
    state = told.state;
    if (told.kept) saved = fields;
    if (state === "saved") form.elements.version.value = told.version ?? "";
    if (state === "saved" || state === "draft") {
      [retry, tokens] = [FIRST_RETRY, 0];
      noteMarks(told.may_stay);
      return shown.said(told.said, told.problems, told.may_stay);
    }
    if (state === "out_of_date" && tokens++ < 3) return renew();
    shown.trouble(told.said, {
      signIn: told.sign_in, choose: state === "conflict", unsaved: told.kept ? [] : unsaved() });
    if (state === "signed_out") lookForSignIn();
  }

  // What the personal data guard asked about is counted once, and saved when the person says so.
  function noteMarks(marks) {
    const asked = form.elements.namedItem("pointed_out") ?? addHidden("pointed_out");
    if (marks) asked.value = marks;
  }

  function addHidden(name) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name });
    form.append(field);
    return field;
  }

  function tryAgain(why) {
    state = why;
    shown.trouble(shown.words(why), { unsaved: unsaved(), again: true });
    later(retry);
    retry = Math.min(2 * retry, LAST_RETRY);
  }

  // Asks for a new token, as a page does that was opened before the person signed in again.
  async function renew() {
    const answer = await fetch(form.getAttribute("action"), {
      headers: { Accept: "application/json", "Audit-Nobody-There": "yes" }, redirect: "manual" });
    if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) return false;
    const told = await answer.json();
    if (told.person !== form.dataset.person) {
      state = "somebody_else";
      shown.trouble(shown.words("somebody_else"), { unsaved: unsaved() });
      return false;
    }
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = told.csrf_token;
    state = "renewed";
    later(0);
    return true;
  }

  function lookForSignIn() {
    if (!["signed_out", "somebody_else"].includes(state)) return;
    clearTimeout(timer);
    timer = setTimeout(lookForSignIn, LOOKS_FOR_SIGN_IN);
    if (document.visibilityState === "visible" && !inFlight) renew().catch(() => {});
  }

  // A form sent while the connection is down would take the page away with all that was typed:
  // what is on it is saved first, and the page goes on only when that was heard.
  async function beforeSending(event) {
    if (submitting) {
      leaving = true;
      return;
    }
    const button = event.submitter;
    const mustSave = button?.value !== "discard" && (isUnsaved() || inFlight) && !isOver() && !onlyKeeps;
    if (!mustSave) {
      leaving = true;
      return;
    }
    event.preventDefault();
    await inFlight;
    if (isUnsaved()) await save();
    if (["offline", "away", "signed_out", "somebody_else"].includes(state)) return;
    clearTimeout(timer);
    submitting = true;
    form.requestSubmit(button);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", beforeSending);
  shown.onKeep(() => {
    addHidden("kept").value = form.elements.namedItem("pointed_out").value;
    lastInput = Date.now();
    save();
  });
  shown.onAgain(() => { retry = FIRST_RETRY; lastInput = Date.now(); save(); });
  window.addEventListener("online", () => { if (state === "offline") { retry = FIRST_RETRY; later(0); } });
  window.addEventListener("focus", lookForSignIn);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") return lookForSignIn();
    if (isUnsaved() && !isOver() && !leaving) save({ leavingNow: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !isUnsaved()) return;
    const inTrouble = !["", "saved", "draft"].includes(state);
    if (!inTrouble) save({ leavingNow: true });
    if (inTrouble || new URLSearchParams(new FormData(form)).toString().length > KEPT_ALIVE) event.preventDefault();
  });
  if ("rowsChanged" in form.dataset) changed();
}
