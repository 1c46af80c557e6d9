"""A register whose columns have other names: asked once, in a browser, and kept."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import DESKTOP
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of

pytestmark = pytest.mark.xdist_group("browser-2")

REGISTERS = Path(__file__).parents[1] / "registers"


def test_columns_are_mapped_the_first_time_and_not_asked_the_second(
    sit_down: SitsDown, tmp_path: Path
):
    file = tmp_path / "drifted.csv"
    text = (REGISTERS / "ofsted_2021.csv").read_bytes()
    file.write_bytes(text.replace(b"Provider URN", b"Reference").replace(b"Provider type", b"Sort"))
    desk = sit_down("coordinator")
    choose(desk, file)
    expect(desk.get_by_role("heading", name="Say what the columns mean")).to_be_visible()
    expect(desk.get_by_role("alert")).to_contain_text("no column for URN and Provider type")
    look_at(desk)
    desk.get_by_label("URN", exact=True).select_option(label="Reference")
    desk.get_by_label("Provider type").select_option(label="Sort")
    desk.get_by_role("button", name="Keep these columns").click()
    expect(desk.get_by_text("The columns are kept. Choose the file again.")).to_be_visible()

    choose(desk, file)
    expect(desk.get_by_text("Nothing is changed yet")).to_be_visible()
    desk.get_by_role("button", name="Apply all of it").click()
    expect(desk.get_by_text("The import is applied")).to_be_visible()

    choose(desk, file)
    expect(desk.get_by_text("There is nothing to change")).to_be_visible()


def choose(desk: Page, file: Path) -> None:
    desk.goto("/admin/register/")
    desk.get_by_label("File", exact=True).set_input_files(file)
    desk.get_by_label("Local authorities").fill("Wensmere")
    desk.get_by_role("button", name="See what would change").click()


def look_at(page: Page) -> None:
    assert not faults_of(page)
    page.set_viewport_size({"width": DESKTOP, "height": 800})
