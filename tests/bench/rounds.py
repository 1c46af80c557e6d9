"""How long a round takes to open for a whole region, and its completion monitor to be drawn."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import insert, select, true
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.permissions import Role
from audit_app.core.rounds.deadlines import Dates, morning
from audit_app.services.chasing import write_due_reminders
from audit_app.services.completion_files import completion_xlsx
from audit_app.services.monitoring import monitor_of
from audit_app.services.planning_cycles import CycleFacts, plan_cycle
from audit_app.services.running_cycles import Opened, open_cycle
from audit_app.storage.base import uuid7
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import (
    Answer,
    AnswerVersion,
    AuditReturn,
    Belonging,
    Contact,
    Cycle,
    Holding,
    Organisation,
    OutgoingMessage,
    Partnership,
    Person,
    ReturnProgress,
    Scope,
)
from audit_app.storage.questionnaire_library import load
from tests.bench.lending import KINDS
from tests.bench.measuring import cost_of
from tests.bench.round_floors import inserts_of, read_returns
from tests.bench.rows import Row, compared, limited, none_wanted, noted
from tests.bench.town import QUESTIONNAIRES
from tests.builders import (
    make_cycle,
    make_locality,
    make_partnership,
    make_person,
    make_return,
)
from tests.databases import Database

MANY = 10_000
ADDRESS = "https://audit.example.org"
NOW = datetime(2026, 9, 15, 9, tzinfo=UTC)
DUE = date(2026, 11, 20)

OPENING, WITH_ANSWERS, MONITOR, NOTHING_TO_DO = 5.0, 3.0, 1.0, 2.0
TIMES_THE_ROWS, TIMES_THE_READING = 4.0, 5.0


def rows() -> list[Row]:
    """Open a round for very many organisations on either kind of database, and look at it."""
    found: list[Row] = []
    for name, lend in KINDS.items():
        with lend() as database:
            found += _opening(database, f"{name}: opening a round for {MANY:,} organisations")
        with lend() as database:
            found += _with_answers(database, f"{name}: opening it")
    return found


def _opening(database: Database, what: str) -> list[Row]:
    cycle_id, _ = _county(database, answers=False)
    floor = inserts_of(database, partial(_open, cycle_id=cycle_id))
    opened, took = _timed(database, cycle_id)
    found = [
        limited(f"{what}, an invitation each", took, limit=OPENING),
        compared("  against plain INSERTs of the same rows", took, floor, aim=TIMES_THE_ROWS),
        none_wanted("  returns or invitations missing", 2 * MANY - sum(_made(opened))),
        none_wanted("  made by opening it again", _again(database, cycle_id)),
    ]
    return found + _looking(database, cycle_id)


def _with_answers(database: Database, what: str) -> list[Row]:
    """Time it where everybody answered last year; the floor copies the same rows, bare."""
    cycle_id, floor = _county(database, answers=True)
    opened, took = _timed(database, cycle_id)
    number = opened.brought.answers
    return [
        compared(
            f"{what} with {number:,} answers of last year, against copying as many",
            took,
            floor,
            aim=WITH_ANSWERS,
        ),
        noted("  answers that no longer fit, left", f"{sum(opened.brought.left.values()):,}"),
    ]


def _looking(database: Database, cycle_id: UUID) -> list[Row]:
    with writing_session(database.engine) as session:
        cycle = session.get_one(Cycle, cycle_id)
        _begin_some(session, cycle)
        coordinator = session.scalars(
            select(Holding.person_id).where(Holding.role == Role.COORDINATOR)
        ).one()
        session.commit()
    drawn = _wall(partial(_draw, database, cycle_id, coordinator))
    at = morning(DUE - timedelta(days=14))
    begun = time.perf_counter()
    number = _remind(database, at)
    reminding = time.perf_counter() - begun
    begun = time.perf_counter()
    again = _remind(database, at + timedelta(minutes=5))
    nothing = time.perf_counter() - begun
    file = partial(_draw, database, cycle_id, coordinator, then=_as_file)
    return [
        limited(f"  its completion monitor of {MANY:,} returns", drawn, limit=MONITOR),
        compared(
            "  against reading the same rows bare",
            drawn,
            _wall(partial(read_returns, database, cycle_id)),
            aim=TIMES_THE_READING,
        ),
        noted("  the monitor as a spreadsheet", f"{_wall(file):.2f} s"),
        limited(f"  writing {number:,} reminders on their day", reminding, limit=OPENING),
        limited("  looking again and finding none to write", nothing, limit=NOTHING_TO_DO),
        none_wanted("  reminders written twice", again),
    ]


def _county(database: Database, *, answers: bool) -> tuple[UUID, float]:
    """Make a partnership of very many settings with a contact each, and plan its round.

    Gives with it how long it took to copy last year's answers, with no rule at all.
    """
    texts = {
        year: (QUESTIONNAIRES / "early-years-audit" / f"{year}.yaml").read_text("utf-8")
        for year in (2025, 2026)
    }
    with writing_session(database.engine) as session:
        partnership = make_partnership(session)
        make_person(session, role=Role.COORDINATOR, at=partnership)
        ids = _settings(session, partnership)
        took = _last_year(session, partnership, texts[2025], ids) if answers else 0.0
        version = make_cycle(session, text=texts[2026]).content_hash
        facts = CycleFacts("Audit 2026", version, Dates(NOW.date(), DUE, None), Scope())
        cycle = plan_cycle(session, partnership, facts=facts, by=None, now=NOW)
        session.commit()
        return cycle.id, took


def _settings(session: Session, partnership: Partnership) -> list[UUID]:
    localities = [make_locality(session, partnership=partnership).id for _ in range(12)]
    ids = [uuid7() for _ in range(MANY)]
    session.execute(
        insert(Organisation),
        [
            {"id": one, "name": f"Setting {n:05}", "kind": "childminder" if n % 3 else "group"}
            for n, one in enumerate(ids)
        ],
    )
    session.execute(
        insert(Belonging),
        [
            {
                "organisation_id": one,
                "partnership_id": partnership.id,
                "locality_id": localities[n % 12],
            }
            for n, one in enumerate(ids)
        ],
    )
    session.execute(
        insert(Contact),
        [
            {
                "id": uuid7(),
                "organisation_id": one,
                "name": f"Person {n}",
                "email": f"setting{n}@example.org",
                "role_in_words": "",
                "since": date(2020, 1, 1),
            }
            for n, one in enumerate(ids)
        ],
    )
    return ids


def _last_year(
    session: Session, partnership: Partnership, text: str, organisation_ids: list[UUID]
) -> float:
    """Have everybody have answered last year, each question with a few words; time the copying."""
    before = make_cycle(
        session,
        partnership=partnership,
        text=text,
        year=2025,
        opens_at=NOW - timedelta(days=400),
        due_at=NOW - timedelta(days=300),
        state="archived",
    )
    first = make_return(
        session,
        cycle=before,
        organisation=session.get_one(Organisation, organisation_ids[0]),
        state=State.SUBMITTED,
        reference=None,
    )
    rows = [
        {
            "id": uuid7(),
            "cycle_id": before.id,
            "organisation_id": one,
            "content_hash": before.content_hash,
            "state": State.CLOSED_UNRETURNED,
            "due_at": before.due_at,
            "added_late": False,
            "version": 1,
        }
        for one in organisation_ids[1:]
    ]
    session.execute(insert(AuditReturn), rows)
    lead = make_person(session)
    questions = load(session, before.content_hash).asked("group")
    session.execute(
        insert(Answer),
        [
            {
                "audit_return_id": first.id,
                "question_id": placed.question.id,
                "value": "green" if placed.question.kind == "rating" else "yes",
                "commentary": "We look at this each half term and write down what we decide.",
                "needs_review": False,
                "version": 1,
                "saved_at": NOW - timedelta(days=310),
                "saved_by_id": lead.id,
            }
            for placed in questions
        ],
    )
    begun = time.perf_counter()
    for into in (Answer, AnswerVersion):
        _copy(session, into, first.id, before.id)
    return time.perf_counter() - begun


def _copy(
    session: Session, into: type[Answer | AnswerVersion], first: UUID, cycle_id: UUID
) -> None:
    when = "saved_at" if into is Answer else "at"
    who = "saved_by_id" if into is Answer else "by_id"
    parts = ["value", "commentary", "not_applicable", "needs_review", "version"]
    copied = (
        select(
            AuditReturn.id,
            Answer.question_id,
            *(getattr(Answer, part) for part in parts),
            Answer.saved_at,
            Answer.saved_by_id,
        )
        .join(Answer, true())
        .where(
            Answer.audit_return_id == first,
            AuditReturn.cycle_id == cycle_id,
            AuditReturn.id != first,
        )
    )
    names = ["audit_return_id", "question_id", *parts, when, who]
    session.connection().execute(insert(into).from_select(names, copied))


def _timed(database: Database, cycle_id: UUID) -> tuple[Opened, float]:
    begun = time.perf_counter()
    with writing_session(database.engine) as session:
        opened = _open(session, cycle_id=cycle_id)
        session.commit()
    if opened is None:
        raise AssertionError("it was open already")
    return opened, time.perf_counter() - begun


def _open(session: Session, *, cycle_id: UUID) -> Opened | None:
    cycle = session.get_one(Cycle, cycle_id)
    return open_cycle(session, cycle, by=None, now=NOW, base_address=ADDRESS)


def _made(opened: Opened) -> tuple[int, int]:
    return opened.returns, opened.posted.messages


def _again(database: Database, cycle_id: UUID) -> int:
    with writing_session(database.engine) as session:
        cycle = session.get_one(Cycle, cycle_id)
        open_cycle(session, cycle, by=None, now=NOW, base_address=ADDRESS)
        session.commit()
        returns = len(session.scalars(select(AuditReturn.id)).all())
        return returns + len(session.scalars(select(OutgoingMessage.id)).all()) - 2 * MANY


def _begin_some(session: Session, cycle: Cycle) -> None:
    """Have a third begun and a third submitted."""
    for n, one in enumerate(session.scalars(select(AuditReturn).filter_by(cycle_id=cycle.id))):
        if n % 3 == 1:
            one.state = State.IN_PROGRESS
            session.add(ReturnProgress(audit_return_id=one.id, asked=60, answered=n % 60))
        elif n % 3 == 2:
            one.state, one.submitted_at = State.SUBMITTED, NOW


def _draw(
    database: Database,
    cycle_id: UUID,
    person_id: UUID,
    *,
    then: Callable[..., object] | None = None,
) -> None:
    with reading_session(database.engine) as session:
        cycle, person = session.get_one(Cycle, cycle_id), session.get_one(Person, person_id)
        monitor = monitor_of(session, cycle, person=person, now=NOW)
        if then is not None:
            then(monitor.rows)


def _as_file(found: list[object]) -> bytes:
    return completion_xlsx(found, now=NOW)  # type: ignore[arg-type]


def _remind(database: Database, at: datetime) -> int:
    with writing_session(database.engine) as session:
        number = write_due_reminders(session, now=at, base_address=ADDRESS)
        session.commit()
        return number


def _wall(call: Callable[[], object]) -> float:
    return cost_of(call, seconds=0.1, rounds=3).wall
