"""Asking a signatory to sign a return, declining to, and taking the request back."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import Move, MoveNotPossible, State, after
from audit_app.core.signing import LONGEST_WORDS
from audit_app.services.answering import ReturnIsClosed, is_over
from audit_app.services.letters import letter
from audit_app.services.looking_again import say_why_left
from audit_app.services.messaging import write_message
from audit_app.services.recording import Event, record
from audit_app.services.signing import may_decide, ways_of
from audit_app.services.submitting import complete_sheet
from audit_app.storage.models import AuditReturn, Person, SignOff, SignOffRequest
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.returns import hold_return
from audit_app.storage.queries.sign_offs import open_sign_off
from audit_app.storage.queries.submitters import signatories_of


class SignOffRefused(Exception):
    """A request cannot be made or decided like this; `wrong` says why, by the part of the form."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.wrong = wrong


def ask_for_sign_off(
    session: Session,
    audit_return: AuditReturn,
    *,
    of: Person | None,
    note: str,
    by: Person,
    now: datetime,
    base_address: str,
    left: Mapping[str, str] | None = None,
) -> SignOffRequest:
    """Ask one signatory, or any of them, to read and sign a return; it is closed until they have.

    `left` says, by question, why an answer that was asked to be looked at again stays as it was.
    Raises MoveNotPossible (a second click, for one), ReturnIsClosed, ReturnIsIncomplete,
    NotLookedAt where one stays and nobody said why, and SignOffRefused where there is nobody to
    ask.
    """
    hold_return(session, audit_return)
    state = after(audit_return.state, Move.ASK_FOR_SIGN_OFF)
    if open_sign_off(session, audit_return) is not None:
        raise MoveNotPossible(State.AWAITING_SIGN_OFF, Move.ASK_FOR_SIGN_OFF)
    if is_over(audit_return, now):
        raise ReturnIsClosed(audit_return)
    complete_sheet(session, audit_return, answers_of(session, audit_return), now=now)
    asked = [one for one in signatories_of(session, audit_return) if one.id != by.id]
    if of is not None:
        asked = [one for one in asked if one.id == of.id]
    if not asked or not ways_of(session, audit_return, by).may_ask:
        raise SignOffRefused({"of": "Choose who signs for your organisation"})
    said = _words(note, "note", "note", needed=False)
    say_why_left(session, audit_return, reasons=left or {})
    request = SignOffRequest(
        audit_return_id=audit_return.id,
        requested_at=now,
        requested_by_id=by.id,
        asked_of_id=of.id if of is not None else None,
        note=said,
    )
    session.add(request)
    audit_return.state = state
    audit_return.version += 1
    session.flush()
    record(
        session,
        Event.SIGN_OFF_ASKED,
        audit_return,
        by=by,
        at=now,
        details={"asked_of": [one.name for one in asked]},
    )
    words = letter(
        "sign_off_asked",
        audit=audit_return.cycle.title,
        organisation=audit_return.organisation.name,
        person=by.name,
        note=f"{by.name} writes: {said}" if said else "",
        link=f"{base_address.rstrip('/')}/returns/{audit_return.id}/sign-off",
    )
    for one in asked:
        _write(session, request, "sign_off_asked", words.subject, words.body, one, by, now)
    return request


def decline_sign_off(
    session: Session,
    audit_return: AuditReturn,
    *,
    request: SignOffRequest,
    reason: str,
    by: Person,
    now: datetime,
    base_address: str,
) -> None:
    """Decline to sign, with a reason that stands until the return is sent: it is open again.

    Raises MoveNotPossible where the request is no longer open, and SignOffRefused.
    """
    hold_return(session, audit_return)
    state = after(audit_return.state, Move.DECLINE_SIGN_OFF)
    _refuse_decided(session, audit_return, request, Move.DECLINE_SIGN_OFF)
    if not may_decide(session, audit_return, request, by):
        raise SignOffRefused({"reason": "Somebody else was asked to sign this return"})
    said = _words(reason, "reason", "reason")
    _decide(session, audit_return, request, SignOff.DECLINED, by=by, now=now, reason=said)
    audit_return.state = state
    session.flush()
    record(session, Event.SIGN_OFF_DECLINED, audit_return, by=by, at=now, details={"reason": said})
    words = letter(
        "sign_off_declined",
        audit=audit_return.cycle.title,
        organisation=audit_return.organisation.name,
        person=by.name,
        reason=said,
        link=f"{base_address.rstrip('/')}/returns/{audit_return.id}",
    )
    asker = request.requested_by
    _write(session, request, "sign_off_declined", words.subject, words.body, asker, by, now)


def take_back_sign_off(
    session: Session,
    audit_return: AuditReturn,
    *,
    request: SignOffRequest,
    by: Person,
    now: datetime,
) -> None:
    """Take a request back: the return is open again. Raises MoveNotPossible once it is decided."""
    hold_return(session, audit_return)
    state = after(audit_return.state, Move.TAKE_BACK_SIGN_OFF)
    _refuse_decided(session, audit_return, request, Move.TAKE_BACK_SIGN_OFF)
    _decide(session, audit_return, request, SignOff.WITHDRAWN, by=by, now=now)
    audit_return.state = state
    session.flush()
    record(session, Event.SIGN_OFF_TAKEN_BACK, audit_return, by=by, at=now)


def _refuse_decided(
    session: Session, audit_return: AuditReturn, request: SignOffRequest, move: Move
) -> None:
    """Raise MoveNotPossible where this request is not the one that is open."""
    session.refresh(request)
    if request.decision is not None or request.audit_return_id != audit_return.id:
        raise MoveNotPossible(audit_return.state, move)


def _decide(
    session: Session,
    audit_return: AuditReturn,
    request: SignOffRequest,
    decision: SignOff,
    *,
    by: Person,
    now: datetime,
    reason: str | None = None,
) -> None:
    request.decision, request.decided_at, request.decided_by_id = decision, now, by.id
    request.reason = reason
    audit_return.version += 1


def _words(text: str, part: str, called: str, *, needed: bool = True) -> str:
    said = text.strip()
    if needed and not said:
        raise SignOffRefused({part: "Say why, so that it can be put right"})
    if len(said) > LONGEST_WORDS:
        raise SignOffRefused({part: f"The {called} must be {LONGEST_WORDS:,} characters or fewer"})
    return said


def _write(
    session: Session,
    request: SignOffRequest,
    kind: str,
    subject: str,
    body: str,
    to: Person,
    by: Person,
    now: datetime,
) -> None:
    audit_return = request.audit_return
    write_message(
        session,
        to=to,
        kind=kind,
        subject=subject,
        body=body,
        at=now,
        dedup_key=f"{kind}:{request.id}:{to.id}",
        partnership=audit_return.cycle.partnership,
        audit_return=audit_return,
        by=by,
    )
