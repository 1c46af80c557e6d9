"""The counts that the board reads equal the returns, whatever is done to them and by whom."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import RETURNED, State
from audit_app.core.organisations import KINDS
from audit_app.services.summarising import figures_of_cycle, summary_of_cycle
from audit_app.storage.base import uuid7
from audit_app.storage.counting import count_changes
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import AuditReturn, Belonging, Cycle, Organisation
from audit_app.storage.queries.opening import make_returns
from audit_app.storage.queries.rebuilding_counts import rebuild, wrong_counts
from audit_app.storage.queries.results import results_of
from tests.builders import (
    make_cycle,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
    make_result,
    make_return,
)
from tests.databases import Database

RATINGS = st.sampled_from(["red", "amber", "green", "not_applicable", None])
STATES = st.sampled_from(list(State))
NUMBERS = st.integers(0, 3)


class Round:
    """A round of four settings in two localities, and the round before it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.partnership = make_partnership(session)
        self.places = [*(make_locality(session, partnership=self.partnership) for _ in "NS"), None]
        before = make_cycle(session, partnership=self.partnership, year=2025)
        self.cycle = make_cycle(session, partnership=self.partnership, previous=before)
        self.settings = [
            make_organisation(session, at=self.places[number % 2]) for number in range(4)
        ]
        self.returns = [
            make_return(session, cycle=cycle, organisation=organisation)
            for organisation in self.settings
            for cycle in (self.cycle, before)
        ]
        self.people = [
            None,
            make_person(session, role="board_member", at=self.partnership),
            make_person(session, role="moderator", at=self.places[0]),
            make_person(session, role="coordinator"),
        ]

    def stand(self, number: int, state: State, overall: str | None, part: str | None) -> None:
        """Put a return into a state, with a new result if it came back and none if not."""
        one = self.returns[number]
        one.standing_result_id = None
        if state in RETURNED:
            make_result(
                self.session,
                one,
                overall=overall,
                sections={"1": part, "2": overall},
                areas={"transfer": part},
                number=len(results_of(self.session, one)) + 1,
            )
            one.submitted_at = one.due_at - timedelta(days=number - 1)
            one.reference = one.reference or f"COUNT-{one.id}"
        one.exempt_reason = "Closed for rebuilding." if state is State.EXEMPT else None
        one.state = state

    def move(self, number: int, place: int) -> None:
        """Put a setting into a locality or into none."""
        belonging = self.session.get(
            Belonging, (self.settings[number].id, self.partnership.id), populate_existing=True
        )
        where = self.places[place % 3]
        if belonging is not None:
            belonging.locality_id = where.id if where else None

    def change(self, number: int, kind: int) -> None:
        """Say that a setting is of another kind."""
        self.settings[number].kind = list(KINDS)[kind]

    def extend(self, number: int, days: int) -> None:
        """Give a return more time, or less."""
        self.returns[number].due_at += timedelta(days=days - 2)

    def many(self, number: int, _: int) -> None:
        """Ask another setting, as a round that opens does."""
        new = make_organisation(self.session, at=self.places[number % 2])
        make_returns(self.session, self.cycle, [new.id])

    def in_bulk(self, number: int, place: int) -> None:
        """Change where a setting is and of what kind, past the records of the session."""
        where = self.places[place % 3]
        self.session.execute(
            update(Belonging)
            .where(Belonging.organisation_id == self.settings[number].id)
            .values(locality_id=where.id if where else None)
        )
        self.session.execute(
            update(Organisation)
            .where(Organisation.id == self.settings[number].id)
            .values(kind=list(KINDS)[number])
        )

    def taken_back(self, number: int, kind: int) -> None:
        """Change something and think better of it, within a savepoint."""
        with self.session.begin_nested() as inner:
            self.change(number, kind)
            self.session.flush()
            inner.rollback()

    def agrees(self) -> None:
        """See that the counts equal the returns, and the figures of everybody the same."""
        count_changes(self.session)
        assert wrong_counts(self.session) == {}
        for person in self.people:
            every = summary_of_cycle(self.session, self.cycle, person=person)
            figures = figures_of_cycle(self.session, self.cycle, person=person)
            assert figures == every._replace(rows=(), not_returned=())


STEPS = st.one_of(
    st.tuples(st.just("stand"), st.integers(0, 7), STATES, RATINGS, RATINGS),
    *(
        st.tuples(st.just(name), NUMBERS, NUMBERS)
        for name in ("move", "change", "extend", "many", "in_bulk", "taken_back")
    ),
)


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],  # making a case smaller takes minutes with a database
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, min_size=1, max_size=8), every=st.integers(1, 3))
def test_the_counts_equal_the_returns_after_anything(
    database: Database, steps: list[tuple[Any, ...]], every: int
):
    with writing_session(database.engine) as session:
        rounds = Round(session)
        session.commit()
        for number, (step, *values) in enumerate(steps):
            getattr(rounds, step)(*values)
            if number % every == 0:
                session.commit()
            rounds.agrees()
        session.commit()
        rebuild(session)
        rounds.agrees()
        session.commit()


def test_what_is_rolled_back_was_never_counted(session: Session):
    rounds = Round(session)
    session.commit()
    rounds.stand(0, State.SUBMITTED, "red", "red")
    session.flush()
    session.rollback()
    rounds.agrees()
    assert figures_of_cycle(session, rounds.cycle, person=None).completion.returned == 0


