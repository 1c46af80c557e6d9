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

function problemWith(files, { largest, most, post }) {
  if (files.length > Number(most)) return `You chose ${files.length} files: choose ${most} or fewer at a time.`;
  const large = files.find((one) => one.size > Number(largest));
  if (large) return `${large.name} has ${words(large.size)}, and a file may have ${words(Number(largest))}.`;
  const whole = files.reduce((sum, one) => sum + one.size, 0);
  if (whole > Number(post)) return `Together these have ${words(whole)}: choose fewer at a time.`;
  return "";
}

function upload(form, field, told, part) {
  const files = [...field.files];
  if (!files.length) return;
  const problem = problemWith(files, form.dataset);
  if (problem) return say(told, problem);
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", "How far the upload is");
  const line = document.createElement("p");
  line.textContent = files.length === 1 ? `Uploading ${files[0].name}` : `Uploading ${files.length} files`;
  told.replaceChildren(line, bar);
  const request = new XMLHttpRequest();
  request.responseType = "document";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = Math.floor(100 * event.loaded / event.total);
    if (bar.value === 100) line.textContent = "Looking at what has arrived";
  });
  request.addEventListener("load", () => {
    unlock(form, field);
    const page = request.response;
    const isWhole = part ? show(page, field, told, part) : replacePage(page, form);
    if (isWhole) letGo();
    else held = null;
  });
  for (const failed of ["error", "abort", "timeout"]) {
    request.addEventListener(failed, () => {
      unlock(form, field);
      held = null;
      say(told, "The connection was lost, and nothing was added. Your files are still chosen: try again.");
    });
  }
  request.open("POST", form.action);
  const data = new FormData(form);
  form.setAttribute("aria-busy", "true");
  field.disabled = true;
  atWork.set(form, told);
  request.send(data);
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
function show(page, field, told, part) {
  const list = page && page.querySelector("[data-evidence-list]");
  if (!list) {
    const title = page && page.querySelector("h1");
    say(told, `Nothing was added. ${title ? title.textContent.trim() : "Save your answer, and try again"}.`);
    return false;
  }
  const here = part.querySelector("[data-evidence-list]");
  for (const form of list.querySelectorAll("form")) form.remove();
  for (const title of list.querySelectorAll("h2")) title.remove();
  here.replaceChildren(...list.childNodes);
  const keep = page.querySelector(".app-guard [name=kept]");
  if (!keep) field.value = "";
  const wrong = [...page.querySelectorAll(".govuk-error-summary__list li")];
  const said = [...page.querySelectorAll(".govuk-notification-banner__heading"), ...wrong];
  say(told, ...said.map((one) => one.textContent.trim()));
  if (keep) told.append(keepButton(keep, field, told, part));
  return !wrong.length;
}

// What the personal data guard asks about: the files are still chosen, and may go as they are.
function keepButton(keep, field, told, part) {
  const button = document.createElement("button");
  [button.type, button.className] = ["button", "govuk-button govuk-button--secondary"];
  button.textContent = keep.textContent.trim();
  button.addEventListener("click", () => {
    for (const name of ["kept", "pointed_out"]) {
      const mark = field.form.querySelector(`[name=${name}]`) ?? document.createElement("input");
      Object.assign(mark, { type: "hidden", name, value: keep.value });
      field.form.append(mark);
    }
    upload(field.form, field, told, part);
  });
  return button;
}

// The page that comes back is shown as it came, as a browser would without a script; what was typed
// into its other forms stays. Says whether all arrived.
function replacePage(page, sent) {
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
  const wrong = document.querySelector(".govuk-error-summary");
  const said = wrong ?? document.querySelector(".govuk-notification-banner");
  if (said) {
    said.tabIndex = -1;
    said.focus();
  }
  window.scrollTo(0, 0);
  return !wrong;
}
