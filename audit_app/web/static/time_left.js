// Warns before somebody is signed out for having done nothing, and lets them stay.

const WARNS = 300, ROOM = 5, TICK = 15;  // seconds
const dialog = document.querySelector("dialog#time-left");
if (dialog) watch(dialog);

function watch(dialog) {
  const idle = Number(dialog.dataset.idle), warnsBefore = Math.min(WARNS, idle / 2);
  const part = (name) => dialog.querySelector(`[data-${name}]`);
  let [timer, outAt, asked] = [0, 0, Date.now()];

  // The server knows what was done in other windows; a page that asks by itself is nobody there.
  async function ask({ stay = false } = {}) {
    asked = Date.now();
    const headers = { Accept: "application/json", ...(!stay && { "Audit-Nobody-There": "yes" }) };
    const answer = await fetch(dialog.dataset.address, { headers, redirect: "manual" });
    return answer.ok ? (await answer.json()).seconds : 0;
  }

  function look(after) {
    clearTimeout(timer);
    timer = setTimeout(() => check().catch(() => look(TICK)), Math.max(0, after) * 1000);
  }

  async function check() {
    const seconds = await ask();
    if (seconds > warnsBefore + ROOM) {
      if (dialog.open) dialog.close();
      return look(seconds - warnsBefore);
    }
    outAt = Date.now() + seconds * 1000;
    show();
  }

  function show() {
    const seconds = Math.round((outAt - Date.now()) / 1000);
    part("still-in").hidden = seconds <= 0;
    part("is-out").hidden = seconds > 0;
    dialog.setAttribute("aria-labelledby", seconds > 0 ? "time-left-title" : "time-left-out");
    if (!dialog.open) dialog.showModal();
    if (seconds <= 0) return;
    const minutes = Math.ceil(seconds / 60);
    const words = seconds < 60 ? "less than a minute" : minutes === 1 ? "1 minute" : `${minutes} minutes`;
    if (part("minutes").textContent !== words) part("minutes").textContent = words;
    look(Math.min(TICK, seconds + 1));
  }

  part("stay").addEventListener("click", async () => {
    const seconds = await ask({ stay: true }).catch(() => 0);
    part("cannot-stay").hidden = seconds > warnsBefore || seconds <= 0;
    if (seconds <= warnsBefore) return look(0);
    dialog.close();
    look(seconds - warnsBefore);
  });
  part("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", () => look(TICK));
  document.addEventListener("visibilitychange", () => {
    // Timers of a hidden page, or of a telephone that slept, are late.
    if (document.visibilityState === "visible" && Date.now() - asked > TICK * 1000 && !part("still-in").hidden) look(0);
  });
  look(idle - warnsBefore);
}
