"""What the list of my returns shows: the rounds I answer in, and each return of mine in them."""

from collections.abc import Container, Iterable
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from audit_app.core.explaining import listed
from audit_app.core.lifecycle import WORDS, State
from audit_app.core.london import london_date
from audit_app.core.progress import minutes_for
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.rounds.reminding import when_words
from audit_app.storage.models import AuditReturn, Cycle, Person, SectionAssignment
from audit_app.storage.queries.assignments import assignments_to
from audit_app.storage.queries.consultations import with_both_audits_in
from audit_app.storage.queries.my_returns import (
    AtWork,
    at_work_on,
    returns_to_answer,
    sign_offs_on,
    waiting_to_be_looked_at,
)
from audit_app.storage.questionnaire_library import asked_of
from audit_app.web.clock import now, today
from audit_app.web.returns.changes_page import Asked, questions_to_change, sum_up
from audit_app.web.returns.opening import about, is_open, is_returned, opened
from audit_app.web.returns.signing_so_far import NOTHING, SigningSoFar, by_return
from audit_app.web.returns.what_is_left import (
    Counted,
    Untouched,
    duration,
    left_of,
    left_of_asked,
    onward,
    untouched_by,
)

AWAITING = frozenset({State.AWAITING_SIGN_OFF, State.CHANGES_REQUESTED})
"""States in which a signature can be awaited."""

HERE_NOW = timedelta(minutes=15)
"""Somebody who was seen this lately is said to be at work now."""


class MyReturn(NamedTuple):
    """One return in the list of mine.

    Of the other audit of a consultation it says only whether that is in; `compare` leads to both
    once they are.
    """

    audit_return: AuditReturn
    organisation: str
    state: str
    why_closed: str
    is_returned: bool
    takes: str
    when: str
    is_overdue: bool
    left: Counted
    minutes_left: int
    at_least: bool
    brought: int
    others: list[AtWork]
    yours: str
    button: str
    href: str
    other_audit: str | None
    compare: str | None
    asked: Asked | None
    signing: SigningSoFar


class MyRound(NamedTuple):
    """A round that is open to me, with my return in it, or those of all my organisations."""

    cycle: Cycle
    purpose: str
    returns: list[MyReturn]


class MyReturns(NamedTuple):
    """Everything of mine: what is going on, and the returns that are returned or closed.

    What awaits a signature goes on. What is done begins with the newest.
    """

    rounds: list[MyRound]
    done: list[MyReturn]


def my_returns_page(
    session: Session, person: Person, *, but: Container[UUID] = frozenset()
) -> MyReturns:
    """Put together the list of mine in a few statements, however many organisations there are.

    Without those that stand elsewhere on the page: what the same person is asked to sign.
    """
    found = [one for one in returns_to_answer(session, person) if one.id not in but]
    signing = by_return(sign_offs_on(session, found))
    still_open = [
        one
        for one in found
        if is_open(one) or (signing.get(one.id, NOTHING).waiting and one.state in AWAITING)
    ]
    brought = waiting_to_be_looked_at(session, still_open)
    others = at_work_on(session, still_open, but=person, since=now() - HERE_NOW)
    yours = _by_return(assignments_to(session, person))
    complete = with_both_audits_in(session, [one.consultation_id for one in found])
    untouched: dict[tuple[str, str, tuple[str, ...]], Untouched] = {}
    rounds: dict[Cycle, MyRound] = {}
    done = []
    for audit_return in found:
        questionnaire = asked_of(session, audit_return)
        owners = tuple(audit_return.answers_for or ())
        key = (audit_return.content_hash, audit_return.organisation.kind, owners)
        if key not in untouched:
            untouched[key] = untouched_by(questionnaire, key[1])
        mine = _my_return(
            audit_return,
            questionnaire,
            untouched[key],
            brought=brought.get(audit_return.id, 0),
            others=others.get(audit_return.id, []),
            yours=_yours(questionnaire, yours.get(audit_return.id, [])),
            is_complete=audit_return.consultation_id in complete,
            signing=signing.get(audit_return.id, NOTHING),
        )
        if audit_return not in still_open:
            done.append(mine)
            continue
        cycle = audit_return.cycle
        purpose = _first_sentence(questionnaire.purpose)
        rounds.setdefault(cycle, MyRound(cycle, purpose, [])).returns.append(mine)
    return MyReturns(list(rounds.values()), done[::-1])


