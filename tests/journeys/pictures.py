"""The pictures of the README, of a fresh demonstration: `python -m tests.journeys.pictures`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from audit_app.services.demonstration.accounts import DOMAIN
from tests.journeys.browsing import DESKTOP, chromium, new_window
from tests.journeys.places import A_CYCLE, A_RETURN
from tests.journeys.serving import ROOT, Served, served
from tests.journeys.signing_in import sign_in

PICTURES = {
    "task-list": ("second.lead", "/returns/", A_RETURN, "/returns/{}", 1072),
    "board": ("board", "/board/", A_CYCLE, "/board/cycles/{}", 1170),
}
"""By name: who looks, where the address is found, at which page, and down to which pixel."""


def take_pictures(service: Served, browser: Browser, folder: Path) -> None:
    """Take each picture from the top of its page."""
    for name, (who, index, pattern, place, height) in PICTURES.items():
        complaints: list[str] = []
        window = new_window(browser, service.address, complaints, width=DESKTOP)
        sign_in(window, f"{who}@{DOMAIN}", service.password)
        page = window.new_page()
        page.goto(place.format(pattern.findall(window.request.get(index).text())[0]))
        page.set_viewport_size({"width": DESKTOP, "height": height})
        page.screenshot(path=folder / f"{name}.png")
        window.close()
        assert not complaints


if __name__ == "__main__":
    with (
        TemporaryDirectory(prefix="s11-") as data,
        served(Path(data) / "demonstration") as service,
        chromium() as browser,
    ):
        take_pictures(service, browser, ROOT / "pictures")
