"""What is wrong with a page: what axe finds at two widths, and what scrolls sideways at a third."""

from collections.abc import Iterator
from typing import NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.journeys.browsing import DESKTOP, PHONE, ZOOMED

AXE = Axe()
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}

OPEN_EVERYTHING = "() => document.querySelectorAll('details').forEach(one => one.open = true)"
TOO_WIDE = """() => {
  const page = document.scrollingElement, wide = page.scrollWidth - window.innerWidth;
  if (wide <= 0) return null;
  const within = one => one.closest('[role=region][tabindex="0"]');
  const out = [...document.body.querySelectorAll('*')].filter(
    one => one.getBoundingClientRect().right > window.innerWidth + 1 && !within(one));
  const named = out.slice(-3).map(one => one.outerHTML.slice(0, 120));
  return `${wide} px too wide: ${named.join(' | ')}`;
}"""


def faults_of(page: Page) -> list[str]:
    """Say everything that is wrong with the page that is open, each with its address."""
    page.evaluate(OPEN_EVERYTHING)
    found = [*_violations(page), *too_wide(page)]
    return [f"{page.url} {fault}" for fault in found]


def faults_without_scripts(page: Page, reader: Page) -> list[str]:
    """Say what is wrong with a page whose scripts are off, where axe would wait for ever.

    The same words are opened at the same address by a reader whose scripts run.
    """
    words, address = page.content(), page.url.partition("#")[0]

    def answer(route: Route) -> None:
        route.fulfill(body=words, content_type="text/html; charset=utf-8")

    # From elsewhere: an address that differs only after its # would not be opened anew.
    reader.goto("about:blank")
    reader.route(lambda asked: asked == address, answer)
    try:
        reader.goto(address)
        return faults_of(reader)
    finally:
        reader.unroute_all()


def too_wide(page: Page) -> list[str]:
    """Say what makes a page scroll sideways where everything is four times as large."""
    page.set_viewport_size({"width": ZOOMED, "height": 640})
    wide = page.evaluate(TOO_WIDE)
    return [f"at {ZOOMED} px: {wide}"] if wide else []


def _violations(page: Page) -> Iterator[str]:
    page.evaluate(AXE.axe_script)
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        result = page.evaluate("options => axe.run(options)", ONLY_VIOLATIONS)
        for one in result["violations"]:
            where = "; ".join(node["html"][:160] for node in one["nodes"][:3])
            yield f"at {width} px: {one['id']}, {one['help']}: {where}"


class Looks(NamedTuple):
    """Somebody who looks at the pages of a journey as they are met; `reader` where no script runs.

    A reader is a page of its own whose scripts run.
    """

    reader: Page | None

    def at(self, page: Page, title: str) -> None:
        """Wait for the page with this heading, hold it to nothing being wrong with it.

        Its width is put back afterwards.
        """
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        was = page.viewport_size
        faults = faults_without_scripts(page, self.reader) if self.reader else faults_of(page)
        assert not faults, "\n".join(faults)
        if was is not None:
            page.set_viewport_size(was)
