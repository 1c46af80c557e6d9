"""The demonstration with more people in it: whom the benchmarks sign in and let answer."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.services.demonstration import load_demonstration, load_test
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import AuditReturn, Holding, Person
from audit_app.storage.queries.answers import answers_of, last_cycle_answers
from audit_app.storage.questionnaire_library import load
from tests.databases import Database

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
PASSWORD = "a password of the benchmarks alone"
SECOND_LEAD = "second.lead@wensmere.example"
"""Somebody whose return is half answered, and who answered last year too."""


class Lead(NamedTuple):
    """Somebody to sign in as, and the return they answer."""

    email: str
    return_id: str


def load_town(database: Database, *, leads: int) -> list[Lead]:
    """Load the demonstration and so many leads more, each with an untouched return."""
    now, hashed = datetime.now(UTC), password_hash()
    with writing_session(database.engine) as session:
        load_demonstration(session, now=now, questionnaires=QUESTIONNAIRES, password_hash=hashed)
        made = [Lead(*one) for one in load_test(session, leads, now=now, password_hash=hashed)]
        session.commit()
    return made


def half_way_lead(database: Database) -> Lead:
    """Give the lead whose return of this year is under way."""
    with reading_session(database.engine) as session:
        return Lead(SECOND_LEAD, str(_half_way(session).id))


def question_of_kind(database: Database, kind: str) -> str:
    """Give the first question of a kind that the lead has answered this year and last."""
    with reading_session(database.engine) as session:
        audit_return = _half_way(session)
        questionnaire = load(session, audit_return.content_hash)
        before = last_cycle_answers(session, audit_return)
        return next(
            name
            for name in answers_of(session, audit_return)
            if name in before and questionnaire.question(name).kind == kind
        )


def steady_questions(database: Database, lead: Lead) -> list[str]:
    """Give the ratings that a lead is asked whatever else they answer, in their order."""
    with reading_session(database.engine) as session:
        audit_return = session.get_one(AuditReturn, UUID(lead.return_id))
        questionnaire = load(session, audit_return.content_hash)
        return [
            placed.question.id
            for placed in questionnaire.asked(audit_return.organisation.kind)
            if placed.question.kind == "rating"
            and placed.question.when is None
            and not any(section.when for section in placed.path)
        ]


def password_hash() -> str:
    """Hash the password as the sign-in page will look at it."""
    return PasswordHasher().hash(PASSWORD)


def _half_way(session: Session) -> AuditReturn:
    return session.scalars(
        select(AuditReturn)
        .join(Holding, Holding.organisation_id == AuditReturn.organisation_id)
        .join(Person, Person.id == Holding.person_id)
        .where(Person.email == SECOND_LEAD, AuditReturn.state == State.IN_PROGRESS)
    ).one()
