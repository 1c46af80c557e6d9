"""What each kind of question takes, what it refuses, and which part of the reply is at fault."""

from typing import Any

import pytest

from audit_app.core.checking_replies import (
    CHECKS,
    LONGEST_COMMENT,
    LONGEST_REASON,
    Context,
    check,
    check_commentary,
    check_not_applicable,
)
from audit_app.core.wording_replies import reply_words, table_rows
from tests.core.tiny import ON, tiny

EVERY = tiny("every_kind_of_question")


def checked(
    question: str, raw: Any, others: dict[str, Any] | None = None, *, kind: str = "group"
) -> tuple[Any, list[tuple[str, str]]]:
    """Check a reply and give what would be stored, and each part at fault with its message."""
    value, problems = check(EVERY.question(question), raw, Context(EVERY, kind, ON, others or {}))
    return value, [(problem.part, problem.message) for problem in problems]


def test_every_kind_of_question_is_checked_and_in_the_tiny_file() -> None:
    kinds = {type(placed.question) for placed in EVERY.placed.values()}
    assert kinds == set(CHECKS)


@pytest.mark.parametrize("question", list(EVERY.placed))
@pytest.mark.parametrize("raw", [None, "", [], {}], ids=repr)
def test_no_reply_is_no_reply_and_no_mistake(question: str, raw: Any) -> None:
    assert checked(question, raw) == (None, [])


SIGNED: list[dict[str, Any]] = [
    {"name": "Ada Invented", "role": "Lead", "date": "2026-11-20"},
    {"name": "Bo Invented", "role": "Owner", "date": {"day": "1", "month": "11", "year": "2026"}},
]
PEOPLE = [{"name": "Ada", "trained": "2026-01-05"}, {"name": "Bo", "trained": "2025-01-05"}]

TAKEN = [
    ("rating", "half", "half", "Half met"),
    ("rating", "dont_know", "dont_know", "Don’t know"),
    ("yes_partly_no", "partly", "partly", "Partly"),
    ("yes_no", "no", "no", "No"),
    ("choice", "second", "second", "The second"),
    ("choices", ["c", "a", "a"], ["a", "c"], "Apples; Cheese"),
    ("choices", ["none"], ["none"], "None at all"),
    ("number", "12", 12, "12 files"),
    ("number", 12, 12, "12 files"),
    ("number", 12.0, 12, "12 files"),
    ("number", " 12 ", 12, "12 files"),
    ("number", "+12", 12, "12 files"),
    ("number", "012", 12, "12 files"),
    ("number", "-0", 0, "0 files"),
    ("number", "12.", 12, "12 files"),
    ("decimal", "1,000", 1000, "1000"),
    ("decimal", "12,345,678.50", "12345678.5", "12345678.5"),
    ("decimal", "12.50", "12.5", "12.5"),
    ("decimal", "\u22124.25", "-4.25", "-4.25"),
    ("decimal", ".5", "0.5", "0.5"),
    ("percentage", "66.6", "66.6", "66.6 %"),
    ("percentage", " 66.6 % ", "66.6", "66.6 %"),
    ("percentage", 100, 100, "100 %"),
    ("x_of_y", {"x": "3", "y": "4"}, {"x": 3, "y": 4}, "3 of 4 (75.0 %)"),
    ("x_of_y", {"x": 0, "y": 0}, {"x": 0, "y": 0}, "0 of 0: there were none"),
    ("x_only", {"x": 3}, {"x": 3}, "3"),
    ("date", "2026-11-20", "2026-11-20", "20 November 2026"),
    ("date", {"day": "5", "month": "1", "year": "2026"}, "2026-01-05", "5 January 2026"),
    ("date", {"day": " 29 ", "month": "02", "year": 2024}, "2024-02-29", "29 February 2024"),
    ("future", "2030-01-01", "2030-01-01", "1 January 2030"),
    ("text", "  Some words. ", "Some words.", "Some words."),
    ("text", "  ", None, ""),
    ("text", "a\r\n" * 9 + "ab", "a\r\n" * 9 + "ab", "a\r\n" * 9 + "ab"),
    ("pattern", " AB1234 ", "AB1234", "AB1234"),
    ("evidence", "The policy.", "The policy.", "The policy."),
]


@pytest.mark.parametrize(("question", "raw", "stored", "words"), TAKEN)
def test_a_reply_is_taken_and_said(question: str, raw: Any, stored: Any, words: str) -> None:
    value, problems = checked(question, raw)
    assert (value, problems) == (stored, [])
    assert reply_words(EVERY.question(question), value, EVERY, {}) == words