def _my_return(
    audit_return: AuditReturn,
    questionnaire: Questionnaire,
    untouched: Untouched,
    *,
    brought: int,
    others: list[AtWork],
    yours: str,
    is_complete: bool,
    signing: SigningSoFar,
) -> MyReturn:
    counted = audit_return.progress
    fresh = untouched.progress
    every = [name for section in fresh.sections for name in section.asked]
    whole = minutes_for(questionnaire, every)
    left, minutes = left_of(counted, fresh, whole, questionnaire.section_word)
    asked = _asked(audit_return)
    if asked is not None:
        left, minutes = left_of_asked(asked), 0
    due = london_date(audit_return.due_at)
    started = counted is not None and counted.last_worked_at is not None
    button = onward(
        audit_return,
        left,
        awaits=signing.waiting is not None,
        is_asked=asked is not None,
        is_started=started,
    )
    return MyReturn(
        audit_return=audit_return,
        organisation=audit_return.called,
        state=WORDS[audit_return.state],
        why_closed=_why_closed(audit_return),
        is_returned=is_returned(audit_return),
        takes=f"{'at least' if untouched.may_grow else 'about'} {duration(about(whole))}",
        when=when_words(due, today()),
        is_overdue=now() >= audit_return.due_at,
        left=left,
        minutes_left=about(minutes),
        at_least=untouched.may_grow and bool(left.left),
        brought=brought,
        others=others,
        yours=yours,
        button=button.text,
        href=button.href,
        other_audit=_other_audit(audit_return, is_complete=is_complete),
        compare=url_for("returns.consultation", consultation_id=audit_return.consultation_id)
        if is_complete
        else None,
        asked=asked,
        signing=signing,
    )


def _asked(audit_return: AuditReturn) -> Asked | None:
    """Sum up the changes that are asked for of a return that is open for them."""
    if audit_return.state is not State.CHANGES_REQUESTED or not is_open(audit_return):
        return None
    found = opened(audit_return)
    return sum_up(found, questions_to_change(found))


def _other_audit(audit_return: AuditReturn, *, is_complete: bool) -> str | None:
    """Say of the other audit of a consultation all that its auditor may know."""
    if audit_return.consultation_id is None:
        return None
    return "in" if is_complete else "not in yet"


def _why_closed(audit_return: AuditReturn) -> str:
    """Name why a return that can be seen cannot be answered; nothing where it is plain."""
    if is_open(audit_return) or is_returned(audit_return):
        return ""
    if audit_return.state is State.EXEMPT:
        return "exempt"
    return "closed"


def _by_return(assignments: Iterable[SectionAssignment]) -> dict[UUID, list[SectionAssignment]]:
    found: dict[UUID, list[SectionAssignment]] = {}
    for one in assignments:
        found.setdefault(one.audit_return_id, []).append(one)
    return found


def _yours(questionnaire: Questionnaire, given: list[SectionAssignment]) -> str:
    """Say which sections were given to me: "sections 5 and 6"; without numbers, how many."""
    ids = {one.section_id for one in given}
    names = [section.number for section in questionnaire.sections if section.id in ids]
    word = questionnaire.section_word + ("s" if len(names) > 1 else "")
    if not all(names):
        return f"{len(names)} {word}"
    return f"{word} {listed(names)}" if names else ""


def _first_sentence(text: str) -> str:
    first, dot, _ = text.partition(". ")
    return first + dot.strip()
