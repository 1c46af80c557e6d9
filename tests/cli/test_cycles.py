"""Rounds by command: the same services as in the browser, said in one line."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.rounds.deadlines import Dates
from audit_app.services.planning_cycles import plan_cycle
from audit_app.storage.engine import writing_session
from audit_app.storage.models import Cycle, CycleState
from tests.builders import make_partnership
from tests.cli.conftest import Runs
from tests.databases import Database
from tests.services.rounds import facts_of, make_settings, messages_in, returns_in

NOW = datetime.now(UTC)
TODAY = london_date(NOW)


@pytest.fixture
def cycle_id(sqlite_database: Database) -> UUID:
    with writing_session(sqlite_database.engine) as session:
        partnership = make_partnership(session, slug="county", name="Invented County")
        make_settings(session, "Acorn", "Beech", at=partnership)
        dates = Dates(TODAY, TODAY + timedelta(days=30), TODAY + timedelta(days=60))
        facts = facts_of(session, dates=dates)
        cycle = plan_cycle(session, partnership, facts=facts, by=None, now=NOW)
        session.commit()
        return cycle.id


def look(database: Database) -> Session:
    return writing_session(database.engine)


def test_a_round_is_opened_once(run: Runs, cycle_id: UUID, sqlite_database: Database):
    first = run("cycles", "open", str(cycle_id))
    assert first.exit_code == 0, first.output
    assert "Opened: 2 returns, 2 invitations" in first.output
    assert "Nothing was changed" in run("cycles", "open", str(cycle_id)).output
    with look(sqlite_database) as session:
        assert len(messages_in(session, "round_opened")) == 2


def test_rounds_are_listed(run: Runs, cycle_id: UUID):
    listed = run("cycles", "list").output
    assert str(cycle_id) in listed
    assert "planned" in listed
    assert str(cycle_id) not in run("cycles", "list", "--partnership", "elsewhere").output


def test_everybody_or_one_is_given_more_time(run: Runs, cycle_id: UUID, sqlite_database: Database):
    run("cycles", "open", str(cycle_id))
    with look(sqlite_database) as session:
        acorn = returns_in(session, session.get_one(Cycle, cycle_id))["Acorn"].id
    until = f"{TODAY + timedelta(days=40)}"
    given = ("--until", until, "--reason", "Flood")
    one = run("cycles", "extend", str(cycle_id), *given, "--return", str(acorn))
    assert "1 returns have more time" in one.output
    assert (
        "1 returns have more time, 1 were left"
        in run("cycles", "extend", str(cycle_id), *given).output
    )
    past = run("cycles", "extend", str(cycle_id), "--until", "2020-01-01", "--reason", "Flood")
    assert past.exit_code == 1
    assert "must not have passed" in past.output


def test_everybody_still_to_answer_is_reminded_once_a_day(run: Runs, cycle_id: UUID):
    run("cycles", "open", str(cycle_id))
    assert "2 reminders written about 2 returns" in run("cycles", "remind", str(cycle_id)).output
    assert "0 reminders written" in run("cycles", "remind", str(cycle_id)).output


def test_a_round_is_closed_and_cannot_be_opened_again(
    run: Runs, cycle_id: UUID, sqlite_database: Database
):
    early = run("cycles", "close", str(cycle_id))
    assert early.exit_code == 1
    assert "Only an open round can be closed" in early.output
    run("cycles", "open", str(cycle_id))
    assert "Closed: 2 returns not returned" in run("cycles", "close", str(cycle_id)).output
    again = run("cycles", "open", str(cycle_id))
    assert again.exit_code == 1
    assert "opens once; this one is closed" in again.output
    with look(sqlite_database) as session:
        assert session.get_one(Cycle, cycle_id).state is CycleState.CLOSED


def test_a_round_that_is_not_there_is_said(run: Runs, cycle_id: UUID):
    answer = run("cycles", "close", "00000000-0000-0000-0000-000000000000")
    assert answer.exit_code == 1
    assert "There is no round" in answer.output
