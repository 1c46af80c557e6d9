"""Moderators and coordinators see the returns they look after, and no others."""

import re
from datetime import timedelta

import pytest

from audit_app.web.database import engine
from tests.builders import (
    NOW,
    make_cycle,
    make_holding,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
    make_result,
    make_return,
)
from tests.databases import statements
from tests.web.pages import words_of


@pytest.fixture
def north(records):
    return make_locality(records, name="North")


@pytest.fixture
def south(records, north):
    return make_locality(records, partnership=north.partnership, name="South")


@pytest.fixture
def cycle(records, north, south):
    """Ash and Birch came in from North and Cedar, late, from South; two are still to come."""
    cycle = make_cycle(records, partnership=north.partnership)
    add(records, cycle, "Ash Nursery", north, overall="amber", reference="SMA-2026-0101")
    add(records, cycle, "Birch Nursery", north, state="validated", overall="green", days=3)
    add(records, cycle, "Cedar Nursery", south, overall="red", due_at=NOW - timedelta(days=9))
    add(records, cycle, "Dogwood Club", south, state="in_progress")
    add(records, cycle, "Nora Plumtree", north, state="not_started", kind="childminder")
    add(records, cycle, "Elder Nursery", south, state="exempt")
    return cycle


def add(
    records,
    cycle,
    name,
    locality,
    *,
    state="submitted",
    overall=None,
    kind="group",
    days=1,
    **values,
):
    organisation = make_organisation(records, kind=kind, name=name, at=locality)
    if state in ("submitted", "validated"):
        values["submitted_at"] = NOW - timedelta(days=days)
    made = make_return(records, cycle=cycle, organisation=organisation, state=state, **values)
    if overall:
        make_result(records, made, overall=overall)
    return made


def received(found):
    """Give the names of those that came in, in their order."""
    part = found.text.split('id="received"')[1].split('id="still-to-come"')[0]
    return re.findall(r'/returns/[0-9a-f-]{36}/read">(.*?)</a>', part)


def still_to_come(found):
    part = found.text.split('id="still-to-come"')[1].split('id="exempt"')[0]
    return re.findall(r'app-table__row-header">(.*?)</th>', part)


def moderator(records, sign_in, at):
    return sign_in(make_person(records, role="moderator", at=at))


def test_returns_that_came_in_stand_with_reference_state_rating_and_day(records, sign_in, cycle):
    found = moderator(records, sign_in, cycle.partnership).get("/moderation/")
    words = words_of(found)
    assert "3 of 5 have come in." in words
    assert (
        "Ash Nursery Group setting, North SMA-2026-0101 Submitted A Amber 14 September 2026"
        in words
    )
    assert received(found)[-1] == "Birch Nursery"
    assert re.search(r"Validated G Green\s?, validated 12 September 2026", words)


def test_a_return_that_came_after_its_due_date_is_said_to_have(records, sign_in, cycle):
    words = words_of(moderator(records, sign_in, cycle.partnership).get("/moderation/"))
    assert words.count("after the due date") == 1
    assert re.search(r"Cedar Nursery .*? after the due date", words)


def test_what_is_still_to_come_is_listed_without_a_link_or_a_colour(records, sign_in, cycle):
    found = moderator(records, sign_in, cycle.partnership).get("/moderation/")
    assert still_to_come(found) == ["Dogwood Club", "Nora Plumtree"]
    part = found.text.split('id="still-to-come"')[1]
    assert "/returns/" not in part.split("</main>")[0]
    assert "app-rag" not in part


def test_the_exempt_are_not_still_to_come(records, sign_in, cycle):
    words = words_of(moderator(records, sign_in, cycle.partnership).get("/moderation/"))
    assert "Exempt: 1 Elder Nursery, Group setting, South" in words


def test_a_moderator_of_one_locality_sees_that_locality_only(records, sign_in, cycle, south):
    found = moderator(records, sign_in, south).get("/moderation/")
    assert received(found) == ["Cedar Nursery"]
    assert still_to_come(found) == ["Dogwood Club"]
    assert "1 of 2 has come in." in words_of(found)
    assert "North" not in found.text


