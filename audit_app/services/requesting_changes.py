"""Asking an organisation to change answers it has sent: it opens the named questions only."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import Move, after
from audit_app.core.london import london_date
from audit_app.core.rounds.deadlines import FIRST_YEAR, LAST_YEAR, morning
from audit_app.core.rounds.moves import CycleState
from audit_app.core.signing import LONGEST_WORDS
from audit_app.services.letters import letter
from audit_app.services.letters.times import day_in_words
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.recording import Event, record
from audit_app.services.recording_results import keep_answers
from audit_app.services.telling import tell_organisation
from audit_app.storage.base import uuid7
from audit_app.storage.models import AuditReturn, ChangeRequest, Person
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.change_requests import open_changes
from audit_app.storage.queries.results import standing_result
from audit_app.storage.queries.returns import hold_return
from audit_app.storage.questionnaire_library import asked_of

DAY = "-day"
"""The day by which it is to be sent again, in what is wrong: no question has this id."""


class ChangesRefused(Exception):
    """Changes cannot be asked for like this; `wrong` says why, by question, DAY, or "" for all."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.wrong = wrong


def request_changes(
    session: Session,
    audit_return: AuditReturn,
    *,
    reasons: Mapping[str, str],
    by: Person,
    now: datetime,
    base_address: str,
    wanted_by: date | None = None,
) -> int:
    """Open the named questions of a return that was sent, each for a reason; tell the organisation.

    Gives how many people were written to. What was sent stands until it is sent again. More can be
    asked for while a return is being changed; a question named twice keeps the last reason and day.
    `wanted_by` is the last day on which it is to be sent again; nothing closes then. Raises
    MoveNotPossible, ChangesRefused.
    """
    hold_return(session, audit_return)
    state = after(audit_return.state, Move.REQUEST_CHANGES)
    named = {name: text.strip() for name, text in reasons.items() if text.strip()}
    _refuse(session, audit_return, named, now=now, wanted_by=wanted_by)
    result = standing_result(session, audit_return)
    known = open_changes(session, audit_return)
    if result is not None and not known:
        keep_answers(session, result, answers_of(session, audit_return))
    for name, reason in named.items():
        if name in known:
            known[name].reason, known[name].at, known[name].by_id = reason, now, by.id
            known[name].wanted_by, known[name].left_because = wanted_by, None
        else:
            session.add(
                ChangeRequest(
                    audit_return_id=audit_return.id,
                    question_id=name,
                    reason=reason,
                    at=now,
                    wanted_by=wanted_by,
                    by_id=by.id,
                )
            )
    audit_return.state = state
    audit_return.version += 1
    session.flush()
    record(
        session,
        Event.CHANGES_REQUESTED,
        audit_return,
        by=by,
        at=now,
        details={"questions": list(named)},
    )
    words = letter(
        "changes_requested",
        audit=audit_return.cycle.title,
        organisation=audit_return.organisation.name,
        partnership=audit_return.cycle.partnership.name,
        reference=audit_return.reference or "",
        questions=_listed([asked_of(session, audit_return).numbers[name] for name in named])
        + (f" by {day_in_words(morning(wanted_by))}" if wanted_by is not None else ""),
        link=f"{base_address.rstrip('/')}/returns/{audit_return.id}",
    )
    return tell_organisation(
        session,
        audit_return,
        words,
        kind="changes_requested",
        occasion=str(uuid7()),
        by=by,
        now=now,
    )


def _refuse(
    session: Session,
    audit_return: AuditReturn,
    named: Mapping[str, str],
    *,
    now: datetime,
    wanted_by: date | None,
) -> None:
    if audit_return.cycle.state is CycleState.ARCHIVED:
        raise ChangesRefused({"": "The round is archived: nothing in it changes"})
    if not named:
        raise ChangesRefused({"": "Say at one question at least what is to be changed, and why"})
    sheet = sheet_of_return(session, audit_return, today=now.date())
    asked = {line.question.id for section in sheet.sections for line in section.lines}
    wrong = {}
    for name, reason in named.items():
        if name not in asked:
            wrong[name] = f"Question {name} is not asked in this return"
        elif len(reason) > LONGEST_WORDS:
            wrong[name] = f"The reason at {name} must be {LONGEST_WORDS:,} characters or fewer"
    if wanted_by is not None and not FIRST_YEAR <= wanted_by.year <= LAST_YEAR:
        wrong[DAY] = f"The year must be between {FIRST_YEAR} and {LAST_YEAR}"
    elif wanted_by is not None and wanted_by < london_date(now):
        wrong[DAY] = "The day must not have passed"
    if wrong:
        raise ChangesRefused(wrong)


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return f"question {names[0]}"
    return f"questions {', '.join(names[:-1])} and {names[-1]}"
