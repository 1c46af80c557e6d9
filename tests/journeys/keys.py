"""Going round a page by keyboard alone, and seeing at each stop where one is."""

from typing import Any

from playwright.sync_api import Page

MOST_STOPS = 120

WHERE = r"""() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const text = one.getAttribute('aria-label') || one.labels?.[0]?.innerText || one.innerText || '';
  const box = one.getBoundingClientRect();
  return {
    name: text.replace(/\s+/g, ' ').trim(), field: one.name || '',
    seen: box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.width > 0,
    x: Math.max(0, box.x - 8), y: Math.max(0, box.y - 8),
    width: box.width + 16, height: Math.min(box.height, 200) + 16,
  };
}"""


def tab_to(page: Page, *, name: str = "", field: str = "") -> None:
    """Press Tab until this is reached; every stop on the way must be in sight."""
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(WHERE)
        if at is None:
            continue
        assert at["seen"], f"the focus is out of sight at {at}"
        if at["field"] == field if field else at["name"].startswith(name):
            return
        passed.append(at["name"] or at["field"])
    raise AssertionError(f"Tab never came to {name or field}: {passed}")


def press_through(page: Page, name: str) -> None:
    """Press Tab until a link or button is reached, and then Enter."""
    tab_to(page, name=name)
    page.keyboard.press("Enter")


def shows_focus(page: Page) -> bool:
    """Say whether the element that has the focus looks different from when it has not."""
    at = page.evaluate(WHERE)
    focused = _seen(page, at)
    page.evaluate("window.left = document.activeElement; window.left.blur()")
    blurred = _seen(page, at)
    page.evaluate("window.left.focus()")
    return focused != blurred


def _seen(page: Page, at: dict[str, Any]) -> bytes:
    return page.screenshot(
        clip={"x": at["x"], "y": at["y"], "width": at["width"], "height": at["height"]}
    )
