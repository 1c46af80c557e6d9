// Brings up a question as soon as the answer above it asks for it. Without this script it comes up
// once the page is saved.
const form = document.querySelector(".app-together");

function chosen(name) {
  const inputs = form.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`);
  return [...inputs].filter((one) => !one.closest("[hidden]")).map((one) => one.value);
}

function show() {
  for (const question of form.querySelectorAll("[data-brought-up-by]")) {
    const values = question.dataset.values.split(" ");
    question.hidden = !chosen(question.dataset.broughtUpBy).some((one) => values.includes(one));
    // The service need not show again what has been seen here.
    const unseen = question.querySelector("[name$=':unseen']");
    if (unseen) unseen.disabled = !question.hidden;
  }
}

form.addEventListener("change", show);
show();
