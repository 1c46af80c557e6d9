"""How fast answers are saved: eight people at once over HTTP, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from audit_app.storage.engine import reading_session
from audit_app.storage.models import AuditReturn, Holding
from tests.bench.bare_tables import BareBase
from tests.bench.lending import KINDS
from tests.bench.measuring import percentile
from tests.bench.rows import Row, compared, none_wanted, rate
from tests.bench.savers import BareSaver, Respondent, Saver, lost
from tests.bench.serving import Server, served
from tests.bench.town import load_town, steady_questions
from tests.databases import Database

AIM = 1.5
PEOPLE, QUESTIONS = 8, 10
ROUNDS, A_ROUND = 3, 2.5


class Saved(NamedTuple):
    """What came of a way of saving: how long each took, how many failed, and the processor."""

    seconds: list[float]
    failed: int
    wall: float
    cpu: float

    @property
    def rate(self) -> float:
        """Give how many were saved in a second."""
        return len(self.seconds) / self.wall


def rows() -> list[Row]:
    """Save on each kind of database, by the program and by both floors in turn."""
    found: list[Row] = []
    for name, lend in KINDS.items():
        with lend() as database:
            found += _on(name, database)
    return found


def _on(name: str, database: Database) -> list[Row]:
    leads = load_town(database, leads=PEOPLE)
    BareBase.metadata.create_all(database.engine)
    questions = steady_questions(database, leads[0])[:QUESTIONS]
    with (
        served("wsgi:app", database) as ours,
        served("tests.bench.bare_app:make_app()", database) as bare,
    ):
        people = [Respondent(ours, lead, questions) for lead in leads]
        ways: dict[str, tuple[Server, Sequence[Saver]]] = {
            "ours": (ours, people),
            "bare": (bare, [BareSaver(bare, "/save") for _ in leads]),
            "plain": (bare, [_plain_saver(database, bare, one.return_id) for one in leads]),
        }
        for _, savers in ways.values():
            for saver in savers:
                saver.rest()
        came = {way: Saved([], 0, 0.0, 0.0) for way in ways}
        for _ in range(ROUNDS):
            for way, (server, savers) in ways.items():
                came[way] = _added(came[way], _save_together(server, savers))
    missing = sum(lost(database, person) for person in people)
    return _rows(name, came, missing)


def _rows(name: str, came: dict[str, Saved], lost: int) -> list[Row]:
    ours, bare, plain = came["ours"], came["bare"], came["plain"]
    title = f"{name}: saves a second, {PEOPLE} people"
    found = [
        compared(
            f"{title}, against a bare commit",
            ours.rate,
            bare.rate,
            aim=AIM,
            said=rate,
            more_is_better=True,
        ),
        compared(
            "  against a plain save: session, CSRF, ORM, history",
            ours.rate,
            plain.rate,
            aim=AIM,
            said=rate,
            more_is_better=True,
        ),
    ]
    for words, share in (("p50", 0.5), ("p95", 0.95), ("worst", 1.0)):
        both = (percentile(ours.seconds, share), percentile(plain.seconds, share))
        found.append(compared(f"  {words} of {len(ours.seconds)}, against a plain save", *both))
    cpu = [one.cpu / max(1, len(one.seconds)) for one in (ours, plain)]
    return [
        *found,
        compared("  the server's CPU for each, against a plain save", *cpu),
        none_wanted("  saves that failed", ours.failed),
        none_wanted("  acknowledged saves that are not in the database", lost),
    ]


def _save_together(server: Server, savers: Sequence[Saver]) -> Saved:
    """Let everybody save as fast as they are answered, for as long as a round lasts."""
    cpu, begun = server.cpu, perf_counter()
    with ThreadPoolExecutor(len(savers)) as threads:
        found = list(threads.map(lambda saver: _save_until(saver, begun + A_ROUND), savers))
    wall, cpu = perf_counter() - begun, server.cpu - cpu
    seconds = [second for person, _ in found for second in person]
    return Saved(seconds, sum(failed for _, failed in found), wall, cpu)


def _save_until(saver: Saver, end: float) -> tuple[list[float], int]:
    seconds, failed = [], 0
    while perf_counter() < end:
        reply = saver.save()
        if reply.status == 303:
            seconds.append(reply.seconds)
        else:
            failed += 1
    saver.rest()
    return seconds, failed


def _added(one: Saved, other: Saved) -> Saved:
    return Saved(
        one.seconds + other.seconds,
        one.failed + other.failed,
        one.wall + other.wall,
        one.cpu + other.cpu,
    )


def _plain_saver(database: Database, server: Server, return_id: str) -> BareSaver:
    with reading_session(database.engine) as session:
        audit_return = session.get_one(AuditReturn, UUID(return_id))
        person_id = session.scalars(
            select(Holding.person_id).where(Holding.organisation_id == audit_return.organisation_id)
        ).first()
    return BareSaver(server, f"/plain-save/{return_id}", person_id=str(person_id))
