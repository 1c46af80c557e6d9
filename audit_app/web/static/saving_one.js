// Saves the answer to one question by itself, and shows beside it what is saved and what is not.

import { asPrinted, countsNow, fieldsOf, namesOfChanged, sentOf, shownIn, textOf } from "./saving_shown.js";

const PAUSE = 700, AT_LATEST = 1500, SLOW = 1000, PATIENCE = 20_000;
const FIRST_RETRY = 2000, LAST_RETRY = 30_000, LOOKS_FOR_SIGN_IN = 5000;
const AT_WORK = 5000;  // after this long without input, a request keeps nobody signed in
const KEPT_ALIVE = 60_000;  // characters that a browser still sends while it leaves the page

// One save at a time, whichever question it is of: what one answer brings up is asked once it is
// saved, and a page that overtook itself would take itself for somebody else.
let line = Promise.resolve();

// `place` holds the question: the form itself, or its part of a page of several, where the names of
// its fields begin with `at`. `heard` is called when it was saved.
export function savesOne(form, place, { address, at = "", heard = () => {} }) {
  const shown = shownIn(place, at);
  const onlyKeeps = "onlyKeeps" in place.dataset;
  const now = () => fieldsOf(form, at);
  const field = (name) => form.elements.namedItem(at + name);
  // What somebody typed before this script was there is not saved either.
  let saved = "rowsChanged" in place.dataset ? [] : asPrinted(form, at);
  let [inFlight, timer, firstChange, lastInput, retry] = [null, 0, 0, 0, FIRST_RETRY];
  let state = "", tokens = 0;

  const isUnsaved = () => textOf(now()) !== textOf(saved);
  const unsaved = () => namesOfChanged(form, at, saved, now());
  // What another answer of the page hides may be brought up again by it.
  const isOver = () => ["closed", "conflict"].includes(state) || (state === "not_asked" && !at);
  const isStopped = () => ["offline", "away", "signed_out", "somebody_else"].includes(state);
  const headers = () => ({
    Accept: "application/json", ...(Date.now() - lastInput > AT_WORK && { "Audit-Nobody-There": "yes" }) });

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  }

  function changed() {
    lastInput = Date.now();
    if (!isUnsaved() && !isStopped()) return;
    if (isOver() || place.hidden || ["signed_out", "somebody_else"].includes(state)) return;
    firstChange ||= lastInput;
    later(Math.max(0, Math.min(PAUSE, firstChange + AT_LATEST - lastInput)));
  }

  function save({ leavingNow = false } = {}) {
    clearTimeout(timer);
    if (inFlight) return inFlight;
    const turn = leavingNow ? sendOnce(true) : line.then(() => sendOnce(false));
    line = turn.catch(() => {});
    inFlight = turn.finally(() => {
      inFlight = null;
      if (["saved", "draft"].includes(state) && isUnsaved() && !place.hidden) later(PAUSE);
      if (state === "saved") heard();
    });
    return inFlight;
  }

  async function sendOnce(leavingNow) {
    const fields = now(), body = new URLSearchParams(sentOf(form, at));
    body.set("csrf_token", form.elements.namedItem("csrf_token").value);
    body.set("go", onlyKeeps ? "keep" : "continue");
    firstChange = 0;
    const slow = setTimeout(() => shown.said(shown.words(state === "offline" ? "again" : "saving")), SLOW);
    try {
      const answer = await fetch(address, {
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
    if (state === "saved") field("version").value = told.version ?? "";
    if (state === "saved" && !told.waits) countsNow(at);
    if (state === "saved" || state === "draft") {
      [retry, tokens] = [FIRST_RETRY, 0];
      noteMarks(told.may_stay);
      return shown.said(told.said, told.problems, told.may_stay);
    }
    if (state === "unsaved") {
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
    const asked = own("pointed_out") ?? addHidden("pointed_out");
    if (marks) asked.value = marks;
  }

  const own = (name) => place.querySelector(`input[name="${CSS.escape(at + name)}"]`);

  function addHidden(name) {
    const input = Object.assign(document.createElement("input"), { type: "hidden", name: at + name });
    place.append(input);
    return input;
  }

  function tryAgain(why) {
    state = why;
    shown.trouble(shown.words(why), { unsaved: unsaved(), again: true });
    later(retry);
    retry = Math.min(2 * retry, LAST_RETRY);
  }

  // Asks for a new token, as a page does that was opened before the person signed in again.
  async function renew() {
    const answer = await fetch(address, {
      headers: { Accept: "application/json", "Audit-Nobody-There": "yes" }, redirect: "manual" });
    if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) return false;
    const told = await answer.json();
    if (told.person !== form.dataset.person) {
      state = "somebody_else";
      shown.trouble(shown.words("somebody_else"), { unsaved: unsaved() });
      return false;
    }
    for (const token of document.querySelectorAll("[name=csrf_token]")) token.value = told.csrf_token;
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

  function atOnce() {
    retry = FIRST_RETRY;
    later(0);
  }

  // Before the form is sent: saves what is not saved yet. Says whether the form may go.
  async function settle() {
    await inFlight;
    if (isUnsaved()) await save();
    return !isStopped();
  }

  shown.onKeep(() => {
    (own("kept") ?? addHidden("kept")).value = own("pointed_out").value;
    lastInput = Date.now();
    save();
  });
  shown.onAgain(() => { retry = FIRST_RETRY; lastInput = Date.now(); save(); });
  if (isUnsaved()) changed();

  return {
    place, changed, settle, lookForSignIn, save,
    mustSettle: () => (isUnsaved() || Boolean(inFlight)) && !place.hidden && !isOver() && !onlyKeeps,
    stop: () => clearTimeout(timer),
    // What was typed before its question was brought up, or refused because it was not yet.
    lookAgain: () => { if (!place.hidden && !isOver() && (state === "not_asked" || isUnsaved())) later(PAUSE); },
    online: () => { if (state === "offline") atOnce(); },
    leave: () => { if (isUnsaved() && !isOver() && !place.hidden) save({ leavingNow: true }); },
    isUnsaved: () => !place.hidden && isUnsaved(),
    isInTrouble: () => !["", "saved", "draft"].includes(state),
    isLong: () => new URLSearchParams(sentOf(form, at)).toString().length > KEPT_ALIVE,
  };
}
