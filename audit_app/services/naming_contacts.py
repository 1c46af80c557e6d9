"""Naming whom people ask about a round, before it opens and while it runs."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.moves import CycleMove, cycle_after
from audit_app.services.planning_cycles import CycleRefused, wrong_email
from audit_app.services.recording import Event, record
from audit_app.storage.models import Cycle, Person
from audit_app.storage.queries.rounds import hold_cycle

LONGEST = {"contact_name": 120, "contact_email": 254, "contact_telephone": 40}
"""How many characters each part of a contact may have."""

CALLED = {
    "contact_name": "The name",
    "contact_email": "The e-mail address",
    "contact_telephone": "The telephone number",
}


class Contact(NamedTuple):
    """Whom people ask about a round; what is empty is not shown."""

    name: str = ""
    email: str = ""
    telephone: str = ""


def name_contact(
    session: Session, cycle: Cycle, *, contact: Contact, by: Person | None, now: datetime
) -> None:
    """Name the contact of a round, or change it; history keeps who it was and who it is.

    Naming the same again changes nothing. Raises CycleMoveNotPossible, CycleRefused.
    """
    hold_cycle(session, cycle)
    cycle_after(cycle.state, CycleMove.NAME_CONTACT)
    said = dict(zip(LONGEST, (one.strip() for one in contact), strict=True))
    wrong = [
        Wrong(part, f"{CALLED[part]} must be {LONGEST[part]} characters or fewer")
        for part, text in said.items()
        if len(text) > LONGEST[part]
    ]
    if (said["contact_email"] or said["contact_telephone"]) and not said["contact_name"]:
        wrong.append(Wrong("contact_name", "Enter the name of whoever is asked"))
    if wrong := wrong + wrong_email(said["contact_email"]):
        raise CycleRefused(wrong)
    before = {part: getattr(cycle, part) or "" for part in said}
    if said == before:
        return
    for part, text in said.items():
        setattr(cycle, part, text or None)
    session.flush()
    details = {
        "cycle": str(cycle.id),
        "title": cycle.title,
        "contact": _in_words(said),
        "contact_before": _in_words(before),
    }
    record(session, Event.CYCLE_CONTACT_NAMED, cycle.partnership, by=by, at=now, details=details)


def _in_words(parts: dict[str, str]) -> str:
    return ", ".join(text for text in parts.values() if text) or "nobody"
