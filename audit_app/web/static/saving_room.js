// Keeps what is said of saving at the foot of the window, and what is typed in out from under it.

const BREATH = 8;  // pixels between the words and the field above them
const root = document.documentElement;
const boxes = () => [...document.querySelectorAll("[data-saving]")];

// Fields that come into focus stop above the highest of the boxes; one that grew over the field in
// use moves the page, unless the field fills so much of it that it would carry the cursor away.
export function makeRoom(box) {
  const most = Math.max(0, ...boxes().map((one) => one.offsetHeight));
  root.style.setProperty("--saving-room", `${most + BREATH}px`);
  const field = document.activeElement;
  if (!field?.matches("input, select, textarea") || !box.parentElement.contains(field)) return;
  const [held, said] = [field.getBoundingClientRect(), box.getBoundingClientRect()];
  const isCovered = held.bottom > said.top && held.top < said.bottom;
  if (isCovered && held.height < window.innerHeight / 2) field.scrollIntoView({ block: "nearest" });
}

// A keyboard on the screen covers the foot of the window without making it smaller.
const seen = window.visualViewport;
function aboveTheKeyboard() {
  const hidden = seen.scale > 1 ? 0 : window.innerHeight - seen.height - seen.offsetTop;
  root.style.setProperty("--keyboard", `${Math.max(0, Math.round(hidden))}px`);
}
for (const change of ["resize", "scroll"]) seen?.addEventListener(change, aboveTheKeyboard);
