// Sends files with a bar that shows how far they are, and leaves what was typed on the page alone.

const words = (size) => size < 1e6 ? `${Math.ceil(size / 1e3)} KB` : `${Math.ceil(size / 1e5) / 10} MB`;

document.querySelectorAll("form[data-upload]").forEach(watch);

function watch(form) {
  const stays = "stays" in form.dataset;
  if (stays) moveIn();
  const field = [...form.elements].find((one) => one.type === "file");
  if (!field) return;
  const told = document.createElement("div");
  told.className = "app-upload";
  told.setAttribute("role", "status");
  field.after(told);
  const send = () => upload(form, field, told, stays);
  if (stays) field.addEventListener("change", send);
  form.addEventListener("submit", (event) => {
    if (!field.files.length) return;
    event.preventDefault();
    send();
  });
}

// The fields stand within the form of the answer, and belong to the form of the files.
function moveIn() {
  const place = document.querySelector("[data-upload-here]");
  const fields = document.getElementById("evidence-fields");
  if (!place || !fields) return;
  place.append(fields.content.cloneNode(true));
  place.hidden = false;
}

function problemWith(files, { largest, most, post }) {
  if (files.length > Number(most)) return `You chose ${files.length} files: choose ${most} or fewer at a time.`;
  const large = files.find((one) => one.size > Number(largest));
  if (large) return `${large.name} has ${words(large.size)}, and a file may have ${words(Number(largest))}.`;
  const whole = files.reduce((sum, one) => sum + one.size, 0);
  if (whole > Number(post)) return `Together these have ${words(whole)}: choose fewer at a time.`;
  return "";
}

function upload(form, field, told, stays) {
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
    if (stays) show(page, field, told);
    else replacePage(page);
  });
  for (const failed of ["error", "abort", "timeout"]) {
    request.addEventListener(failed, () => {
      unlock(form, field);
      say(told, "The connection was lost, and nothing was added. Your files are still chosen: try again.");
    });
  }
  request.open("POST", form.action);
  const data = new FormData(form);
  form.setAttribute("aria-busy", "true");
  field.disabled = true;
  request.send(data);
}

function unlock(form, field) {
  form.removeAttribute("aria-busy");
  field.disabled = false;
}

function say(told, ...lines) {
  told.replaceChildren(...lines.map((text) => {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  }));
}

// What the answer says is told here, and the list is brought up to date.
function show(page, field, told) {
  const list = page && page.querySelector("[data-evidence-list]");
  if (!list) {
    const title = page && page.querySelector("h1");
    return say(told, `Nothing was added. ${title ? title.textContent.trim() : "Save your answer, and try again"}.`);
  }
  const here = document.querySelector("#evidence [data-evidence-list]");
  for (const form of list.querySelectorAll("form")) form.remove();
  for (const title of list.querySelectorAll("h2")) title.remove();
  here.replaceChildren(...list.childNodes);
  field.value = "";
  const said = [...page.querySelectorAll(".govuk-notification-banner__heading, .govuk-error-summary__list li")];
  say(told, ...said.map((one) => one.textContent.trim()));
}

// The page that comes back is shown as it came, as a browser would without a script.
function replacePage(page) {
  if (!page) return location.reload();
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.querySelectorAll("form[data-upload]").forEach(watch);
  const said = document.querySelector(".govuk-error-summary, .govuk-notification-banner");
  if (said) {
    said.tabIndex = -1;
    said.focus();
  }
  window.scrollTo(0, 0);
}