NOT_OFFERED = [("", "Choose one of the answers on offer")]
NO_NUMBER = [("", "Enter a number, like 12")]
NOT_REAL = [("day", "Enter a real date, like 27 3 2026")]

REFUSED = [
    ("rating", "green", [("", "Choose one of the ratings: Fully met, Half met, Not met at all")]),
    ("rating", 3, [("", "Choose one of the ratings: Fully met, Half met, Not met at all")]),
    ("yes_partly_no", "maybe", NOT_OFFERED),
    ("yes_partly_no", "dont_know", [("", "“Don't know” is not an answer to this question")]),
    ("yes_no", "partly", NOT_OFFERED),
    ("yes_no", True, NOT_OFFERED),
    ("choice", "third", NOT_OFFERED),
    ("choice", ["first"], NOT_OFFERED),
    ("choices", "a", [("", "Choose from the answers on offer")]),
    ("choices", ["d"], [("", "Choose from the answers on offer")]),
    ("choices", [["a"]], [("", "Choose from the answers on offer")]),
    (
        "choices",
        ["none", "a"],
        [("", "Choose either “None at all” or the answers that apply")],
    ),
    ("number", "many", NO_NUMBER),
    ("number", "1e9", NO_NUMBER),
    ("number", "NaN", NO_NUMBER),
    ("number", "Infinity", NO_NUMBER),
    ("number", "１２", NO_NUMBER),
    ("number", "2,5", NO_NUMBER),
    ("number", "1,0,0", NO_NUMBER),
    ("number", "1_000", NO_NUMBER),
    ("number", "1 000", NO_NUMBER),
    ("number", "0x1F", NO_NUMBER),
    ("number", ".", NO_NUMBER),
    ("number", "-", NO_NUMBER),
    ("number", True, NO_NUMBER),
    ("number", [12], NO_NUMBER),
    ("number", float("nan"), NO_NUMBER),
    ("number", float("inf"), NO_NUMBER),
    ("number", 1e22, NO_NUMBER),
    ("number", "1" * 41, NO_NUMBER),
    ("number", "1" * 13, [("", "This number is too large")]),
    ("number", "12.5", [("", "Enter a whole number")]),
    ("number", "-1", [("", "Enter 0 or more")]),
    ("number", "501", [("", "Enter 500 or less")]),
    ("decimal", "1.234", [("", "Enter at most 2 decimal places")]),
    ("decimal", "-5.01", [("", "Enter -5 or more")]),
    ("percentage", "100.1", [("", "Enter 100 or less")]),
    ("percentage", "6%6", NO_NUMBER),
    ("x_of_y", {"x": 21, "y": 20}, [("x", "21 is more than the 20 it is out of")]),
    ("x_of_y", {"x": 3}, [("y", "DSL files due: enter a number")]),
    ("x_of_y", {"x": "", "y": 3}, [("x", "Sent: enter a number")]),
    (
        "x_of_y",
        {"x": "-1", "y": "some"},
        [("x", "Sent: enter 0 or more"), ("y", "DSL files due: enter a number, like 12")],
    ),
    ("x_of_y", 3, [("x", "Enter two whole numbers")]),
    ("x_of_y", {"x": 1, "z": 3}, [("x", "Enter two whole numbers")]),
    ("date", "2026-11-21", [("day", "The date must be today or in the past")]),
    ("date", "2027-11-20", [("day", "The date must be today or in the past")]),
    ("date", "2026-02-30", NOT_REAL),
    ("date", "yesterday", NOT_REAL),
    ("date", 20261120, NOT_REAL),
    ("date", {"day": 30, "month": 2, "year": 2026}, NOT_REAL),
    ("date", {"day": 1, "month": 13, "year": 2026}, NOT_REAL),
    ("date", {"day": 1, "year": 2026}, [("month", "The date must include a month")]),
    ("date", {"day": 1, "month": "May", "year": 2026}, [("month", "The month must be a number")]),
    ("date", {"day": "１", "month": 5, "year": 2026}, [("day", "The day must be a number")]),
    ("date", {"day": 1, "month": 5, "year": 26}, [("year", "Write the year in full, like 2026")]),
    ("date", "1899-12-31", [("year", "The year must be 1900 or later")]),
    ("text", "x" * 21, [("", "Your answer is 21 characters: shorten it to 20 or fewer")]),
    (
        "text",
        "x" * 20_000,
        [("", "Your answer is 20,000 characters: shorten it to 20 or fewer")],
    ),
    ("text", ["words"], [("", "Write your answer in words")]),
    ("text", "a\x00b", [("", "Your answer holds a character that cannot be kept")]),
    ("text", "a\ud800b", [("", "Your answer holds a character that cannot be kept")]),
    ("pattern", "AB12345", [("", "Write it like AB1234")]),
    ("evidence", 3, [("", "Say in words where the evidence is")]),
    ("evidence", "x" * 21, [("", "Your answer is 21 characters: shorten it to 20 or fewer")]),
    ("declaration", SIGNED[:1], [("0.name", "Two people must sign")]),
    ("declaration", "Ada", [("0.name", "Enter the name, role and date")]),
    (
        "declaration",
        [SIGNED[0], {"name": " ", "date": "2027-01-01"}],
        [
            ("1.name", "Enter the name"),
            ("1.role", "Enter the role"),
            ("1.day", "The date must be today or in the past"),
        ],
    ),
]


