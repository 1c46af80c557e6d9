"""The completion monitor: of the register, counted by part, and as files without formulas."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.services.completion_files import completion_csv, completion_xlsx
from audit_app.services.monitoring import Line, monitor_of
from audit_app.storage.models import Cycle
from tests.builders import (
    make_cycle,
    make_group,
    make_locality,
    make_organisation,
    make_person,
    make_progress,
    make_return,
)
from tests.databases import Database, statements

NAUGHTY = ["=1+1", "+44 20", "-2", "@SUM(A1)", "\tx", '=HYPERLINK("https://x")', "=cmd|C!A0"]


@pytest.fixture
def cycle(session: Session) -> Cycle:
    north = make_locality(session, name="North")
    group = make_group(session, name="Chain")
    cycle = make_cycle(session, partnership=north.partnership)
    due_at = cycle.due_at

    def one(name: str, state: str, at: Any = north, **values: Any) -> None:
        organisation = make_organisation(session, name=name, at=at, group=values.pop("group", None))
        found = make_return(session, state=state, cycle=cycle, organisation=organisation, **values)
        if state == "in_progress":
            make_progress(session, found, asked=60, answered=31)

    one("Acorn", "not_started", group=group)
    one("Beech", "in_progress")
    one("Cedar", "awaiting_sign_off", group=group)
    one("Damson", "submitted", submitted_at=due_at - timedelta(seconds=1))
    one("Elm", "validated", submitted_at=due_at, at=north.partnership)
    one("Fir", "exempt")
    one("Gorse", "closed_unreturned")
    return cycle


def test_every_return_is_counted_once_and_the_exempt_are_not_due(session: Session, cycle: Cycle):
    monitor = monitor_of(session, cycle, person=None, now=cycle.due_at)
    assert monitor.whole == Line(
        name="All",
        due=6,
        not_started=1,
        in_progress=1,
        awaiting_sign_off=1,
        submitted=2,
        on_time=1,
        late=1,
        overdue=4,
        exempt=1,
    )
    assert monitor.whole.out == 4


def test_the_parts_add_up_to_the_whole(session: Session, cycle: Cycle):
    monitor = monitor_of(session, cycle, person=None, now=cycle.due_at)
    assert set(monitor.parts) == {"kind", "locality", "group"}
    for lines in monitor.parts.values():
        assert sum(line.due for line in lines) == monitor.whole.due
        assert sum(line.submitted for line in lines) == monitor.whole.submitted
    assert [line.name for line in monitor.parts["locality"]] == ["North", "No locality"]
    assert [line.name for line in monitor.parts["group"]] == ["Chain", "No group"]


def test_before_the_due_moment_nothing_is_overdue(session: Session, cycle: Cycle):
    now = cycle.due_at - timedelta(seconds=1)
    assert monitor_of(session, cycle, person=None, now=now).whole.overdue == 0


def test_another_partnerships_coordinator_sees_nothing(session: Session, cycle: Cycle):
    person = make_person(session, role="coordinator")
    monitor = monitor_of(session, cycle, person=person, now=cycle.due_at)
    assert (monitor.rows, monitor.whole.due) == ([], 0)


def test_the_number_of_statements_does_not_grow_with_the_returns(
    database: Database, session: Session, cycle: Cycle
):
    with statements(database.engine) as few:
        monitor_of(session, cycle, person=None, now=cycle.due_at)
    for number in range(60):
        organisation = make_organisation(session, name=f"More {number}", at=cycle.partnership)
        make_return(session, state=State.IN_PROGRESS, cycle=cycle, organisation=organisation)
    with statements(database.engine) as many:
        monitor_of(session, cycle, person=None, now=cycle.due_at)
    assert len(few) == len(many) <= 4


def test_the_files_say_what_the_screen_says(session: Session, cycle: Cycle):
    monitor = monitor_of(session, cycle, person=None, now=cycle.due_at)
    text = completion_csv(monitor.rows, now=cycle.due_at)
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(text.decode("utf-8-sig"))))
    assert [row["Organisation"] for row in rows][:2] == ["Acorn", "Beech"]
    assert (rows[1]["Questions answered"], rows[1]["Questions asked"]) == ("31", "60")
    assert [row["Timing"] for row in rows] == [
        "Overdue",
        "Overdue",
        "Overdue",
        "On time",
        "Late",
        "",
        "Overdue",
    ]
    book = load_workbook(BytesIO(completion_xlsx(monitor.rows, now=cycle.due_at)))
    sheet = book["Completion"]
    assert [cell.value for cell in sheet["A"]] == [
        "Organisation",
        *(row["Organisation"] for row in rows),
    ]
    assert sheet["H3"].value == 60


@pytest.mark.parametrize("name", NAUGHTY)
def test_no_cell_of_a_file_is_a_formula(sqlite_session: Session, name: str):
    cycle = make_cycle(sqlite_session)
    organisation = make_organisation(sqlite_session, name=name, at=cycle.partnership)
    make_return(sqlite_session, cycle=cycle, organisation=organisation)
    rows = monitor_of(sqlite_session, cycle, person=None, now=cycle.due_at).rows
    written = completion_csv(rows, now=cycle.due_at).decode("utf-8-sig")
    cells = list(csv.reader(StringIO(written)))[1]
    assert cells[0] == f"'{name}"
    book = load_workbook(BytesIO(completion_xlsx(rows, now=cycle.due_at)))
    found = book["Completion"]["A2"]
    assert found.data_type == "s"
    assert found.value == name
    assert found.hyperlink is None


def test_a_round_without_returns_makes_a_file_with_headings_only(sqlite_session: Session):
    cycle = make_cycle(sqlite_session)
    assert load_workbook(BytesIO(completion_xlsx([], now=cycle.due_at)))["Completion"].max_row == 1
