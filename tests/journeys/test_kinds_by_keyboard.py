"""Every kind of question is answered, and evidence added, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answering import typed_in
from tests.journeys.answers import Fields, group_answers
from tests.journeys.conftest import SitsDown
from tests.journeys.keys import press_through, tab_to
from tests.journeys.places import Ids

pytestmark = pytest.mark.xdist_group("browser-1")

KINDS = {
    "rows that the author named": "1.2",
    "a date": "2.3",
    "several choices": "2.5",
    "x of y": "6.2",
    "words": "6.7",
    "a declaration": "12.3",
}
"""A question of each kind that `test_by_keyboard` does not answer."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_question_is_answered(kind: str, sit_down: SitsDown, ids: Ids):
    question = KINDS[kind]
    given = group_answers().get(question, {"answer": "A relative helps."})
    fields: Fields = {name: value for name, value in given.items() if name != "commentary"}
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}/questions/{question}")
    for name, value in fields.items():
        _enter(page, name, value)
    press_through(page, "Save and continue")
    page.wait_for_url(lambda address: not address.endswith(f"/questions/{question}"))
    page.goto(f"/returns/{ids.now}/questions/{question}")
    for name, value in fields.items():
        assert typed_in(page, name) == (value[0] if isinstance(value, list) else value)


def test_evidence_is_cited(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead")
    page.goto(f"/returns/{ids.now}/questions/1.1")
    press_through(page, "Save, and add evidence")
    page.wait_for_url("**/evidence")
    tab_to(page, name="Title")
    tab_to(page, name="Title")
    page.keyboard.type("Training log")
    tab_to(page, field="where")
    page.keyboard.type("Blue folder")
    press_through(page, "Add where it is")
    expect(page.get_by_role("main")).to_contain_text("To be found: Blue folder")


def _enter(page: Page, name: str, value: str | list[str]) -> None:
    """Reach a field by Tab and fill it in as its kind is filled in without a mouse."""
    if isinstance(value, list):
        for one in value:
            tab_to(page, field=name)
            while page.evaluate("document.activeElement.value") != one:
                tab_to(page, field=name)
            page.keyboard.press("Space")
        return
    tab_to(page, field=name)
    page.keyboard.type(value)