@pytest.mark.parametrize(("question", "raw", "problems"), REFUSED)
def test_a_reply_is_refused_at_the_part_at_fault(
    question: str, raw: Any, problems: list[tuple[str, str]]
) -> None:
    assert checked(question, raw) == (None, problems)


def test_a_number_of_five_thousand_digits_is_refused_unprinted() -> None:
    assert checked("number", 10**5000) == (None, [("", "This number is too large")])
    assert checked("number", "1" * 5000) == (None, NO_NUMBER)


def test_a_declaration_is_kept_as_it_was_signed() -> None:
    value, problems = checked("declaration", [{**SIGNED[0], "name": " Ada Invented "}, SIGNED[1]])
    assert problems == []
    assert value == [SIGNED[0], {**SIGNED[1], "date": "2026-11-01"}]
    assert reply_words(EVERY.question("declaration"), value, EVERY, {}) == (
        "Ada Invented, Lead, 20 November 2026; Bo Invented, Owner, 1 November 2026"
    )


def test_a_figure_is_held_against_the_one_that_was_given_elsewhere() -> None:
    others = {"x_of_y": {"x": 3, "y": 9}}
    assert checked("x_only", {"x": 3}, others) == ({"x": 3}, [])
    assert checked("x_only", {"x": 4}, others) == (
        None,
        [("x", "4 is more than the 3 it is out of")],
    )
    assert reply_words(EVERY.question("x_only"), {"x": 3}, EVERY, others) == "3 of 3 (100.0 %)"
    assert reply_words(EVERY.question("x_only"), {"x": 4}, EVERY, others) == "4 of 3"


FIXED = {
    "young": {"all": 3, "here": 2, "away": 1},
    "old": {"all": "1", "here": "0", "away": "1"},
    "both": {"all": 4, "here": 2, "away": 2},
}


def test_a_table_of_fixed_rows_is_taken_and_said() -> None:
    value, problems = checked("fixed", FIXED)
    assert problems == []
    assert value == {**FIXED, "old": {"all": 1, "here": 0, "away": 1}}
    assert table_rows(EVERY.question("fixed"), value) == [  # type: ignore[arg-type]
        ("Under 2", ["3", "2", "1"]),
        ("Over 2", ["1", "0", "1"]),
        ("Together", ["4", "2", "2"]),
    ]


