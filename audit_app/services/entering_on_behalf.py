"""Beginning to enter an organisation's answers for it, which is told to it and recorded."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.core.awaiting import Change
from audit_app.core.lifecycle import may_be_answered
from audit_app.core.london import london_date
from audit_app.core.on_behalf import CHANNEL_WORDS, OnBehalf, wrong_on_behalf
from audit_app.services.answering import ReturnIsClosed, is_over
from audit_app.services.awaiting import hold_unless_awaited
from audit_app.services.letters import letter
from audit_app.services.recording import Event, record
from audit_app.services.telling import tell_organisation
from audit_app.storage.models import AuditReturn, Person


class AuditIsIndependent(Exception):
    """An audit of a consultation is entered by its own agency alone, or it would tell the other."""


class OnBehalfRefused(Exception):
    """It was not said for whom, or by which way; `wrong` says what, by its part."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.wrong = wrong


def begin_on_behalf(
    session: Session,
    audit_return: AuditReturn,
    *,
    name: str,
    channel: str,
    by: Person,
    now: datetime,
    base_address: str,
) -> tuple[OnBehalf, int]:
    """Note that somebody enters answers for an organisation, and tell it, once a day and person.

    Gives for whom, and how many people were told. Raises OnBehalfRefused, AwaitsSignature,
    ReturnIsClosed, and AuditIsIndependent for every audit of a consultation: nobody may have a
    hand in both.
    """
    if audit_return.consultation_id is not None:
        raise AuditIsIndependent(audit_return.id)
    hold_unless_awaited(session, [audit_return], Change.ENTER_ON_BEHALF, alone=False)
    if not may_be_answered(audit_return.state) or is_over(audit_return, now):
        raise ReturnIsClosed(audit_return)
    wrong = wrong_on_behalf(name, channel)
    if wrong:
        raise OnBehalfRefused(wrong)
    found = OnBehalf(" ".join(name.split()), channel)
    record(
        session,
        Event.ANSWERING_ON_BEHALF,
        audit_return,
        by=by,
        at=now,
        details={"on_behalf_of": found.name, "channel": found.channel},
    )
    words = letter(
        "answering_on_behalf",
        audit=audit_return.cycle.title,
        organisation=audit_return.organisation.name,
        partnership=audit_return.cycle.partnership.name,
        person=by.name,
        whom=found.name,
        way=CHANNEL_WORDS[found.channel],
        link=f"{base_address.rstrip('/')}/returns/{audit_return.id}",
    )
    told = tell_organisation(
        session,
        audit_return,
        words,
        kind="answering_on_behalf",
        occasion=f"{london_date(now).isoformat()}:{by.id}",
        by=by,
        now=now,
    )
    return found, told
