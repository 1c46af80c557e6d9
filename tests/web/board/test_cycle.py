"""The board reads the figures of a cycle, and they are what the returns say."""

import re

import pytest

from tests.builders import make_cycle, make_holding, make_partnership, make_person
from tests.web.board.county import CHILDMINDERS, TEXT, add
from tests.web.pages import words_of


def page(browser, county):
    found = browser.get(f"/board/cycles/{county.cycle.id}")
    assert found.status_code == 200
    return found


def titles(found):
    """Give what each bar says in words."""
    return [re.sub(r"\s+", " ", title) for title in re.findall(r"<title>(.*?)</title>", found.text)]


def test_the_first_line_is_a_sentence(board_member, county):
    words = words_of(page(board_member, county))
    sentence = "Arrangements are mostly Amber: 4 of 6 returned"
    assert words.index(sentence) < words.index("4 of 6 returned", words.index(sentence) + 50)
    assert words.index("Small audit 2026") < words.index(sentence)


def test_key_figures_are_given_with_what_they_are_of(board_member, county):
    words = words_of(page(board_member, county))
    assert "4 of 6 returned 66.6&nbsp;%; last cycle 100.0&nbsp;%; 1 exempt, not due" in words
    assert "3 of 4 returned on time 75.0&nbsp;% of those returned" in words
    assert "1 of 4 Green overall 25.0&nbsp;% of those rated; 16.6&nbsp;% of those due" in words
    assert "1 of 4 validated by moderators 25.0&nbsp;%" in words


def test_each_bar_counts_the_returns_by_their_rating(board_member, county):
    said = titles(page(board_member, county))
    assert "Overall: 1 Red, 2 Amber, 1 Green, of 4" in said
    assert "Record keeping: 1 Red, 1 Amber, 2 Green, of 4" in said
    assert "Records that move: 1 Amber, 2 Green, 1 not applicable, of 4" in said
    assert "Passing records on: 1 Red, 1 Amber, 2 Green, of 4" in said


def test_the_last_cycle_stands_beside_this_one(board_member, county):
    found = page(board_member, county)
    assert "Record keeping, 2025: 2 Green, of 2" in titles(found)
    words = words_of(found)
    assert "Green 50.0&nbsp;% in 2025 100.0&nbsp;%" in words


def test_without_a_last_cycle_nothing_stands_beside(records, sign_in, county):
    member = sign_in(make_person(records, role="board_member", at=county.partnership))
    words = words_of(member.get(f"/board/cycles/{county.last.id}"))
    assert "Record keeping" in words
    assert "thin bar" not in words


def test_the_weakest_section_comes_first(board_member, county):
    words = words_of(page(board_member, county))
    assert words.index("1 Record keeping") < words.index("2 Records that move")


def test_the_weakest_locality_of_a_priority_area_is_named(board_member, county):
    assert "North is the weakest: Red for 1 of 3 rated." in words_of(page(board_member, county))


def test_localities_and_kinds_are_given_with_how_many_came(board_member, county):
    found = page(board_member, county)
    said = titles(found)
    assert "North: 3 of 4 returned" in said
    assert "South: 1 of 2 returned" in said
    assert "Group setting: 3 of 3 returned" in said
    assert "Childminder: 1 of 2 returned" in said
    assert "Out-of-school club: 0 of 1 returned" in said
    assert "2 of 3 (66.6&nbsp;%)" in words_of(found)


def test_who_has_not_returned_is_listed_by_name_and_state_and_in_no_colour(board_member, county):
    found = page(board_member, county)
    words = words_of(found)
    assert "Not returned: 2 of 6" in words
    assert "Dogwood Club Out-of-school club South In progress" in words
    listed = found.text.split('id="not-returned"')[1].split('id="how-to-read"')[0]
    assert "app-rag" not in listed
    assert "app-bar__part" not in listed
    assert "Elder Nursery" not in found.text


def test_a_return_that_has_not_come_is_in_no_bar(board_member, county):
    for said in titles(page(board_member, county)):
        assert "not returned" not in said.lower()


def test_the_same_figures_stand_as_numbers_with_those_due(board_member, county):
    words = words_of(page(board_member, county))
    assert "1 Record keeping 1 1 2 0 2 50.0&nbsp;% 33.3&nbsp;% 0 0 2 100.0&nbsp;%" in words


def test_a_board_member_does_not_read_the_name_of_a_home(board_member, county):
    found = page(board_member, county)
    for name in CHILDMINDERS:
        assert name not in found.text
    assert re.search(
        r"Childminder [12], North locality Childminder North Not started", words_of(found)
    )


def test_the_coordinator_reads_every_name(coordinator, county):
    assert "Wilf Sandbank Childminder North Not started" in words_of(page(coordinator, county))


def test_a_moderator_of_one_locality_on_the_board_reads_no_names_of_homes(records, sign_in, county):
    person = make_person(records, role="board_member", at=county.partnership)
    make_holding(records, person, role="moderator", at=county.north)
    assert "Wilf Sandbank" not in page(sign_in(person), county).text


def test_before_anything_has_come_nothing_is_claimed(records, sign_in, county):
    empty = make_cycle(records, partnership=county.partnership, text=TEXT, title="Next audit")
    add(
        records,
        county._replace(cycle=empty),
        "Fir Nursery",
        county.north,
        None,
        state="not_started",
    )
    member = sign_in(make_person(records, role="board_member", at=county.partnership))
    words = words_of(member.get(f"/board/cycles/{empty.id}"))
    assert "Nothing can be said yet: 0 of 1 returned." in words
    assert "Green overall" not in words
    assert "Not returned: 1 of 1" in words


@pytest.mark.parametrize("part", ["", "/grid", "/report.pdf"])
@pytest.mark.parametrize(
    "role",
    ["board_member", "coordinator", "moderator", "designated_lead", "contributor", "signatory"],
)
def test_the_cycle_of_another_partnership_does_not_exist(records, sign_in, county, role, part):
    stranger = make_person(records, role=role)
    assert sign_in(stranger).get(f"/board/cycles/{county.cycle.id}{part}").status_code == 404


@pytest.mark.parametrize("part", ["", "/grid", "/report.pdf"])
def test_serving_on_another_board_opens_nothing_to_a_moderator_here(records, sign_in, county, part):
    person = make_person(records, role="board_member", at=make_partnership(records))
    make_holding(records, person, role="moderator", at=county.partnership)
    assert sign_in(person).get(f"/board/cycles/{county.cycle.id}{part}").status_code == 404


@pytest.mark.parametrize("role", ["designated_lead", "contributor", "signatory"])
def test_the_boards_pages_are_not_for_settings(records, sign_in, county, role):
    assert sign_in(make_person(records, role=role)).get("/board/").status_code == 404
