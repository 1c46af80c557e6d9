// Sends files with a bar that shows how far they are, and leaves what was typed on the page alone.

const words = (size) => size < 1e6 ? `${Math.ceil(size / 1e3)} KB` : `${Math.ceil(size / 1e5) / 10} MB`;

const atWork = new Map();  // forms whose files are on their way, and where that is told
let held = null;  // what was pressed meanwhile: it would have cancelled the upload

document.querySelectorAll("form[data-upload]").forEach(watch);
document.addEventListener("submit", hold, { capture: true });
window.addEventListener("beforeunload", (event) => { if (atWork.size) event.preventDefault(); });

function watch(form) {
  const part = document.getElementById(form.dataset.stays ?? "");
  if (part) moveIn(form, part);
  const field = [...form.elements].find((one) => one.type === "file");
  if (!field) return;
  const told = document.createElement("div");
  told.className = "app-upload";
  told.setAttribute("role", "status");
  field.after(told);
  const send = () => upload(form, field, told, part);
  if (part) field.addEventListener("change", send);
  form.addEventListener("submit", (event) => {
    if (!field.files.length) return;
    event.preventDefault();
    send();
  });
}

// The fields stand within the form of the answer, and belong to the form of the files.
function moveIn(form, part) {
  const place = part.querySelector("[data-upload-here]");
  const fields = document.getElementById(form.id.replace(/form$/, "fields"));
  if (!place || !fields) return;
  place.append(fields.content.cloneNode(true));
  place.hidden = false;
}

// A form that is sent while files are on their way waits for them, and says so where they are told.
function hold(event) {
  if (!atWork.size) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (atWork.has(event.target)) return;
  held = { action: event.target.getAttribute("action"), form: event.target, submitter: event.submitter };
  for (const told of atWork.values()) {
    const line = told.querySelector("[data-held]") ?? told.appendChild(document.createElement("p"));
    line.dataset.held = "";
    line.textContent = "What you pressed waits until the files have arrived.";
  }
}

// Goes on with what was pressed meanwhile, on the page as it is now.
function letGo() {
  if (atWork.size || !held) return;
  const { action, form, submitter } = held;
  held = null;
  const here = form.isConnected ? form : [...document.forms].find((one) => one.getAttribute("action") === action);
  here?.requestSubmit(submitter?.isConnected ? submitter : undefined);
}

// What the service would refuse anyway is not sent: the others need not wait for it, nor be lost with it.
function leftOut(files, { largest }) {
  const found = new Map();
  for (const one of files) {
    if (!one.size) found.set(one, `${one.name} was not added: it is empty.`);
    else if (one.size > Number(largest)) found.set(one, `${one.name} was not added: it has ${words(one.size)}, and a file may have ${words(Number(largest))}.`);
  }
  return found;
}

function problemWith(files, { most, post }) {
  if (files.length > Number(most)) return `You chose ${files.length} files: choose ${most} or fewer at a time.`;
  const whole = files.reduce((sum, one) => sum + one.size, 0);
  if (whole > Number(post)) return `Together these have ${words(whole)}: choose fewer at a time.`;
  return "";
}

function upload(form, field, told, part) {
  const chosen = [...field.files];
  if (!chosen.length) return;
  const out = leftOut(chosen, form.dataset);
  const files = chosen.filter((one) => !out.has(one));
  const problem = problemWith(files, form.dataset);
  if (problem || !files.length) return say(told, ...(problem ? [problem] : out.values()));
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", "How far the upload is");
  const line = document.createElement("p");
  line.textContent = files.length === 1 ? `Uploading ${files[0].name}` : `Uploading ${files.length} files`;
  told.replaceChildren(line, bar);
  const again = () => upload(form, field, told, part);
  const request = new XMLHttpRequest();
  request.responseType = "document";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = Math.floor(100 * event.loaded / event.total);
    if (bar.value === 100) line.textContent = "Looking at what has arrived";
  });
  request.addEventListener("load", () => {
    unlock(form, field);
    const page = request.response;
    // Signed in again in another window, the form has the token of before, and gets the new one.
    const token = page?.querySelector("[name=csrf_token]")?.value;
    if (token) form.querySelector("[name=csrf_token]").value = token;
    if (NOT_TAKEN.has(request.status) || (part && !page?.querySelector("[data-evidence-list]"))) {
      held = null;
      return sayNothingAdded(told, page, NOT_TAKEN.has(request.status) ? again : null);
    }
    const isWhole = part ? show(page, field, told, part, out) : replacePage(page, form, out);
    if (isWhole) letGo();
    else held = null;
  });
  for (const failed of ["error", "abort", "timeout"]) {
    request.addEventListener(failed, () => {
      unlock(form, field);
      held = null;
      say(told, "The connection was lost, and nothing was added. Your files are still chosen: try again.");
      told.append(button("Try again", again));
    });
  }
  request.open("POST", form.action);
  const data = new FormData(form);
  data.delete(field.name);
  for (const one of files) data.append(field.name, one, one.name);
  form.setAttribute("aria-busy", "true");
  field.disabled = true;
  atWork.set(form, told);
  request.send(data);
}

