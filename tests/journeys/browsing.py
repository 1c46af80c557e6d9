"""A real browser, and an ear at every page for what it complains of."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    StorageState,
    expect,
    sync_playwright,
)

CHROMIUM = "/usr/bin/chromium"
"""Debian's. A machine without it fails these tests, as it must: nobody has looked at the pages."""

SWITCHES = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESKTOP, ZOOMED = 360, 1280, 320
"""Widths in pixels: a phone, a desk, and the desk with everything four times as large."""

TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`));
"""
PATIENCE = 60_000
"""Milliseconds: a machine that does much else at once prints a PDF slowly."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Lend one browser."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()


def new_window(
    browser: Browser,
    address: str,
    complaints: list[str],
    *,
    width: int,
    script: bool = True,
    cookies: StorageState | None = None,
) -> BrowserContext:
    """Open a browser window as one person has it; what its pages complain of is noted."""
    window = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 800},
        java_script_enabled=script,
        storage_state=cookies,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    window.set_default_timeout(PATIENCE)
    if script:
        window.add_init_script(TELL_VIOLATIONS)
    window.on("page", lambda page: _listen(page, address, complaints))
    return window


def _listen(page: Page, address: str, complaints: list[str]) -> None:
    def said(message: ConsoleMessage) -> None:
        # A page that answers 404 or 422 is meant to; the browser notes it as a failed load.
        is_the_page = message.text.startswith("Failed to load resource") and (
            "/static/" not in message.location.get("url", "")
        )
        # A journey takes the connection away on purpose; the page says so, and so does the browser.
        is_offline = message.text.endswith("net::ERR_INTERNET_DISCONNECTED")
        if message.type in ("error", "warning") and not is_the_page and not is_offline:
            complaints.append(f"{page.url}: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 500:
            complaints.append(f"{response.url} answered {response.status}")

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            complaints.append(f"{page.url} asks elsewhere: {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", answered)
    page.on("request", asked)


BOTH_WAYS = pytest.mark.parametrize(
    ("width", "script"), [(PHONE, False), (DESKTOP, True)], ids=["phone without scripts", "desk"]
)
"""A journey on a telephone without scripts, and again at a desk with them."""