def test_serving_on_the_board_adds_no_returns_to_a_moderators(records, sign_in, cycle, south):
    person = make_person(records, role="moderator", at=south)
    make_holding(records, person, role="board_member", at=cycle.partnership)
    found = sign_in(person).get("/moderation/")
    assert received(found) == ["Cedar Nursery"]
    assert "Nora Plumtree" not in found.text


def test_returns_of_another_partnership_are_never_listed(records, sign_in, cycle):
    stranger = moderator(records, sign_in, make_partnership(records))
    for address in ("/moderation/", f"/moderation/?cycle={cycle.id}"):
        found = stranger.get(address)
        assert "There is no cycle yet." in words_of(found)
        assert "Nursery" not in found.text


@pytest.mark.parametrize(
    ("query", "came", "missing"),
    [
        ("?state=submitted", ["Ash Nursery", "Cedar Nursery"], []),
        ("?state=validated", ["Birch Nursery"], []),
        ("?state=not_started", [], ["Nora Plumtree"]),
        ("?locality=South", ["Cedar Nursery"], ["Dogwood Club"]),
        ("?locality=South&state=in_progress", [], ["Dogwood Club"]),
        ("?locality=North&state=validated", ["Birch Nursery"], []),
    ],
)
def test_a_filter_keeps_what_it_names_and_nothing_else(
    records, sign_in, cycle, query, came, missing
):
    found = moderator(records, sign_in, cycle.partnership).get(f"/moderation/{query}")
    assert sorted(received(found)) == came
    assert still_to_come(found) == missing


@pytest.mark.parametrize("query", ["?state=banana", "?locality=West", "?cycle=x", "?page=0"])
def test_a_word_that_means_nothing_chooses_nothing(records, sign_in, cycle, query):
    found = moderator(records, sign_in, cycle.partnership).get(f"/moderation/{query}")
    assert len(received(found)) == 3


def test_an_earlier_cycle_can_be_chosen(records, sign_in, cycle, north):
    last = make_cycle(
        records,
        partnership=cycle.partnership,
        year=2025,
        state="closed",
        opens_at=NOW - timedelta(days=400),
        due_at=NOW - timedelta(days=365),
    )
    add(records, last, "Last Year Nursery", north, overall="green")
    browser = moderator(records, sign_in, cycle.partnership)
    assert "Last Year Nursery" not in browser.get("/moderation/").text
    assert received(browser.get(f"/moderation/?cycle={last.id}")) == ["Last Year Nursery"]


def test_nothing_received_yet_is_said_calmly(records, sign_in, north):
    cycle = make_cycle(records, partnership=north.partnership)
    add(records, cycle, "Ash Nursery", north, state="not_started")
    words = words_of(moderator(records, sign_in, north.partnership).get("/moderation/"))
    assert "0 of 1 have come in." in words
    assert "Nothing has come in yet." in words


@pytest.mark.parametrize("role", ["board_member", "designated_lead", "signatory", "contributor"])
def test_the_page_is_for_moderators_and_coordinators_only(records, sign_in, role):
    assert sign_in(make_person(records, role=role)).get("/moderation/").status_code == 404


def test_many_returns_come_in_pages(records, sign_in, cycle, north):
    for number in range(120):
        add(records, cycle, f"Nursery {number}", north, overall="green", days=5)
    browser = moderator(records, sign_in, cycle.partnership)
    first, second = browser.get("/moderation/"), browser.get("/moderation/?page=2")
    assert (len(received(first)), len(received(second))) == (100, 23)
    assert not set(received(first)) & set(received(second))


def test_the_number_of_statements_does_not_grow_with_the_returns(
    app, records, sign_in, cycle, north
):
    browser = moderator(records, sign_in, north)
    with app.app_context(), statements(engine()) as with_few:
        browser.get("/moderation/")
    for number in range(40):
        add(records, cycle, f"Nursery {number}", north, overall="red")
    records.commit()
    with app.app_context(), statements(engine()) as with_many:
        assert len(received(browser.get("/moderation/"))) == 42
    assert with_few
    assert len(with_many) == len(with_few)
