"""Letting evidence stand behind an answer while a return is open, and taking it away again."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.evidence.limits import Limits, size_words
from audit_app.core.lifecycle import Move, after, may_be_answered
from audit_app.services.answering import ReturnIsClosed, is_over
from audit_app.services.counting_progress import count_progress
from audit_app.services.evidence_files import version_of
from audit_app.services.receiving_files import Arrived
from audit_app.services.recording import Event, record
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import AuditReturn, Evidence, EvidenceLink, Person
from audit_app.storage.queries.evidence import standing_link, stored_by
from audit_app.storage.queries.evidence_kept import bytes_behind, same_citation, same_file
from audit_app.storage.queries.returns import hold_return


class About(NamedTuple):
    """What people say of an item. `dated` is the document's own date."""

    title: str
    dated: date | None = None
    expires_on: date | None = None


class NoRoomLeft(Exception):
    """The return or the organisation has as much evidence as may be kept; the message says so."""


class Backed(NamedTuple):
    """An item that stands behind an answer now; `is_new` where the organisation did not have it,
    and `stood_there` where it stood behind this answer before.
    """

    evidence: Evidence
    is_new: bool = False
    stood_there: bool = False


def add_file(
    session: Session,
    audit_return: AuditReturn,
    question_id: str,
    arrived: Arrived,
    *,
    about: About,
    limits: Limits,
    by: Person,
    now: datetime,
) -> Backed:
    """Let a file that has arrived stand behind an answer.

    The same file twice is one item: it then stands behind one more answer, and the copy that has
    arrived is of no use. Raises ReturnIsClosed or NoRoomLeft, and then nothing is written.
    """
    hold_open(session, audit_return, question_id, now)
    known = same_file(session, audit_return.organisation_id, arrived.sha256)
    if known is not None:
        return _link(session, audit_return, question_id, known, by=by, now=now)
    _see_that_there_is_room(session, audit_return, arrived.size, limits)
    evidence = _item(session, audit_return, about, by=by, now=now)
    session.add(version_of(evidence, arrived, number=1, by=by, now=now))
    return _link(session, audit_return, question_id, evidence, by=by, now=now, is_new=True)


def cite(
    session: Session,
    audit_return: AuditReturn,
    question_id: str,
    *,
    about: About,
    where: str,
    by: Person,
    now: datetime,
) -> Backed:
    """Say where evidence is to be found, without its file. Raises ReturnIsClosed.

    The same said twice, as by a double click, is one item.
    """
    hold_open(session, audit_return, question_id, now)
    known = same_citation(
        session,
        audit_return.organisation_id,
        title=about.title,
        where=where,
        dated=about.dated,
        expires_on=about.expires_on,
    )
    if known is not None:
        return _link(session, audit_return, question_id, known, by=by, now=now)
    evidence = _item(session, audit_return, about, by=by, now=now, where=where)
    return _link(session, audit_return, question_id, evidence, by=by, now=now, is_new=True)


def use_again(
    session: Session,
    audit_return: AuditReturn,
    question_id: str,
    evidence: Evidence,
    *,
    by: Person,
    now: datetime,
) -> Backed:
    """Let an item that the organisation has stand behind one more answer. Raises ReturnIsClosed."""
    if evidence.organisation_id != audit_return.organisation_id or evidence.removed_at is not None:
        raise ValueError("this is no evidence of the organisation")
    hold_open(session, audit_return, question_id, now)
    return _link(session, audit_return, question_id, evidence, by=by, now=now)


def take_away(
    session: Session,
    audit_return: AuditReturn,
    question_id: str,
    evidence_id: UUID,
    *,
    by: Person,
    now: datetime,
) -> bool:
    """Take an item away from an answer; the organisation keeps it. Raises ReturnIsClosed.

    Gives False where it did not stand there, as after a second click.
    """
    hold_open(session, audit_return, question_id, now)
    link = standing_link(session, audit_return, question_id, evidence_id)
    if link is None:
        return False
    end_link(session, audit_return, link, by=by, now=now)
    return True


def end_link(
    session: Session, audit_return: AuditReturn, link: EvidenceLink, *, by: Person, now: datetime
) -> None:
    """End one link of a return that is held, count again, and say so in its history."""
    link.removed_at, link.removed_by_id = now, by.id
    _note(session, audit_return, Event.EVIDENCE_TAKEN_AWAY, link, by=by, now=now)


def hold_open(session: Session, audit_return: AuditReturn, question_id: str, now: datetime) -> None:
    """Hold a return whose question may be answered, alone until the commit.

    Raises ReturnIsClosed, also where the partnership opened other questions again and not this.
    """
    hold_return(session, audit_return, alone=True)
    if not is_open_for_evidence(session, audit_return, question_id, now):
        raise ReturnIsClosed(audit_return)


def is_open_for_evidence(
    session: Session, audit_return: AuditReturn, question_id: str, now: datetime
) -> bool:
    """Say whether what stands behind this answer may be changed now."""
    if not may_be_answered(audit_return.state) or is_over(audit_return, now):
        return False
    opened = open_questions(session, audit_return)
    return opened is None or question_id in opened


def _item(
    session: Session,
    audit_return: AuditReturn,
    about: About,
    *,
    by: Person,
    now: datetime,
    where: str | None = None,
) -> Evidence:
    evidence = Evidence(
        organisation_id=audit_return.organisation_id,
        title=about.title,
        document_date=about.dated,
        expires_on=about.expires_on,
        cited_where=where,
        created_at=now,
        created_by_id=by.id,
    )
    session.add(evidence)
    session.flush()
    return evidence


def _link(
    session: Session,
    audit_return: AuditReturn,
    question_id: str,
    evidence: Evidence,
    *,
    by: Person,
    now: datetime,
    is_new: bool = False,
) -> Backed:
    if standing_link(session, audit_return, question_id, evidence.id) is not None:
        return Backed(evidence, stood_there=True)
    link = EvidenceLink(
        evidence_id=evidence.id,
        audit_return_id=audit_return.id,
        question_id=question_id,
        at=now,
        by_id=by.id,
    )
    session.add(link)
    state = after(audit_return.state, Move.ANSWER)
    if state is not audit_return.state:
        audit_return.state, audit_return.started_at = state, audit_return.started_at or now
    event = Event.EVIDENCE_ADDED if is_new else Event.EVIDENCE_USED_AGAIN
    _note(session, audit_return, event, link, by=by, now=now)
    return Backed(evidence, is_new=is_new)


def _note(
    session: Session,
    audit_return: AuditReturn,
    event: Event,
    link: EvidenceLink,
    *,
    by: Person,
    now: datetime,
) -> None:
    """Count how far the return has come, and tell its history which item it was, not its title."""
    session.flush()
    details = {"question": link.question_id, "evidence": str(link.evidence_id)}
    record(session, event, audit_return, by=by, at=now, details=details)
    count_progress(session, audit_return, by=by, now=now)


def _see_that_there_is_room(
    session: Session, audit_return: AuditReturn, size: int, limits: Limits
) -> None:
    if bytes_behind(session, audit_return.id) + size > limits.of_return:
        raise NoRoomLeft(
            f"this return has {size_words(limits.of_return)} of evidence, which is all there is "
            "room for: say where it is instead, or take a file away"
        )
    if stored_by(session, audit_return.organisation)[1] + size > limits.of_organisation:
        raise NoRoomLeft(
            f"your organisation has {size_words(limits.of_organisation)} of evidence, which is all "
            "there is room for: say where it is instead, or ask your partnership"
        )
