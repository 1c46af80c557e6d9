"""The grid shows every organisation and section, filtered and ordered as wished."""

import re

import pytest

from tests.builders import make_person
from tests.web.board.county import CHILDMINDERS, add
from tests.web.pages import words_of


def grid(browser, county, query=""):
    found = browser.get(f"/board/cycles/{county.cycle.id}/grid{query}")
    assert found.status_code == 200
    return found


def body(found):
    return found.text.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in found.text else ""


def names(found):
    """Give the names down the side, in their order."""
    heads = re.findall(r'app-heat-map__row">(.*?)</th>', body(found), re.S)
    return [re.sub(r"<span.*|<[^>]+>", "", head).strip() for head in heads]


def cells(found, name):
    """Give the ratings of one organisation, from left to right."""
    row = next(row for row in body(found).split("<tr>") if name in row)
    return re.findall(r"app-rag-cell app-rag--(\w+)", row)


def totals(found, word):
    foot = found.text.split("<tfoot>")[1]
    row = next(row for row in foot.split("<tr>") if f">{word}</th>" in row)
    return [int(number) for number in re.findall(r"<td>(\d+)</td>", row)]


def test_the_weakest_stand_first_and_what_has_not_come_stands_last(coordinator, county):
    assert names(grid(coordinator, county)) == [
        "Ash Nursery",
        "Cedar Nursery",
        "Nora Plumtree",
        "Birch Nursery",
        "Dogwood Club",
        "Wilf Sandbank",
    ]


def test_each_cell_is_the_rating_that_stands(coordinator, county):
    found = grid(coordinator, county)
    assert cells(found, "Ash Nursery") == ["red", "red", "red", "green"]
    assert cells(found, "Cedar Nursery") == ["amber", "green", "green", "amber"]


def test_a_section_that_was_not_rated_is_not_applicable_and_not_green(coordinator, county):
    assert cells(grid(coordinator, county), "Nora Plumtree")[-1] == "not_applicable"


def test_what_has_not_come_has_no_colour(board_member, county):
    assert cells(grid(board_member, county), "Dogwood Club") == ["no_return"] * 4


def test_a_validated_return_carries_a_tick(coordinator, county):
    found = grid(coordinator, county)
    row = next(row for row in body(found).split("<tr>") if "Birch Nursery" in row)
    assert row.count(", validated</span>") == 4
    assert body(found).count(", validated</span>") == 4


def test_the_foot_adds_up_the_columns(coordinator, county):
    found = grid(coordinator, county)
    assert totals(found, "Red") == [1, 1, 1, 0]
    assert totals(found, "Amber") == [2, 1, 1, 1]
    assert totals(found, "Green") == [1, 2, 2, 2]
    assert totals(found, "Not applicable") == [0, 0, 0, 1]
    assert totals(found, "Not returned") == [2, 2, 2, 2]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?rating=red", ["Ash Nursery"]),
        ("?rating=amber", ["Cedar Nursery", "Nora Plumtree"]),
        ("?rating=not_returned", ["Dogwood Club", "Wilf Sandbank"]),
        ("?rating=green&part=1", ["Cedar Nursery", "Birch Nursery"]),
        ("?rating=not_applicable&part=2", ["Nora Plumtree"]),
        ("?rating=red&part=transfer", ["Ash Nursery"]),
        ("?locality=South", ["Cedar Nursery", "Dogwood Club"]),
        ("?kind=Childminder", ["Nora Plumtree", "Wilf Sandbank"]),
        ("?kind=Childminder&locality=South", []),
        ("?locality=South&rating=amber", ["Cedar Nursery"]),
    ],
)
def test_a_filter_keeps_what_it_names_and_nothing_else(coordinator, county, query, left):
    assert names(grid(coordinator, county, query)) == left


def test_the_totals_are_of_what_is_shown(coordinator, county):
    found = grid(coordinator, county, "?locality=South")
    assert totals(found, "Amber") == [1, 0, 0, 1]
    assert totals(found, "Not returned") == [1, 1, 1, 1]


def test_rows_stand_by_name_or_by_locality_where_that_is_wished(coordinator, county):
    by_name = names(grid(coordinator, county, "?order=name"))
    assert by_name == sorted(by_name)
    by_locality = names(grid(coordinator, county, "?order=locality"))
    assert by_locality[:3] == ["Ash Nursery", "Nora Plumtree", "Birch Nursery"]


def test_ordering_by_a_part_begins_with_its_weakest(coordinator, county):
    assert names(grid(coordinator, county, "?part=2"))[0] == "Cedar Nursery"


@pytest.mark.parametrize(
    "query",
    [
        "?order=banana",
        "?rating=blue",
        "?locality=West",
        "?kind=x",
        "?part=9",
        "?page=-1",
        "?page=99999999999",
        "?page=²",
        "?rating=red%00",
    ],
)
def test_a_word_that_is_not_on_offer_chooses_nothing(coordinator, county, query):
    assert len(names(grid(coordinator, county, query))) == 6


def test_what_was_chosen_stays_chosen_in_the_form(board_member, county):
    text = grid(board_member, county, "?locality=South&rating=amber").text
    assert '<option value="South" selected>' in text
    assert '<option value="amber" selected>' in text


def test_a_board_member_reads_no_name_of_a_home_in_any_order(board_member, county):
    for query in ("", "?order=name", "?order=locality", "?kind=Childminder"):
        text = grid(board_member, county, query).text
        assert not any(name in text for name in CHILDMINDERS)
    shown = names(grid(board_member, county, "?kind=Childminder&order=name"))
    assert shown == ["Childminder 1, North locality", "Childminder 2, North locality"]


def test_a_home_has_one_neutral_name_on_every_page(board_member, county):
    missing = names(grid(board_member, county, "?kind=Childminder&rating=not_returned"))
    summary = words_of(board_member.get(f"/board/cycles/{county.cycle.id}"))
    assert f"{missing[0]} Childminder North Not started" in summary


def test_returns_are_linked_only_for_those_who_may_read_them(board_member, coordinator, county):
    assert "/returns/" not in body(grid(board_member, county))
    assert body(grid(coordinator, county)).count("/read") == 4


def test_a_great_county_comes_in_pages_and_its_totals_are_of_all(records, sign_in, county):
    for number in range(1, 231):
        add(records, county, f"Nursery {number}", county.south, ("green",) * 4)
    browser = sign_in(make_person(records, role="coordinator", at=county.partnership))
    first, second = (grid(browser, county, f"?page={page}") for page in (1, 2))
    assert (len(names(first)), len(names(second))) == (200, 36)
    assert not set(names(first)) & set(names(second))
    assert totals(first, "Green") == totals(second, "Green") == [231, 232, 232, 232]
    assert "Page 1 of 2" in words_of(first)
    assert len(first.data) < 700_000


def test_the_pages_of_a_filtered_grid_stay_filtered(records, sign_in, county):
    for number in range(1, 211):
        add(records, county, f"Nursery {number}", county.south, ("green",) * 4)
    browser = sign_in(make_person(records, role="coordinator", at=county.partnership))
    found = grid(browser, county, "?locality=South&order=name")
    assert "?order=name&amp;locality=South&amp;page=2" in found.text
    assert names(found)[:3] == ["Cedar Nursery", "Dogwood Club", "Nursery 1"]
