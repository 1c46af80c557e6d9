"""What becomes of a return once it is answered: asked to be signed, signed, to be changed, told.

Nothing in it is drawn by chance, so that the rest of the story stays as it is. No message is
written: the story begins with nothing in the post.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.london import london_date
from audit_app.core.on_behalf import OnBehalf
from audit_app.core.permissions import WORDS, Role
from audit_app.core.replies import Reply
from audit_app.core.sheet import Sheet
from audit_app.services.demonstration.sentences import NOTE_TO_SIGN, TO_CHANGE
from audit_app.services.recording import Event, record
from audit_app.services.signing import declaration_for
from audit_app.storage.models import (
    Answer,
    AuditReturn,
    ChangeRequest,
    Person,
    Result,
    SignOff,
    SignOffRequest,
)

AWAITING, CHANGES, TOLD, CHECKED = 6, 4, 51, 3
"""Settings of this year, each with an account of its own: whose signature is awaited, which is
asked for changes, which told its answers by telephone, which was validated."""

TO_LOOK_AT = 2
"""How many answers are asked to be looked at again."""

STATES: dict[int, State] = {
    AWAITING: State.AWAITING_SIGN_OFF,
    CHANGES: State.CHANGES_REQUESTED,
    CHECKED: State.VALIDATED,
}
"""Where those of them stand this year that would stand elsewhere otherwise."""


class Office(NamedTuple):
    """Who works for the partnership in the story."""

    coordinator: Person
    moderator: Person


def ask_to_sign(session: Session, audit_return: AuditReturn, *, by: Person, at: datetime) -> None:
    """Let a return that is complete await the signature of any signatory."""
    session.add(
        SignOffRequest(
            audit_return_id=audit_return.id,
            requested_at=at,
            requested_by_id=by.id,
            note=NOTE_TO_SIGN,
        )
    )
    session.flush()
    record(session, Event.SIGN_OFF_ASKED, audit_return, by=by, at=at)


def sign(
    session: Session,
    audit_return: AuditReturn,
    result: Result,
    *,
    by: Person,
    at: datetime,
    name: str = "",
) -> None:
    """Put the signature of whoever sent a return under it, or of somebody they sent it for."""
    role = WORDS[Role.DESIGNATED_LEAD] if not name else "Childminder"
    session.add(
        SignOffRequest(
            audit_return_id=audit_return.id,
            requested_at=at,
            requested_by_id=by.id,
            asked_of_id=by.id,
            decision=SignOff.SIGNED,
            decided_at=at,
            decided_by_id=by.id,
            name=name or by.name,
            role_in_words=role,
            declaration=declaration_for(audit_return),
            result_id=result.id,
        )
    )


def ask_for_changes(
    session: Session, audit_return: AuditReturn, sheet: Sheet, *, by: Person, now: datetime
) -> None:
    """Ask for the two gravest answers of a return to be looked at again, within ten days."""
    said = {line.question.id: line.reply for section in sheet.sections for line in section.lines}
    names = [one.question_id for one in sheet.actions][:TO_LOOK_AT]
    at = now - timedelta(hours=2)
    for name in names:
        session.add(
            ChangeRequest(
                audit_return_id=audit_return.id,
                question_id=name,
                reason=_to_change(said[name]),
                at=at,
                wanted_by=london_date(now) + timedelta(days=10),
                by_id=by.id,
            )
        )
    session.flush()
    details = {"questions": names}
    record(session, Event.CHANGES_REQUESTED, audit_return, by=by, at=at, details=details)


def tell_by_telephone(
    session: Session, audit_return: AuditReturn, *, whom: Person, by: Person, at: datetime
) -> None:
    """Say of every answer that the coordinator entered it as it was told by telephone."""
    told = OnBehalf(whom.name, "telephone")
    session.execute(
        update(Answer)
        .where(Answer.audit_return_id == audit_return.id)
        .values(on_behalf_of=told.name, channel=told.channel, saved_by_id=by.id)
        .execution_options(synchronize_session=False)
    )
    audit_return.submitted_on_behalf_of = told.words
    record(session, Event.ANSWERING_ON_BEHALF, audit_return, by=by, at=at, details=told.details)


def _to_change(reply: Reply | None) -> str:
    """Ask what fits the answer it is about."""
    value = reply.value if reply is not None else None
    if isinstance(value, dict) and value.keys() >= {"x", "y"} and value["y"] > value["x"]:
        return TO_CHANGE["figures"].format(**value, missing=value["y"] - value["x"])
    return TO_CHANGE["comment" if reply is not None and reply.commentary else "bare"]
