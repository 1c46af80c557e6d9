"""Filling a return in offline: the spreadsheet downloaded, typed in, looked at and saved."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of
from tests.journeys.places import Ids

pytestmark = pytest.mark.xdist_group("browser-2")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_return_is_filled_in_offline_and_brought_back(
    sit_down: SitsDown, ids: Ids, tmp_path: Path, script: bool
):
    page = sit_down("lead", width=PHONE, script=script)
    page.goto(f"/returns/{ids.now}")
    page.get_by_role("link", name="Fill it in offline").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the spreadsheet").click()
    file = tmp_path / "return.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    row = next(row for row in book["Answers"].iter_rows(min_row=2) if row[0].value == "2.4")
    row[5].value = " yes "
    book.save(file)

    page.get_by_label("The spreadsheet, filled in").set_input_files(file)
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_text("1 answer would change")).to_be_visible()
    expect(page.get_by_label("2.4")).to_be_checked()
    assert not script or not faults_of(page)
    page.get_by_role("button", name="Save the answers that are ticked").click()
    expect(page.get_by_text("1 answer was saved")).to_be_visible()
    assert not script or not faults_of(page)
