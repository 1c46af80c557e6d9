"""The figures of a cycle: what came back, of what was due, and how it is rated."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.lifecycle import NOT_DUE, RETURNED, State
from audit_app.core.summary import Count, Returned, count, headline
from audit_app.core.summing_up import summarise

SECTIONS = [("1", "Records"), ("2", "Leadership")]
AREAS = [("transfer", "Transfer of safeguarding records")]


def row(organisation: str = "The Nest", **values: Any) -> Returned:
    given_values: dict[str, Any] = {
        "return_id": organisation,
        "organisation": organisation,
        "kind": "Group setting",
        "locality": "East",
        "state": State.SUBMITTED,
        "was_on_time": True,
        "overall": "green",
        "sections": {"1": "green", "2": "green"},
        "areas": {"transfer": "green"},
        "is_validated": False,
    }
    return Returned(**{**given_values, **values})


def overall(*ratings: str | None) -> Count:
    return summarise([row(overall=one) for one in ratings], sections=[], areas=[]).overall.counted


def test_both_denominators_are_always_there() -> None:
    rows = [
        row("A", overall="red"),
        row("B", overall="green", state=State.VALIDATED, is_validated=True),
        row("C", state=State.IN_PROGRESS, overall=None),
        row("D", state=State.CLOSED_UNRETURNED, overall=None, was_on_time=False),
        row("E", state=State.EXEMPT, overall=None),
    ]
    summary = summarise(rows, sections=SECTIONS, areas=AREAS)
    done = summary.completion
    assert (done.returned, done.due, done.exempt, done.validated) == (2, 4, 1, 1)
    assert (done.on_time, done.share) == (2, "50.0")
    assert done.states[State.EXEMPT] == done.states[State.IN_PROGRESS] == 1
    counted = summary.overall.counted
    assert counted == (1, 0, 1, 0, 2)
    assert counted.rated == 2
    assert sum(counted) == done.due
    assert [one.organisation for one in summary.rows] == ["A", "B"]
    assert [one.organisation for one in summary.not_returned] == ["C", "D"]


STATES = st.sampled_from(list(State))
RATINGS = st.sampled_from(["red", "amber", "green", "not_applicable", None])
ROWS = st.lists(
    st.builds(
        row,
        organisation=st.sampled_from("ABCDEFG"),
        state=STATES,
        overall=RATINGS,
        locality=st.sampled_from(["East", "West"]),
        kind=st.sampled_from(["Group setting", "Childminder"]),
        sections=st.fixed_dictionaries({"1": RATINGS, "2": RATINGS}),
        areas=st.fixed_dictionaries({"transfer": RATINGS}),
    ),
    max_size=12,
)


@given(ROWS)
def test_what_did_not_come_back_is_never_coloured(rows: list[Returned]) -> None:
    summary = summarise(rows, sections=SECTIONS, areas=AREAS, last=rows)
    returned = [one for one in rows if one.state in RETURNED]
    out = [one for one in rows if one.state not in RETURNED | NOT_DUE]
    lines = [summary.overall, *summary.sections, *summary.areas]
    for line in lines:
        assert line.counted.not_returned == len(out)
        assert line.counted.rated + line.counted.not_applicable == len(returned)
        assert line.last in (None, line.counted)
    assert summary.overall.counted.red == sum(one.overall == "red" for one in returned)
    assert sorted(map(repr, summary.not_returned)) == sorted(map(repr, out))
    if not returned:
        assert headline(summary) == f"Nothing can be said yet: 0 of {len(out)} returned"


@given(ROWS)
def test_localities_and_kinds_add_up_to_the_whole(rows: list[Returned]) -> None:
    summary = summarise(rows, sections=SECTIONS, areas=AREAS)
    for parts in (
        [line.counted for _, _, line, _ in summary.localities],
        [line.counted for _, _, line in summary.kinds],
    ):
        whole = Count(*(sum(part[place] for part in parts) for place in range(5)))
        assert whole == summary.overall.counted
    areas = [lines[0].counted for *_, lines in summary.localities]
    assert sum(one.red for one in areas) == summary.areas[0].counted.red


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows: list[Returned], dice: Any) -> None:
    mixed = list(rows)
    dice.shuffle(mixed)
    one, other = (summarise(some, sections=SECTIONS, areas=AREAS) for some in (rows, mixed))
    assert (one.completion, one.overall, one.sections, one.areas) == (
        other.completion,
        other.overall,
        other.sections,
        other.areas,
    )


def test_shares_are_of_those_rated_and_add_up() -> None:
    counted = Count(red=1, amber=3, green=3, not_applicable=5, not_returned=8)
    assert counted.shares == (14, 43, 43)
    assert counted.green_share == "42.8"
    assert Count(0, 0, 0, 2, 3).shares == (0, 0, 0)
    assert Count(0, 0, 0, 2, 3).green_share is None


def test_the_worst_colour_is_one_that_somebody_has() -> None:
    assert overall("green", "amber").worst == "amber"
    assert overall("green", "not_applicable", None).worst == "green"
    assert overall("not_applicable").worst is None


def test_the_worst_returns_stand_first() -> None:
    rows = [
        row("A", overall="green"),
        row("B", overall="red"),
        row("C", overall="red", sections={"1": "red", "2": "red"}),
        row("D", overall="amber"),
        row("E", overall=None),
    ]
    summary = summarise(rows, sections=SECTIONS, areas=AREAS)
    assert [one.organisation for one in summary.rows] == ["C", "B", "D", "A", "E"]


def test_the_headline_says_the_commonest_rating_and_what_is_red() -> None:
    rows = [
        row("A", overall="amber", areas={"transfer": "red"}),
        row("B", overall="amber"),
        row("C", overall="green"),
        row("D", state=State.NOT_STARTED, overall=None, areas={}),
    ]
    said = headline(summarise(rows, sections=SECTIONS, areas=AREAS))
    assert said == (
        "Arrangements are mostly Amber: 3 of 4 returned; "
        "Red in transfer of safeguarding records for 1 of 3"
    )


@pytest.mark.parametrize(
    ("ratings", "word"),
    [
        (("green", "amber"), "Amber"),
        (("green", "red"), "Red"),
        (("green", "green", "red", "red", "amber"), "Red"),
        (("green", "green", "red"), "Green"),
    ],
)
def test_where_two_ratings_are_as_common_the_headline_says_the_worse(
    ratings: tuple[str, ...], word: str
) -> None:
    summary = summarise([row(overall=one) for one in ratings], sections=[], areas=[])
    assert headline(summary).startswith(f"Arrangements are mostly {word}: ")


def test_last_cycle_stands_beside_only_what_both_cycles_have() -> None:
    last = [row("A", overall="red", sections={"1": "red"}, areas={})]
    summary = summarise([row("A")], sections=SECTIONS, areas=AREAS, last=last)
    assert summary.overall.last == Count(1, 0, 0, 0, 0)
    assert summary.sections[0].last == Count(1, 0, 0, 0, 0)
    assert summary.sections[1].last is summary.areas[0].last is None
    assert summary.last_completion is not None
    assert summary.last_completion.returned == 1


def test_a_rating_of_what_was_withdrawn_does_not_make_last_cycle_comparable() -> None:
    last = [row("A", overall="red", state=State.IN_PROGRESS)]
    assert summarise([row("A")], sections=[], areas=[], last=last).overall.last is None


def test_counting_takes_whatever_rows_it_is_given() -> None:
    rows = [row(overall="red"), row(overall="red", state=State.AWAITING_SIGN_OFF)]
    assert count(rows, lambda one: one.overall) == Count(1, 0, 0, 0, 1)
