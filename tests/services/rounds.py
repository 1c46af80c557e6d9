"""A small county in which rounds are run, for tests: everything in it is invented."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.rounds.deadlines import Dates
from audit_app.services.planning_cycles import CycleFacts, plan_cycle
from audit_app.services.running_cycles import Opened, open_cycle
from audit_app.storage.models import (
    AuditReturn,
    Cycle,
    Organisation,
    OutgoingMessage,
    Partnership,
    Scope,
)
from tests.builders import (
    NOW,
    QUESTIONNAIRE,
    make_contact,
    make_organisation,
    make_partnership,
    make_questionnaire_version,
)

ADDRESS = "https://audit.example.org"
OPENS, DUE, CLOSES = date(2026, 9, 14), date(2026, 11, 20), date(2026, 12, 18)


def facts_of(session: Session, *, text: str = QUESTIONNAIRE, **values: Any) -> CycleFacts:
    """Say a round as a coordinator would; `values` are what the test is about."""
    given: dict[str, Any] = {
        "title": "Small audit 2026",
        "content_hash": make_questionnaire_version(session, text=text).content_hash,
        "dates": Dates(OPENS, DUE, CLOSES),
        "scope": Scope(),
    }
    return CycleFacts(**{**given, **values})


def make_settings(session: Session, *names: str, at: Any = None) -> list[Organisation]:
    """Make settings that can be written to at an address of their name."""
    at = at or make_partnership(session)
    made = []
    for name in names:
        organisation = make_organisation(session, name=name, at=at)
        make_contact(session, organisation, email=f"{name.lower()}@example.org")
        made.append(organisation)
    return made


def planned(session: Session, partnership: Partnership, **values: Any) -> Cycle:
    """Plan a round."""
    return plan_cycle(session, partnership, facts=facts_of(session, **values), by=None, now=NOW)


def opened(session: Session, partnership: Partnership, **values: Any) -> Cycle:
    """Plan a round and open it."""
    cycle = planned(session, partnership, **values)
    open_now(session, cycle)
    return cycle


def open_now(session: Session, cycle: Cycle) -> Opened | None:
    """Open a round, a little before the moment at which the other things of a test happen."""
    at = NOW - timedelta(minutes=5)
    return open_cycle(session, cycle, by=None, now=at, base_address=ADDRESS)


def returns_in(session: Session, cycle: Cycle) -> dict[str, AuditReturn]:
    """Give the returns of a round by the names of their organisations."""
    session.expire_all()
    rows = session.scalars(select(AuditReturn).where(AuditReturn.cycle_id == cycle.id))
    return {row.organisation.name: row for row in rows}


def messages_in(session: Session, kind: str = "") -> list[OutgoingMessage]:
    """Give the messages that were written, of one kind or all, by address."""
    statement = select(OutgoingMessage).order_by(OutgoingMessage.to_address, OutgoingMessage.id)
    return [one for one in session.scalars(statement) if kind in ("", one.kind)]