// Out of date, signed out, too much at once, or a fault: nothing was taken, and the page stays as it is.
const NOT_TAKEN = new Set([400, 401, 403, 413, 500, 502, 503, 504]);

function sayNothingAdded(told, page, again) {
  const wrong = page?.querySelector(".govuk-error-summary__list li");
  const why = wrong ?? page?.querySelector("h1");
  const said = why?.textContent.trim() || "Save your answer, and try again";
  say(told, wrong ? `${said}.` : `Nothing was added. ${said}.`);
  if (page?.querySelector("main a[href*='/sign-in']")) {
    const link = Object.assign(document.createElement("a"), {
      className: "govuk-link", href: "/sign-in?next=/account/back-in", target: "_blank", rel: "noopener",
      textContent: "Sign in (opens in a new tab)",
    });
    const line = document.createElement("p");
    line.append(link, ", then come back to this page. Your files are still chosen.");
    told.append(line);
  }
  if (again) told.append(button("Try again", again));
}

function unlock(form, field) {
  form.removeAttribute("aria-busy");
  field.disabled = false;
  atWork.delete(form);
}

function say(told, ...lines) {
  told.replaceChildren(...lines.map((text) => {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  }));
}

// What the answer says is told here, and the list is brought up to date. Says whether all arrived.
function show(page, field, told, part, out) {
  const list = page.querySelector("[data-evidence-list]");
  const here = part.querySelector("[data-evidence-list]");
  for (const form of list.querySelectorAll("form")) form.remove();
  for (const title of list.querySelectorAll("h2")) title.remove();
  here.replaceChildren(...list.childNodes);
  const keep = page.querySelector(".app-guard [name=kept]");
  if (!keep) field.value = "";
  const wrong = [...page.querySelectorAll(".govuk-error-summary__list li")];
  const said = [...page.querySelectorAll(".govuk-notification-banner__heading"), ...wrong];
  say(told, ...said.map((one) => one.textContent.trim()), ...out.values());
  if (keep) told.append(keepButton(keep, field, told, part));
  return !wrong.length && !out.size;
}

// What the personal data guard asks about: the files are still chosen, and may go as they are.
function keepButton(keep, field, told, part) {
  return button(keep.textContent.trim(), () => {
    for (const name of ["kept", "pointed_out"]) {
      const mark = field.form.querySelector(`[name=${name}]`) ?? document.createElement("input");
      Object.assign(mark, { type: "hidden", name, value: keep.value });
      field.form.append(mark);
    }
    upload(field.form, field, told, part);
  });
}

function button(words, act) {
  const made = document.createElement("button");
  [made.type, made.className, made.textContent] = ["button", "govuk-button govuk-button--secondary", words];
  made.addEventListener("click", act);
  return made;
}

// The page that comes back is shown as it came, as a browser would without a script; what was typed
// into its other forms stays. Says whether all arrived.
function replacePage(page, sent, out) {
  if (!page) {
    location.reload();
    return false;
  }
  const typed = [...document.querySelectorAll("main form")].filter((one) => one !== sent)
    .flatMap((one) => [...one.elements]).filter((one) => one.id && one.type !== "hidden");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  for (const old of typed) {
    const field = document.getElementById(old.id);
    if (field && field.type !== "file") [field.value, field.checked] = [old.value, old.checked];
  }
  document.querySelectorAll("form[data-upload]").forEach(watch);
  const place = document.querySelector("form[data-upload] .app-upload");
  if (place) say(place, ...out.values());
  const wrong = document.querySelector(".govuk-error-summary");
  const said = wrong ?? document.querySelector(".govuk-notification-banner");
  if (said) {
    said.tabIndex = -1;
    said.focus();
  }
  window.scrollTo(0, 0);
  return !wrong && !out.size;
}
