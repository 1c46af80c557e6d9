"""Following promised actions up: how they come on, a new day with its reason, and the end."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from audit_app.core.action_moves import ActionMove, action_after
from audit_app.core.action_plan import Missing, wrong_with_day
from audit_app.core.awaiting import Change
from audit_app.core.london import london_date
from audit_app.services.awaiting import hold_action_unless_awaited
from audit_app.services.planning_actions import (
    ActionRefused,
    record_of,
    refuse_stale,
    refuse_words,
)
from audit_app.services.recording import Event
from audit_app.storage.models import Action, ActionUpdate, Person


def report_progress(
    session: Session,
    action: Action,
    *,
    words: str,
    by_when: date | None,
    expected_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Keep how an action comes on, and its new day where it has one; the words are the reason.

    What was done and is reported of again is in progress again. Raises ActionIsStale,
    ActionMoveNotPossible or ActionRefused, and AwaitsSignature where the day moves while it is part
    of what is being signed; then nothing is written.
    """
    moves = by_when is not None and by_when != action.by_when
    hold_action_unless_awaited(
        session, action, Change.MOVE_DAY if moves else Change.REPORT_PROGRESS
    )
    status = action_after(action.status, ActionMove.REPORT)
    refuse_stale(action, expected_version)
    moved = by_when if by_when != action.by_when else None
    refuse_words(
        words, "words", "Say how it comes on" if moved is None else "Say why the day moves"
    )
    if moved is not None and (wrong := wrong_with_day(moved, today=london_date(now))):
        raise ActionRefused([Missing("by_when", one.text) for one in wrong])
    changed = status if status is not action.status else None
    session.add(
        ActionUpdate(
            action_id=action.id, at=now, by_id=by.id, words=words, status=changed, by_when=moved
        )
    )
    action.status, action.by_when = status, moved or action.by_when
    if changed is not None:
        action.closing_words = None
    action.version += 1
    record_of(session, Event.ACTION_REPORTED, action, by=by, now=now)


def finish_action(
    session: Session,
    action: Action,
    *,
    words: str,
    expected_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Say that an action is done, and what it came to. Raises as `report_progress` does."""
    hold_action_unless_awaited(session, action, Change.REPORT_PROGRESS)
    status = action_after(action.status, ActionMove.FINISH)
    refuse_stale(action, expected_version)
    refuse_words(words, "words", "Say what was done and how you know that it worked")
    session.add(ActionUpdate(action_id=action.id, at=now, by_id=by.id, words=words, status=status))
    action.status, action.closing_words = status, words
    action.version += 1
    record_of(session, Event.ACTION_DONE, action, by=by, now=now)
