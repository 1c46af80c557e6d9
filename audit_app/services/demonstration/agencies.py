"""The demonstration's round of recommendation assurance: to each agency its own blocks."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.london import LONDON, london_date
from audit_app.core.questions import Question
from audit_app.services.demonstration import county
from audit_app.services.demonstration.accounts import DOMAIN
from audit_app.services.demonstration.after_sending import Office
from audit_app.services.demonstration.assurances import (
    DONE,
    GROUP,
    HELP,
    IMPACT,
    PAPERS,
    SINCE,
    STORY,
)
from audit_app.services.demonstration.rounds import Asked, Round, load_return
from audit_app.services.questionnaire_files import read_questionnaire_file
from audit_app.services.reading_sources import sources
from audit_app.services.receiving_files import Keeping
from audit_app.storage.models import Cycle, CycleState, Holding, Organisation, Partnership, Person
from audit_app.storage.questionnaire_library import publish

SEED = 43

STATES: dict[int, State] = {
    0: State.IN_PROGRESS,
    2: State.SUBMITTED,
    4: State.IN_PROGRESS,
    5: State.SUBMITTED,
    6: State.SUBMITTED,
    8: State.IN_PROGRESS,
    9: State.VALIDATED,
    10: State.SUBMITTED,
    12: State.IN_PROGRESS,
    14: State.VALIDATED,
}
"""Where the returns of the agencies stand; those that are not here have not begun."""


def heads_of(session: Session, agencies: list[Organisation], now: datetime) -> list[Asked]:
    """Give each agency with whoever leads safeguarding there, who is made where nobody is."""
    found = []
    for number, agency in enumerate(agencies):
        head = session.scalars(
            select(Person)
            .join(Holding, Holding.person_id == Person.id)
            .where(Holding.organisation_id == agency.id)
            .order_by(Person.email)
        ).first()
        if head is None:
            head = Person(
                name=county.person_name(number + 240),
                email=f"agency{number:02}@{DOMAIN}",
                confirmed_at=now,
                created_at=now,
            )
            session.add(head)
            session.flush()
            since = now - timedelta(days=800)
            session.add(
                Holding(
                    person_id=head.id,
                    role="designated_lead",
                    since=since,
                    organisation_id=agency.id,
                )
            )
        likeness = county.Setting(number, agency.name, agency.kind, "", "", "", 0.85)
        found.append(Asked(likeness, agency, head))
    return found


def load_assurance(
    session: Session,
    partnership: Partnership,
    heads: list[Asked],
    office: Office,
    questionnaires: Path,
    now: datetime,
    keeping: Keeping | None = None,
) -> None:
    """Ask every agency about the recommendations that it answers for, due before the settings."""
    one = open_round(
        session, partnership, questionnaires, "recommendation-assurance", "Recommendations", now
    )._replace(keeping=keeping)
    random = Random(SEED)  # noqa: S311 - a story, the same each time, not a secret
    for number, who in enumerate(heads):
        state = STATES.get(number, State.NOT_STARTED)
        told = _told(number, who.lead.name, london_date(now))
        load_return(session, one, who, state, office, random, told=told)


def open_round(
    session: Session,
    partnership: Partnership,
    questionnaires: Path,
    name: str,
    title: str,
    now: datetime,
    *,
    due_in: int = 11,
) -> Round:
    """Publish the newest version of a questionnaire, and open a round with it."""
    newest = max((questionnaires / name).glob("*.yaml"))
    read = read_questionnaire_file(
        newest.read_bytes(), name=newest.name, sources=sources(questionnaires)
    )
    version = publish(session, read.text or "", at=now)
    due = datetime.combine(london_date(now) + timedelta(days=due_in), time(17), LONDON)
    cycle = Cycle(
        partnership_id=partnership.id,
        content_hash=version.content_hash,
        title=f"{title} {due.year}",
        year=due.year,
        opens_at=due - timedelta(days=60),
        due_at=due,
        closes_at=due + timedelta(days=28),
        state=CycleState.OPEN,
        **county.CONTACT,
    )
    session.add(cycle)
    session.flush()
    return Round(cycle, now, is_last=False)


def _told(number: int, head: str, today: date) -> Callable[[Question, dict[str, Any]], Any]:
    """Tell the story of one agency: block by block, as STORY goes on."""
    blocks: dict[str, int] = {}

    def says(question: Question, values: dict[str, Any]) -> Any:
        block, _, part = question.id.rpartition(".")
        if not block:
            return _about(question.id, today, head)
        turn = number * 3 + blocks.setdefault(block, len(blocks))
        status, rating, days = STORY[turn % len(STORY)]
        words = {
            "status": status,
            "rating": rating,
            "progress": DONE[status][turn % len(DONE[status])],
            "impact": IMPACT[turn % len(IMPACT)],
            "evidence": PAPERS[turn % len(PAPERS)],
            "date": (today + timedelta(days=days)).isoformat(),
            "in-the-way": [("capacity", "partner", "funding", "system")[turn % 4]],
            "help": HELP[turn % len(HELP)],
        }
        return words.get(part)

    return says


def _about(question_id: str, today: date, head: str) -> Any:
    return {
        "G2": [{"full_name": head, "role": "Executive lead for safeguarding"}],
        "G3": GROUP,
        "G4": (today + timedelta(days=75)).isoformat(),
        "G5": "partnership",
        "G6": SINCE,
    }.get(question_id)
