"""What the coordinator sees of one return: where it stands, its ladder, its e-mails."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import Move, State, may, may_be_answered
from audit_app.core.london import london_date
from audit_app.core.organisations import KINDS
from audit_app.core.rounds.ladder import LADDER, Rung, Step, next_steps
from audit_app.core.rounds.moves import CycleMove, CycleState, cycle_may
from audit_app.core.rounds.telling import TIMING_WORDS, state_words, timing
from audit_app.services.answering import is_over
from audit_app.services.awaiting import awaits_signature
from audit_app.storage.models import AuditReturn, ChasingStep, OutgoingMessage
from audit_app.storage.queries.chasing import STILL_OUT, Recipient, recipients_of, steps_of
from audit_app.storage.queries.messages import Fate, fate_of, messages_about
from audit_app.storage.queries.progress import progress_of

FATE_WORDS: dict[Fate, str] = {
    Fate.WAITING: "Waiting to be sent",
    Fate.IN_DOUBT: "In doubt",
    Fate.SENT: "Sent",
    Fate.FAILED: "Not sent",
    Fate.BOUNCED: "Came back",
}
LETTERS = (Step.LETTER, Step.FORMAL_REQUEST)


class RungLine(NamedTuple):
    """One rung of the ladder: how often it was taken, and whether it may be taken now."""

    step: Step
    rung: Rung
    taken: list[ChasingStep]
    may_be_taken: bool
    is_letter: bool


class MessageLine(NamedTuple):
    """One e-mail about the return, and what became of it."""

    message: OutgoingMessage
    fate: str


class ReturnPage(NamedTuple):
    """One return as the coordinator looks after it."""

    kind: str
    state: str
    timing: str
    asked: int
    answered: int
    last_worked_at: datetime | None
    people: list[Recipient]
    ladder: list[RungLine]
    messages: list[MessageLine]
    may: dict[str, bool]


def return_page(session: Session, audit_return: AuditReturn, *, now: datetime) -> ReturnPage:
    """Put together the page of one return."""
    cycle, state = audit_return.cycle, audit_return.state
    progress = progress_of(session, audit_return)
    asked, answered = (progress.asked, progress.answered) if progress else (0, 0)
    steps = steps_of(session, audit_return)
    possible = (
        next_steps([one.step for one in steps], state=state, due_at=audit_return.due_at, now=now)
        if cycle_may(cycle.state, CycleMove.CHASE)
        else []
    )
    told = timing(
        state, due_at=audit_return.due_at, submitted_at=audit_return.submitted_at, now=now
    )
    organisation_id = audit_return.organisation_id
    people = recipients_of(session, [organisation_id], on=london_date(now))[organisation_id]
    changes = cycle.state in (CycleState.OPEN, CycleState.CLOSED)
    return ReturnPage(
        KINDS[audit_return.organisation.kind],
        state_words(state, asked=asked, answered=answered),
        TIMING_WORDS[told],
        asked,
        answered,
        progress.last_worked_at if progress else None,
        people,
        [
            RungLine(
                step,
                rung,
                [one for one in steps if one.step is step],
                step in possible,
                step in LETTERS,
            )
            for step, rung in LADDER.items()
        ],
        [
            MessageLine(one, FATE_WORDS[fate_of(one)])
            for one in messages_about(session, audit_return)
        ],
        {
            "exempt": changes and may(state, Move.EXEMPT),
            "end_exemption": cycle.state is CycleState.OPEN and state is State.EXEMPT,
            "more_time": changes and state in STILL_OUT,
            "enter": audit_return.consultation_id is None
            and may_be_answered(state)
            and not awaits_signature(session, audit_return)
            and not is_over(audit_return, now),
            "reopen": changes and may(state, Move.REOPEN),
        },
    )