def test_a_count_that_was_lost_is_found_and_made_anew(session: Session):
    rounds = Round(session)
    rounds.stand(0, State.SUBMITTED, "red", "red")
    session.commit()
    session.connection().exec_driver_sql("DELETE FROM part_count")
    session.connection().exec_driver_sql("UPDATE return_count SET returns = returns + 1")
    found = wrong_counts(session)
    assert found["part_count"] == 3
    assert "return_count" in found
    rebuild(session)
    rounds.agrees()


def test_a_return_that_is_removed_is_no_longer_counted(session: Session):
    rounds = Round(session)
    session.commit()
    session.execute(delete(AuditReturn).where(AuditReturn.id == rounds.returns[0].id))
    session.commit()
    session.delete(rounds.returns[2])
    session.commit()
    assert wrong_counts(session) == {}
    assert figures_of_cycle(session, rounds.cycle, person=None).completion.due == 2


def test_very_many_at_once_are_counted_anew(session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("audit_app.storage.counting.ANEW", 3)
    rounds = Round(session)
    ids = [uuid7() for _ in range(5)]
    rows = [{"id": one, "name": f"Setting {one}", "kind": "group"} for one in ids]
    session.execute(insert(Organisation), rows)
    make_returns(session, rounds.cycle, ids)
    session.commit()
    rounds.agrees()
    assert figures_of_cycle(session, rounds.cycle, person=None).completion.due == 9


def test_two_who_submit_at_once_are_both_counted(postgresql_database: Database):
    cycle_id, returns = round_in(postgresql_database)
    meet = Barrier(4, timeout=30)
    failed: list[BaseException] = []

    def submit(number: int) -> None:
        try:
            with writing_session(postgresql_database.engine) as session:
                come(session, returns[number], "red" if number % 2 else "green")
                meet.wait()
                session.commit()
        except BaseException as error:
            failed.append(error)
            raise

    threads = [Thread(target=submit, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with reading_session(postgresql_database.engine) as session:
        figures = figures_of_cycle(session, session.get_one(Cycle, cycle_id), person=None)
        assert figures.overall.counted == (2, 0, 2, 0, 0)
        assert wrong_counts(session) == {}


@pytest.mark.parametrize("submits_first", [True, False])
def test_a_setting_moved_while_it_submits_is_counted_where_it_is(
    postgresql_database: Database, submits_first: bool
):
    _, returns = round_in(postgresql_database)
    with (
        writing_session(postgresql_database.engine) as one,
        writing_session(postgresql_database.engine) as other,
    ):
        come(one, returns[0], "red")
        belonging = other.scalars(
            select(Belonging)
            .join(AuditReturn, AuditReturn.organisation_id == Belonging.organisation_id)
            .where(AuditReturn.id == returns[0])
        ).one()
        belonging.locality_id = None
        other.flush()
        for session in (one, other) if submits_first else (other, one):
            session.commit()
        assert wrong_counts(one) == {}


def test_who_counts_the_same_return_at_the_same_moment_waits_and_sees_both(
    postgresql_database: Database,
):
    _, returns = round_in(postgresql_database)
    with (
        writing_session(postgresql_database.engine) as one,
        writing_session(postgresql_database.engine) as other,
        postgresql_database.engine.connect() as watching,
    ):
        come(one, returns[0], "red")
        moved = other.get_one(AuditReturn, returns[0])
        other.get_one(
            Belonging, (moved.organisation_id, moved.cycle.partnership_id)
        ).locality = None
        other.flush()
        count_changes(one)
        thread = Thread(target=other.commit)
        thread.start()
        waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        while thread.is_alive() and not watching.scalar(waiting):
            watching.rollback()
        assert thread.is_alive(), "the second did not wait for the first"
        one.commit()
        thread.join()
        assert wrong_counts(one) == {}


def test_a_draft_that_is_begun_waits_for_nobody_who_counts(postgresql_database: Database):
    _, returns = round_in(postgresql_database)
    with (
        writing_session(postgresql_database.engine) as counting,
        writing_session(postgresql_database.engine) as saving,
    ):
        come(counting, returns[0], "red")
        figures_of_cycle(counting, counting.get_one(AuditReturn, returns[0]).cycle, person=None)
        saving.connection().exec_driver_sql("SET LOCAL lock_timeout = '200ms'")
        saving.get_one(AuditReturn, returns[1]).state = State.IN_PROGRESS
        saving.commit()
        counting.commit()
        assert wrong_counts(saving) == {}


def test_whoever_holds_no_role_there_counts_nothing(session: Session):
    rounds = Round(session)
    rounds.stand(0, State.SUBMITTED, "red", "red")
    stranger = rounds.people[3]
    figures = figures_of_cycle(session, rounds.cycle, person=stranger)
    assert (figures.completion.due, figures.localities, figures.completion.states) == (0, (), {})


def round_in(database: Database) -> tuple[UUID, list[UUID]]:
    """Make a round and commit it, and give its id and those of its returns."""
    with writing_session(database.engine) as session:
        rounds = Round(session)
        session.commit()
        mine = [one.id for one in rounds.returns if one.cycle_id == rounds.cycle.id]
        return rounds.cycle.id, mine


def come(session: Session, return_id: UUID, rating: str) -> None:
    """Have a return come back, without the commit."""
    one = session.get_one(AuditReturn, return_id)
    make_result(session, one, overall=rating, sections={"1": rating})
    one.submitted_at, one.reference = one.due_at - timedelta(days=1), f"COME-{one.id}"
    one.state = State.SUBMITTED
    session.flush()
