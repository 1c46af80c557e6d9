"""A short round whose returns a signatory signs, put beside those of the demonstration."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.permissions import Role
from audit_app.storage.engine import make_engine, writing_session
from audit_app.storage.models import AuditReturn, Cycle, Holding, Organisation, Partnership, Person
from audit_app.storage.questionnaire_library import publish
from tests.journeys.answers import Fields
from tests.journeys.serving import ROOT, Served

TEXT = ROOT / "tests" / "questionnaires" / "a_signatory_signs_and_two_declare.yaml"
TITLE = "Short audit of record transfer"
SECOND_SIGNATORY = "Lowri Inglefold"

ANSWERS: dict[str, Fields] = {
    "1.1": {"answer": "yes"},
    "1.2": {"answer": "amber", "commentary": "Two people joined last week."},
    "1.3": {"answer": "yes"},
    "2.1": {"x": "4", "y": "5"},
    "2.2": {"answer": "We telephone a week later."},
    "3.1": {
        "sign-0-name": "Rowan Brackenfell",
        "sign-0-role": "Designated safeguarding lead",
        "sign-0-date-day": "2",
        "sign-0-date-month": "3",
        "sign-0-date-year": "2026",
        "sign-1-name": "Greta Oakenshaw",
        "sign-1-role": "Owner",
        "sign-1-date-day": "3",
        "sign-1-date-month": "3",
        "sign-1-date-year": "2026",
    },
}
"""Everything that is asked, as the forms of its questions have it."""


class SignedRound(NamedTuple):
    """The ids of the round, and of the returns of the nursery and of the childminder."""

    cycle: str
    nursery: str
    childminder: str


def ask_for_signatures(service: Served) -> SignedRound:
    """Open the round for the first nursery, which has two signatories, and for a childminder."""
    with records_of(service) as session:
        found = _ask(session)
        session.commit()
    return found


@contextmanager
def records_of(service: Served) -> Iterator[Session]:
    """Open the records of the running service."""
    engine = make_engine(f"sqlite:///{service.database}")
    try:
        with writing_session(engine) as session:
            yield session
    finally:
        engine.dispose()


def _ask(session: Session) -> SignedRound:
    now = datetime.now(UTC)
    partnership = session.scalars(select(Partnership)).one()
    cycle = Cycle(
        partnership_id=partnership.id,
        content_hash=publish(session, TEXT.read_text("utf-8"), at=now).content_hash,
        title=TITLE,
        year=now.year,
        opens_at=now - timedelta(days=9),
        due_at=now + timedelta(days=30),
        closes_at=now + timedelta(days=60),
        state="open",
    )
    session.add(cycle)
    session.flush()
    nursery, childminder = (_organisation_of(session, who) for who in ("lead", "childminder"))
    returns = [
        AuditReturn(
            cycle_id=cycle.id,
            organisation_id=one.id,
            content_hash=cycle.content_hash,
            due_at=cycle.due_at,
        )
        for one in (nursery, childminder)
    ]
    second = Person(name=SECOND_SIGNATORY, email="second@example.org", created_at=now)
    session.add_all([*returns, second])
    session.flush()
    since = now - timedelta(days=9)
    session.add(
        Holding(person_id=second.id, role=Role.SIGNATORY, organisation_id=nursery.id, since=since)
    )
    return SignedRound(str(cycle.id), *(str(one.id) for one in returns))


def _organisation_of(session: Session, who: str) -> Organisation:
    statement = (
        select(Organisation)
        .join(Holding, Holding.organisation_id == Organisation.id)
        .join(Person, Person.id == Holding.person_id)
        .where(Person.email == f"{who}@wensmere.example")
    )
    return session.scalars(statement).one()
