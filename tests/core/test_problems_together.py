"""Many faults in few lines: none vanishes, their order is kept, and each line leads to one."""

import re
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.problems_together import FEW, in_few_lines, with_same_words
from audit_app.core.reply_parts import InCell


class Fault(NamedTuple):
    text: str
    cell: InCell | None = None


def in_cell(row: int | str, column: str, said: str) -> Fault:
    """Say that something is wrong with a cell of a row that is numbered, or has a name."""
    cell = InCell(str(row), column, said)
    if isinstance(row, int):
        cell = InCell(f"Person {row}", column, said, "Person", row)
    return Fault(f"{cell.row}, {column}: {said}", cell)


def texts(faults: list[Fault]) -> list[str]:
    return [line.text for line in in_few_lines(faults)]


COLUMNS = ("full name", "role", "trained on", "how many")
SAID = ("enter something", "choose one", "enter a whole number", "5 is more than all (3)")
NAMED = st.sampled_from(["Staff", "Students", "Aged 3 and 4", "All, of any age"])
NUMBERED = st.integers(1, 40)
ALONE = st.sampled_from(["Fill in at least 2: 1 given", "Your comment is 10,001 characters"])


def of_rows(rows: st.SearchStrategy[int] | st.SearchStrategy[str]) -> st.SearchStrategy[Fault]:
    return st.builds(in_cell, rows, st.sampled_from(COLUMNS), st.sampled_from(SAID))


FAULTS = st.one_of(of_rows(NUMBERED), of_rows(NAMED)).flatmap(
    lambda one: st.lists(
        st.one_of(
            of_rows(NUMBERED if one.cell is not None and one.cell.number else NAMED),
            ALONE.map(Fault),
        ),
        max_size=60,
    )
)


def rows_named(text: str, faults: list[Fault]) -> set[str]:
    """Read from a line which rows it names, "2 to 5" as each of them."""
    numbered = re.match(r"Person ([0-9, andto]+)(?=, [a-z])", text)
    if numbered:
        found = set()
        for first, last in re.findall(r"(\d+)(?: to (\d+))?", numbered[1]):
            found |= {f"Person {n}" for n in range(int(first), int(last or first) + 1)}
        return found
    rows = {fault.cell.row for fault in faults if fault.cell is not None}
    several = re.search(r"\((Staff|Students|Aged|All).*?\)", text)
    alone = next((row for row in rows if text.startswith(f"{row}, ")), None)
    return {alone} if alone else {row for row in rows if several and row in several[0]}


@given(FAULTS)
def test_no_fault_vanishes_and_the_first_of_each_line_leads(faults: list[Fault]):
    lines = in_few_lines(faults)

    told = [place for line in lines for place in line.of]
    assert sorted(told) == list(range(len(faults)))
    assert all(list(line.of) == sorted(line.of) for line in lines)
    assert [line.of[0] for line in lines] == sorted(line.of[0] for line in lines)


@given(FAULTS)
def test_a_line_names_the_row_the_column_and_the_fault_of_each_cell(faults: list[Fault]):
    for line in in_few_lines(faults):
        told = [faults[place] for place in line.of]
        if any(fault.cell is None for fault in told):
            assert [fault.text for fault in told] == [line.text]
            continue
        cells = [fault.cell for fault in told if fault.cell is not None]
        assert rows_named(line.text, faults) == {cell.row for cell in cells}
        assert all(cell.column in line.text and cell.said in line.text for cell in cells)


@given(FAULTS)
def test_there_are_no_more_lines_than_rows_or_than_sorts_of_fault(faults: list[Fault]):
    lines = in_few_lines(faults)
    cells = [fault.cell for fault in faults if fault.cell is not None]
    alone = len(faults) - len(cells)
    if len(faults) <= FEW:
        assert [line.text for line in lines] == [fault.text for fault in faults]
    else:
        rows, sorts = {cell.row for cell in cells}, {(c.column, c.said) for c in cells}
        assert len(lines) == alone + min(len(rows), len(sorts))


@given(st.lists(st.tuples(st.sampled_from(["1.1", "1.2", "2.1"]), st.sampled_from(SAID))))
def test_no_question_of_a_page_is_left_out(said: list[tuple[str, str]]):
    lines = with_same_words(said)

    told = [place for line in lines for place in line.of]
    assert sorted(told) == list(range(len(said)))
    assert [line.of[0] for line in lines] == sorted(line.of[0] for line in lines)
    for line in lines:
        names, _, words = line.text.partition(": ")
        assert {said[place][0] for place in line.of} == set(re.findall(r"\d\.\d", names))
        assert all(said[place][1] in words for place in line.of)


def test_the_same_fault_in_many_rows_is_one_line():
    faults = [in_cell(row, "full name", "enter something") for row in (2, 3, 4, 6, 8)]
    assert texts(faults) == ["Person 2 to 4, 6 and 8, full name: enter something"]


def test_a_row_with_many_faults_is_one_line():
    faults = [
        in_cell(2, "full name", "enter something"),
        in_cell(2, "provider", "enter something"),
        in_cell(2, "role", "choose one"),
        in_cell(2, "trained on", "enter a date"),
        in_cell(5, "role", "choose one"),
    ]
    assert texts(faults) == [
        "Person 2, full name and provider: enter something; role: choose one; "
        "trained on: enter a date",
        "Person 5, role: choose one",
    ]


def test_rows_with_names_are_named():
    rows = ("Staff", "Students", "Volunteers")
    faults = [in_cell(row, name, "enter a number") for name in ("now", "left") for row in rows]
    assert texts(faults) == [
        "now (Staff, Students and Volunteers): enter a number",
        "left (Staff, Students and Volunteers): enter a number",
    ]


def test_rows_whose_names_are_lists_are_kept_apart():
    rows = ("Under 2", "3 and 4 years", "All, of any age")
    faults = [in_cell(row, name, "enter a number") for name in ("now", "left") for row in rows]
    assert texts(faults)[0] == "now (Under 2; 3 and 4 years; All, of any age): enter a number"


def test_few_faults_are_said_one_by_one():
    faults = [in_cell(row, "full name", "enter something") for row in range(1, FEW + 1)]
    assert texts(faults) == [fault.text for fault in faults]


def test_questions_of_which_the_same_is_said_share_a_line():
    said = [(name, "Enter a number") for name in ("1.1", "1.2", "1.4", "1.5")]
    lines = with_same_words([*said, ("1.6", "Choose one")])
    assert [line.text for line in lines] == [
        "1.1, 1.2, 1.4 and 1.5: Enter a number",
        "1.6: Choose one",
    ]


def test_what_is_wrong_with_one_question_shares_a_line_where_that_is_shorter():
    said = [("1.1", "Enter a day"), ("1.1", "Enter a month"), ("1.1", "Enter a year")]
    lines = with_same_words([*said, ("1.2", "Choose one"), ("1.2", "Say why")])
    assert [line.text for line in lines] == [
        "1.1: Enter a day; Enter a month; Enter a year",
        "1.2: Choose one; Say why",
    ]