def test_a_table_that_is_not_known_has_no_rows() -> None:
    question = EVERY.question("fixed")
    assert checked("fixed", "dont_know") == ("dont_know", [])
    assert table_rows(question, "dont_know") == []  # type: ignore[arg-type]
    assert reply_words(question, "dont_know", EVERY, {}) == "Don’t know"


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        (
            {"young": {"all": 9, "here": 2, "away": 1}},
            [("young.all", "Under 2, all: 9 is not the sum of here and DSLs away, which is 3")],
        ),
        (
            {"young": {"all": 1, "here": 2, "away": 1}},
            [
                ("young.all", "Under 2, all: 1 is not the sum of here and DSLs away, which is 3"),
                ("young.here", "Under 2, here: 2 is more than all (1)"),
            ],
        ),
        (
            {"both": {"all": 5, "here": 3, "away": 2}},
            [
                ("both.all", "Together, all: the rows add up to 4"),
                ("both.here", "Together, here: the rows add up to 2"),
            ],
        ),
        (
            {"old": {"all": 1, "here": 1}},
            [("old.away", "Over 2, DSLs away: enter a number, 0 if there are none")],
        ),
        (
            {"old": {"all": 60, "here": 1, "away": "59"}},
            [("old.away", "Over 2, DSLs away: enter 50 or less")],
        ),
        ({"others": {"all": 1}}, [("others", "There is no row “others”")]),
        ({"old": {"z": 1}}, [("old.z", "Over 2, there is no column “z” here")]),
    ],
)
def test_the_cells_of_a_table_are_at_fault_by_row_and_column(
    changes: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    assert checked("fixed", {**FIXED, **changes}) == (None, problems)


@pytest.mark.parametrize(
    "raw",
    [3, "rows", [FIXED], {"young": 3}, {"young": "abc"}, {"young": [{}]}],
    ids=repr,
)
def test_what_is_not_a_table_of_fixed_rows_is_refused(raw: Any) -> None:
    assert checked("fixed", raw) == (None, [("", "Fill in the rows of the table")])


@pytest.mark.parametrize("raw", [3, "rows", {"0": PEOPLE[0]}, [3], ["abc"], [[PEOPLE]]], ids=repr)
def test_what_is_not_a_table_of_added_rows_is_refused(raw: Any) -> None:
    assert checked("repeating", raw) == (None, [("", "Fill in the rows of the table")])


BLANK = {"name": " ", "trained": {"day": "", "month": "", "year": ""}, "how": None}


def test_blank_rows_are_dropped() -> None:
    value, problems = checked("repeating", [BLANK, PEOPLE[0], {}, PEOPLE[1], None])
    assert (value, problems) == (PEOPLE, [])
    assert checked("repeating", [BLANK, {}]) == (None, [])
    assert checked("fixed", {"young": {"all": "", "here": None}, "old": {}}) == (None, [])


def test_a_fault_after_a_blank_row_is_at_the_row_that_was_typed() -> None:
    _, problems = checked("repeating", [PEOPLE[0], BLANK, {"name": "Bo"}])
    assert problems == [("2.trained", "Person 3, DSL trained on: enter a date")]


def test_a_date_in_a_table_is_at_fault_by_its_own_part() -> None:
    row = {"name": "Bo", "trained": {"day": "1", "month": "", "year": "2026"}}
    assert checked("repeating", [PEOPLE[0], row])[1] == [
        ("1.trained.month", "Person 2, DSL trained on: the date must include a month")
    ]


def test_a_table_has_no_fewer_and_no_more_rows_than_it_may() -> None:
    assert checked("repeating", PEOPLE[:1])[1] == [("", "Fill in at least 2: 1 given")]
    assert checked("repeating", PEOPLE * 2)[1] == [("", "Fill in at most 3: 4 given")]


def test_a_column_is_taken_only_from_those_who_are_asked_it() -> None:
    unasked = [("0.trained", "Person 1, there is no column “trained” here")]
    rows: list[dict[str, Any]] = [{"name": "Ada"}, {"name": "Bo"}]
    assert checked("repeating", rows, kind="childminder") == (rows, [])
    assert checked("repeating", [PEOPLE[0], rows[1]], kind="childminder")[1] == unasked
    led = [{**PEOPLE[0], "lead": "yes"}, PEOPLE[1]]
    assert checked("repeating", led, {"yes_no": "yes"}) == (led, [])
    assert checked("repeating", led, {"yes_no": "no"})[1] == [
        ("0.lead", "Person 1, there is no column “lead” here")
    ]


def test_a_table_of_added_rows_is_said_with_labels_and_long_dates() -> None:
    value = [{"name": "Ada", "trained": "2026-01-05", "lead": "yes", "how": "badly"}]
    assert table_rows(EVERY.question("repeating"), value) == [  # type: ignore[arg-type]
        ("person 1", ["Ada", "5 January 2026", "Yes", "Not well"])
    ]


def test_a_comment_of_twenty_thousand_characters_is_refused() -> None:
    assert check_commentary("x" * LONGEST_COMMENT) == []
    (problem,) = check_commentary("x" * 20_000)
    assert problem.part == "commentary"
    assert problem.message == "Your comment is 20,000 characters: shorten it to 10,000 or fewer"


def test_a_claim_needs_a_question_that_takes_one_and_a_reason() -> None:
    takes, takes_none = EVERY.question("rating"), EVERY.question("yes_no")
    assert check_not_applicable(takes, "We have none.") == []
    assert check_not_applicable(takes, "  ")[0].message == "Say why this does not apply to you"
    assert check_not_applicable(takes, "x" * (LONGEST_REASON + 1))[0].part == "not_applicable"
    (problem,) = check_not_applicable(takes_none, "We have none.")
    assert problem.part == "not_applicable"
    assert problem.message == "This question applies to everybody who is asked it"
