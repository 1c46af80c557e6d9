"""An answer that another has hidden is kept, and said to be: at once, and where it is listed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.pages import words_of
from tests.web.returns.desk import Desk
from tests.web.returns.open_page import OpenPage

TEXT = (
    Path(__file__).parents[2] / "questionnaires" / "each_answer_opens_the_next.yaml"
).read_text()
SAID = (
    "1.2 is not asked now, because of your answer to 1.1. "
    "The answer there is kept, and does not count."
)
BOTH = (
    "1.2 and 1.3 are not asked now, because of your answer to 1.1. "
    "The answers there are kept, and do not count."
)


@pytest.fixture
def desk(desk_for: Callable[[str], Desk]) -> Desk:
    found = desk_for(TEXT)
    for name in ("1.1", "1.2"):
        found.save(name, answer="yes")
    return found


def test_the_next_page_says_which_answer_is_kept_and_not_counted(desk: Desk):
    sent = desk.save("1.1", answer="no")
    assert SAID in words_of(desk.browser.get(sent.location))


def test_every_answer_behind_the_one_that_changed_is_named(desk: Desk):
    desk.save("1.3", answer="yes")
    sent = desk.save("1.1", answer="no")
    assert BOTH in words_of(desk.browser.get(sent.location))


def test_a_page_that_saves_by_itself_is_told_so_too_and_the_next_page_says_it(desk: Desk):
    page = OpenPage(desk, "1.1")
    told = page.saves(answer="no").json["said"]
    assert told.startswith("Saved ")
    assert told.endswith(SAID)
    sent = desk.save("1.1", answer="no")
    assert SAID in words_of(desk.browser.get(sent.location))


def test_an_answer_that_hides_nothing_says_nothing(desk: Desk):
    assert "kept" not in OpenPage(desk, "1.1").saves(answer="yes").json["said"]
    assert "kept" not in OpenPage(desk, "1.2").saves(answer="no").json["said"]


@pytest.mark.parametrize("page", ["/sections/1", "/check"])
def test_it_is_listed_with_its_reason_and_both_ways_to_go(desk: Desk, page: str):
    assert "kept, and not counted" not in words_of(desk.open(page))
    desk.save("1.1", answer="no")
    found = desk.open(page)
    words = words_of(found)
    assert "One answer is kept, and not counted" in words
    assert "1.2 Are they trained? Yes Not asked, because of your answer to 1.1" in words
    for name in ("1.1", "1.2"):
        assert f'href="{desk.address(f"/questions/{name}")}"' in found.text
    assert "The answer saved here is kept" in words_of(desk.question("1.2"))


def test_it_counts_again_and_is_listed_no_longer_when_it_is_asked(desk: Desk):
    desk.save("1.1", answer="no")
    desk.save("1.1", answer="yes")
    assert "kept, and not counted" not in words_of(desk.open("/check"))
    assert "1.2 Are they trained? Answered" in words_of(desk.open("/sections/1"))
