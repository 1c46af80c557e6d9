"""What the list of my returns shows: the rounds I answer in, and each return of mine in them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from audit_app.core.explaining import listed
from audit_app.core.lifecycle import WORDS, State
from audit_app.core.london import london_date
from audit_app.core.progress import Progress, minutes_for, progress_of
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.results import Stage
from audit_app.core.rounds.reminding import when_words
from audit_app.core.scoring import score
from audit_app.storage.models import AuditReturn, Cycle, Person, ReturnProgress, SectionAssignment
from audit_app.storage.queries.assignments import assignments_to
from audit_app.storage.queries.consultations import with_both_audits_in
from audit_app.storage.queries.my_returns import (
    AtWork,
    at_work_on,
    returns_to_answer,
    waiting_to_be_looked_at,
)
from audit_app.storage.questionnaire_library import asked_of
from audit_app.web.clock import now, today
from audit_app.web.returns.changes_page import Asked, questions_to_change, sum_up
from audit_app.web.returns.opening import about, is_open, is_returned, opened

HERE_NOW = timedelta(minutes=15)
"""Somebody who was seen this lately is said to be at work now."""


class Counted(NamedTuple):
    """How many are left, of how many: sections, or questions where those were never counted."""

    left: int
    of: int
    what: str


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
    brought: int
    others: list[AtWork]
    yours: str
    button: str
    href: str
    other_audit: str | None
    compare: str | None
    asked: Asked | None


class MyRound(NamedTuple):
    """A round that is open to me, with my return in it, or those of all my organisations."""

    cycle: Cycle
    purpose: str
    returns: list[MyReturn]


class MyReturns(NamedTuple):
    """Everything of mine: the rounds still open, and the returns that are returned or closed."""

    rounds: list[MyRound]
    done: list[MyReturn]


def my_returns_page(session: Session, person: Person) -> MyReturns:
    """Put together the list of mine in a few statements, however many organisations there are."""
    found = returns_to_answer(session, person)
    still_open = [one for one in found if is_open(one)]
    brought = waiting_to_be_looked_at(session, still_open)
    others = at_work_on(session, still_open, but=person, since=now() - HERE_NOW)
    yours = _by_return(assignments_to(session, person))
    complete = with_both_audits_in(session, [one.consultation_id for one in found])
    untouched: dict[tuple[str, str, tuple[str, ...]], Progress] = {}
    rounds: dict[Cycle, MyRound] = {}
    done = []
    for audit_return in found:
        questionnaire = asked_of(session, audit_return)
        owners = tuple(audit_return.answers_for or ())
        key = (audit_return.content_hash, audit_return.organisation.kind, owners)
        if key not in untouched:
            untouched[key] = _untouched(questionnaire, key[1])
        mine = _my_return(
            audit_return,
            questionnaire,
            untouched[key],
            brought=brought.get(audit_return.id, 0),
            others=others.get(audit_return.id, []),
            yours=_yours(questionnaire, yours.get(audit_return.id, [])),
            is_complete=audit_return.consultation_id in complete,
        )
        if audit_return not in still_open:
            done.append(mine)
            continue
        cycle = audit_return.cycle
        purpose = _first_sentence(questionnaire.purpose)
        rounds.setdefault(cycle, MyRound(cycle, purpose, [])).returns.append(mine)
    return MyReturns(list(rounds.values()), done)


def _untouched(questionnaire: Questionnaire, kind: str) -> Progress:
    """Measure a return that nobody has begun: what it asks, and about how long that takes."""
    result = score(questionnaire, {}, kind=kind, on=today(), stage=Stage.DRAFT)
    return progress_of(questionnaire, result, {}, kind=kind)


def _my_return(
    audit_return: AuditReturn,
    questionnaire: Questionnaire,
    untouched: Progress,
    *,
    brought: int,
    others: list[AtWork],
    yours: str,
    is_complete: bool,
) -> MyReturn:
    counted = audit_return.progress
    every = [name for section in untouched.sections for name in section.asked]
    whole = minutes_for(questionnaire, every)
    left, minutes = _left(counted, untouched, whole, questionnaire.section_word)
    asked = _asked(audit_return)
    if asked is not None:
        # Nothing but these is open, so nothing else is counted.
        left, minutes = Counted(asked.left, asked.of, "answers to look at again"), 0
    due, page = london_date(audit_return.due_at), "task_list" if left.left else "check"
    started = counted is not None and counted.last_worked_at is not None
    return MyReturn(
        audit_return=audit_return,
        organisation=audit_return.called,
        state=WORDS[audit_return.state],
        why_closed=_why_closed(audit_return),
        is_returned=is_returned(audit_return),
        takes=_duration(about(whole)),
        when=when_words(due, today()),
        is_overdue=now() >= audit_return.due_at,
        left=left,
        minutes_left=about(minutes),
        brought=brought,
        others=others,
        yours=yours,
        button=_button(left, is_started=started, is_asked=asked is not None),
        href=url_for(f"returns.{page}", return_id=audit_return.id),
        other_audit=_other_audit(audit_return, is_complete=is_complete),
        compare=url_for("returns.consultation", consultation_id=audit_return.consultation_id)
        if is_complete
        else None,
        asked=asked,
    )


def _asked(audit_return: AuditReturn) -> Asked | None:
    """Sum up the changes that are asked for of a return that is open for them."""
    if audit_return.state is not State.CHANGES_REQUESTED or not is_open(audit_return):
        return None
    found = opened(audit_return)
    return sum_up(found, questions_to_change(found))


def _button(left: Counted, *, is_started: bool, is_asked: bool) -> str:
    if not left.left:
        return "Check your answers"
    if is_asked:
        return "Look at what is asked"
    return "Continue" if is_started else "Start"


def _other_audit(audit_return: AuditReturn, *, is_complete: bool) -> str | None:
    """Say of the other audit of a consultation all that its auditor may know."""
    if audit_return.consultation_id is None:
        return None
    return "in" if is_complete else "not in yet"


def _left(
    counted: ReturnProgress | None, untouched: Progress, whole: int, word: str
) -> tuple[Counted, int]:
    """Give what is left and about how many minutes that takes, from the counts that are kept."""
    if counted is None or not counted.asked:
        sections = len(untouched.sections)
        return Counted(sections, sections, f"{word}s"), untouched.minutes_left
    if counted.questions_left is None or counted.sections is None:
        left = counted.asked - counted.answered
        return Counted(left, counted.asked, "questions"), -(-whole * left // counted.asked)
    if not counted.questions_left:
        return Counted(0, counted.sections, f"{word}s"), 0
    return (
        Counted(counted.sections_left or 0, counted.sections, f"{word}s"),
        counted.minutes_left or 0,
    )


def _why_closed(audit_return: AuditReturn) -> str:
    """Name why a return that can be seen cannot be answered; nothing where it is plain."""
    if is_open(audit_return) or is_returned(audit_return):
        return ""
    if audit_return.state is State.EXEMPT:
        return "exempt"
    return "signing" if audit_return.state is State.AWAITING_SIGN_OFF else "closed"


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


def _duration(minutes: int) -> str:
    """Write 120 minutes as people say it: "2 hours"."""
    hours, rest = divmod(minutes, 60)
    said = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    said += [f"{rest} minute{'s' if rest > 1 else ''}"] if rest or not hours else []
    return " ".join(said)


def _first_sentence(text: str) -> str:
    first, dot, _ = text.partition(". ")
    return first + dot.strip()
