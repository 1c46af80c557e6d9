"""Giving a section of a return to a colleague, with a day and a note, and taking it back."""

import re
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.awaiting import Change
from audit_app.core.giving import wrong_gift
from audit_app.core.lifecycle import may_be_answered
from audit_app.core.london import london_date
from audit_app.core.questionnaire import Section
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.section_names import numbered
from audit_app.services.answering import ReturnIsClosed, is_over
from audit_app.services.awaiting import hold_unless_awaited
from audit_app.services.letters import letter
from audit_app.services.messaging import write_message
from audit_app.services.recording import Event, record
from audit_app.storage.models import AuditReturn, Person, SectionAssignment
from audit_app.storage.queries.assignments import Held, end_assignment, sections_held
from audit_app.storage.queries.colleagues import people_of
from audit_app.storage.questionnaire_library import load

EMPTY_LINES = re.compile(r"\n{3,}")
"""What a letter has where a day or a note was not given."""


class GiftRefused(Exception):
    """A section cannot be given like this; each thing wrong with its part."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__("; ".join(one.text for one in wrong))
        self.wrong = wrong


class SectionHasMoved(Exception):
    """Somebody else gave or took the section since this page was opened; nothing was written."""

    def __init__(self, held: Held | None) -> None:
        super().__init__("Somebody else has given or taken this section: nothing was changed")
        self.held = held


class Gift(NamedTuple):
    """To whom a section is given, until when, and what is said with it."""

    to: Person
    due_on: date | None = None
    note: str = ""


def give_section(
    session: Session,
    audit_return: AuditReturn,
    section: Section,
    *,
    gift: Gift,
    seen: UUID | None,
    by: Person,
    now: datetime,
    base_address: str,
) -> SectionAssignment:
    """Give a section to somebody of the same organisation, and write to them.

    `seen` is the gift that stood when the page was opened, None where the section was nobody's.
    Raises AwaitsSignature, ReturnIsClosed, GiftRefused and SectionHasMoved.
    """
    held = _as_seen(session, audit_return, section, seen=seen, now=now)
    note = " ".join(gift.note.split())
    wrong = wrong_gift(
        due_on=gift.due_on,
        note=note,
        today=london_date(now),
        return_due_on=london_date(audit_return.due_at),
    )
    if gift.to.id not in {one.id for one in people_of(session, audit_return.organisation_id)}:
        wrong.append(Wrong("to", "Choose somebody who works at your organisation"))
    if wrong:
        raise GiftRefused(wrong)
    if held is not None:
        end_assignment(session, held.assignment, at=now)
    gift = gift._replace(note=note)
    given = _given(session, audit_return, section, gift=gift, by=by, now=now)
    link = f"{base_address}/returns/{audit_return.id}/sections/{section.id}"
    _write(session, "section_given", given, audit_return, section, to=gift.to, by=by, link=link)
    if held is not None and held.is_here and held.assignment.person_id != gift.to.id:
        _write_taken(session, held, audit_return, section, by=by)
    return given


def take_section(
    session: Session,
    audit_return: AuditReturn,
    section: Section,
    *,
    seen: UUID | None,
    by: Person,
    now: datetime,
) -> SectionAssignment:
    """Take a section that is nobody's, or whose holder no longer works here.

    Raises AwaitsSignature, ReturnIsClosed and SectionHasMoved.
    """
    held = _as_seen(session, audit_return, section, seen=seen, now=now)
    if held is not None and held.is_here:
        raise SectionHasMoved(held)
    if held is not None:
        end_assignment(session, held.assignment, at=now)
    return _given(session, audit_return, section, gift=Gift(by), by=by, now=now)


def take_back(
    session: Session,
    audit_return: AuditReturn,
    section: Section,
    *,
    seen: UUID | None,
    by: Person,
    now: datetime,
) -> None:
    """Let a section be nobody's again, and write to whoever had it, or to who gave it to them.

    Raises AwaitsSignature, ReturnIsClosed and SectionHasMoved.
    """
    held = _as_seen(session, audit_return, section, seen=seen, now=now)
    if held is None:
        return
    end_assignment(session, held.assignment, at=now)
    had = held.assignment.person_id
    _tell(session, Event.SECTION_TAKEN_BACK, audit_return, section, had, by=by, now=now)
    if had != by.id:
        if held.is_here:
            _write_taken(session, held, audit_return, section, by=by)
        return
    giver = held.assignment.by
    here = {one.id for one in people_of(session, audit_return.organisation_id)}
    if giver is not None and giver.id != by.id and giver.id in here:
        given = held.assignment
        _write(session, "section_given_back", given, audit_return, section, to=giver, by=by)


def _as_seen(
    session: Session,
    audit_return: AuditReturn,
    section: Section,
    *,
    seen: UUID | None,
    now: datetime,
) -> Held | None:
    """Hold the return, and give who has the section if that is still who was seen to have it."""
    hold_unless_awaited(session, [audit_return], Change.GIVE_SECTION, alone=True)
    if not may_be_answered(audit_return.state) or is_over(audit_return, now):
        raise ReturnIsClosed(audit_return)
    held = sections_held(session, audit_return).get(section.id)
    if (held.assignment.id if held is not None else None) != seen:
        raise SectionHasMoved(held)
    return held


def _given(
    session: Session,
    audit_return: AuditReturn,
    section: Section,
    *,
    gift: Gift,
    by: Person,
    now: datetime,
) -> SectionAssignment:
    given = SectionAssignment(
        audit_return_id=audit_return.id,
        section_id=section.id,
        person_id=gift.to.id,
        due_on=gift.due_on,
        note=gift.note,
        at=now,
        by_id=by.id,
    )
    session.add(given)
    session.flush()
    _tell(session, Event.SECTION_GIVEN, audit_return, section, gift.to.id, by=by, now=now)
    return given


def _write_taken(
    session: Session, held: Held, audit_return: AuditReturn, section: Section, *, by: Person
) -> None:
    had = held.assignment
    _write(session, "section_taken_back", had, audit_return, section, to=had.person, by=by)


def _write(
    session: Session,
    kind: str,
    given: SectionAssignment,
    audit_return: AuditReturn,
    section: Section,
    *,
    to: Person,
    by: Person,
    link: str = "",
) -> None:
    """Write once about each gift; nobody is written to about what they did themselves."""
    if to.id == by.id:
        return
    day = given.due_on
    word = load(session, audit_return.content_hash).section_word
    words = letter(
        kind,
        word=word,
        opening=word.capitalize(),
        audit=audit_return.cycle.title,
        organisation=audit_return.organisation.name,
        section=numbered(section.id, section.title),
        by=by.name,
        until=f"Please finish it by {day.day} {day:%B} {day.year}." if day else "",
        note=f"Note: {given.note}" if given.note else "",
        link=link,
    )
    write_message(
        session,
        to=to,
        kind=kind,
        subject=words.subject,
        body=EMPTY_LINES.sub("\n\n", words.body),
        at=given.ended_at or given.at,
        dedup_key=f"{kind}:{given.id}",
        partnership=audit_return.cycle.partnership,
        audit_return=audit_return,
        by=by,
    )


def _tell(
    session: Session,
    event: Event,
    audit_return: AuditReturn,
    section: Section,
    person_id: UUID,
    *,
    by: Person,
    now: datetime,
) -> None:
    details = {"section": section.id, "person": str(person_id)}
    record(session, event, audit_return, by=by, at=now, details=details)
