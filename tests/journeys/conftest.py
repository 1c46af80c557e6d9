"""What journeys begin with: the service running, a browser, and people who have signed in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from audit_app.services.demonstration.accounts import DOMAIN, POSTS
from tests.journeys.answering import answer_all
from tests.journeys.browsing import DESKTOP, chromium, new_window
from tests.journeys.places import Ids, read_ids
from tests.journeys.serving import Served, keep, put_back, served
from tests.journeys.signing_in import sign_in

SitsDown = Callable[..., Page]


@pytest.fixture(scope="session")
def running(quick_folder: Path) -> Iterator[Served]:
    """Serve one demonstration for all journeys of this process."""
    with served(quick_folder / "demonstration") as one:
        yield one


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Lend one browser for all journeys of this process."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="package")
def cookies(running: Served, browser: Browser) -> dict[str, StorageState]:
    """Sign everybody in once, through the sign-in page, and keep their cookies."""
    found = {}
    for post in POSTS:
        with browser.new_context(base_url=running.address) as window:
            sign_in(window, f"{post.address}@{DOMAIN}", running.password)
            found[post.address] = window.storage_state()
    return found


@pytest.fixture(scope="package")
def untouched(running: Served, cookies: dict[str, StorageState]) -> Path:
    """Keep the database as it is before any journey, with everybody signed in."""
    kept = running.folder / "untouched.db"
    keep(running, aside=kept)
    return kept


@pytest.fixture
def service(running: Served, untouched: Path) -> Served:
    """Give the service with its demonstration as it was first loaded."""
    put_back(running, kept=untouched)
    return running


@pytest.fixture(scope="package")
def answered_once(
    running: Served,
    untouched: Path,
    browser: Browser,
    cookies: dict[str, StorageState],
    ids: Ids,
) -> Path:
    """Answer the whole return of the first setting once, and keep the database as it is then."""
    put_back(running, kept=untouched)
    lead = cookies["lead"]
    with browser.new_context(base_url=running.address, storage_state=lead) as window:
        answer_all(window, ids.now)
    kept = running.folder / "answered.db"
    keep(running, aside=kept)
    return kept


@pytest.fixture
def all_answered(service: Served, answered_once: Path) -> None:
    """Begin with everything answered in the return of the first setting, and nothing submitted."""
    put_back(service, kept=answered_once)


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Note what browsers complain of; a journey with a complaint has failed."""
    noted: list[str] = []
    yield noted
    assert not noted, "\n".join(noted)


@pytest.fixture
def sit_down(
    service: Served,
    browser: Browser,
    cookies: dict[str, StorageState],
    complaints: list[str],
) -> Iterator[SitsDown]:
    """Let somebody sit down at a browser of their own, signed in unless nobody is named."""
    opened: list[BrowserContext] = []

    def sits_down(who: str = "", *, width: int = DESKTOP, script: bool = True) -> Page:
        window = new_window(
            browser,
            service.address,
            complaints,
            width=width,
            script=script,
            cookies=cookies[who] if who else None,
        )
        opened.append(window)
        return window.new_page()

    yield sits_down
    for window in opened:
        window.close()


@pytest.fixture(scope="package")
def ids(
    running: Served, untouched: Path, browser: Browser, cookies: dict[str, StorageState]
) -> Ids:
    """Give the ids that addresses are made with, whatever earlier journeys have left behind."""
    put_back(running, kept=untouched)
    with (
        browser.new_context(base_url=running.address, storage_state=cookies["lead"]) as lead,
        browser.new_context(base_url=running.address, storage_state=cookies["board"]) as board,
    ):
        return read_ids(lead, board)
