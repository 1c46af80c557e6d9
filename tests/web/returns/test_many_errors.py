"""Many errors at once: few lines above the first field, and every one beside its own."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.pages import title_of, token_of, words_of
from tests.web.returns.desk import VERSION, Desk

TOGETHER = (
    Path(__file__).parents[2] / "questionnaires" / "several_questions_on_a_page.yaml"
).read_text()
SUMMARY = re.compile(r'<div class="govuk-error-summary".*?</ul>', re.DOTALL)
LINE = re.compile(r'<li>\s*<a href="#([^"]+)">(.*?)</a>\s*</li>', re.DOTALL)
SENT_ANYWAY = re.compile(r'name="([\d.]+:(?:version|unseen))" value="(\w*)"')

FIVE_ROWS: dict[str, str] = {f"cell-{row}-full_name": f"Person {row}" for row in range(5)}
"""People of whom neither role nor course is given: ten cells are at fault."""


def summary_of(page: TestResponse) -> list[tuple[str, str]]:
    """Give the lines of the error summary, each with the id that it leads to."""
    found = SUMMARY.search(page.text)
    assert found is not None, "there is no error summary"
    return LINE.findall(found[0])


def leads_to_inputs(page: TestResponse, lines: list[tuple[str, str]]) -> bool:
    """Say whether each line leads to an input or a choice that is on the page."""
    fields = r'<(?:input|select|textarea)[^>]*\bid="{}"'
    return all(re.search(fields.format(re.escape(href)), page.text) for href, _ in lines)


def saved_by_itself(desk: Desk, question_id: str, fields: dict[str, Any]) -> Any:
    page = desk.question(question_id)
    found = VERSION.search(page.text)
    assert found is not None
    sent = {"csrf_token": token_of(page), "version": found[1], "go": "continue", **fields}
    address = desk.address(f"/questions/{question_id}")
    return desk.browser.post(address, data=sent, headers={"Accept": "application/json"}).get_json()


def test_ten_cells_at_fault_are_two_lines_and_each_says_its_own(desk: Desk):
    page = desk.save("3.3", **FIVE_ROWS)

    assert page.status_code == 422
    assert title_of(page).startswith("Error: ")
    lines = summary_of(page)
    assert [text for _, text in lines] == [
        "Person 1 to 5, role: choose one",
        "Person 1 to 5, trained on: enter a date",
    ]
    assert [href for href, _ in lines] == ["cell-0-role", "cell-0-trained_on-day"]
    assert leads_to_inputs(page, lines)
    for row in range(5):
        for cell in ("role", "trained_on"):
            assert f'id="cell-{row}-{cell}-error"' in page.text
    assert page.text.count("Error:</span> Choose one") == 5


def test_rows_that_are_named_are_told_by_their_names(desk: Desk):
    cells = {
        f"cell-{row}-{column}": "some"
        for row in ("under_2", "aged_2", "aged_3_4")
        for column in ("on_roll", "helped")
    }
    page = desk.save("3.2", **{k: v for k, v in cells.items() if k in desk.question("3.2").text})
    lines = summary_of(page)
    assert len(lines) <= 4
    assert leads_to_inputs(page, lines)


def test_what_the_page_saves_by_itself_is_told_in_as_few_lines(desk: Desk):
    told = saved_by_itself(desk, "3.3", FIVE_ROWS)

    assert told["state"] == "draft"
    assert [one["text"] for one in told["problems"]] == [
        "Person 1 to 5, role: choose one",
        "Person 1 to 5, trained on: enter a date",
    ]
    assert told["problems"][0]["href"] == "#cell-0-role"


def test_what_is_kept_and_does_not_count_is_told_in_as_few_lines(desk: Desk):
    desk.save("3.3", **FIVE_ROWS)
    page = desk.question("3.3")
    assert "Person 1 to 5, role: choose one" in words_of(page)
    assert page.text.count('href="#cell-') == 2


@pytest.fixture
def several(desk_for: Callable[[str], Desk]) -> Desk:
    """Let the lead sit before a page of several questions."""
    return desk_for(TOGETHER)


def test_a_page_of_several_questions_says_few_lines_for_many_errors(several: Desk):
    page = several.open("/together/1.1")
    fields = {
        "1.1:answer": "nobody",
        "1.3:answer": "many",
        "1.4:date-day": "x",
        "1.5:x": "many",
        "1.5:y": "more",
        "1.3:commentary": "x" * 10_001,
        "1.1:commentary": "x" * 10_001,
        "1.5:commentary": "x" * 10_001,
    }
    sent = {"csrf_token": token_of(page), **dict(SENT_ANYWAY.findall(page.text)), **fields}
    again = several.browser.post(several.address("/together/1.1"), data=sent)

    assert again.status_code == 422
    lines = summary_of(again)
    assert len(lines) == 4
    assert {href.partition(":")[0] for href, _ in lines} == {"1.1", "1.3", "1.4", "1.5"}
    assert leads_to_inputs(again, lines)
    (last,) = [text for href, text in lines if href.startswith("1.5")]
    assert "enter a number" in last
    assert "10,001 characters" in last
