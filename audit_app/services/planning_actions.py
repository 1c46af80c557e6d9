"""The actions of a return: added and written by people, dropped with a reason, promised once."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from audit_app.core.action_moves import TO_BE_DONE, ActionMove, ActionStatus, action_after
from audit_app.core.action_plan import Key, Missing, Promise, wrong_with
from audit_app.core.awaiting import Change
from audit_app.core.london import london_date
from audit_app.core.planning import Planning, refuse_planning
from audit_app.services.awaiting import awaits_signature, hold_action_unless_awaited
from audit_app.services.recording import Event, record
from audit_app.storage.models import Action, AuditReturn, Origin, Person
from audit_app.storage.queries.actions import actions_of_return
from audit_app.storage.queries.returns import hold_return

LONGEST_REASON = 1_000


class ActionIsStale(Exception):
    """Somebody changed the action since this page was opened; nothing was written."""

    def __init__(self, current: Action) -> None:
        super().__init__("Somebody else has changed this action: nothing was saved")
        self.current = current


STANDS = TO_BE_DONE | {ActionStatus.DRAFT}
"""What is planned or promised, and neither done nor dropped."""


class ActionRefused(Exception):
    """What was to be written of an action is not right; `wrong` says what, part by part."""

    def __init__(self, wrong: list[Missing]) -> None:
        super().__init__("; ".join(one.text for one in wrong))
        self.wrong = wrong


def add_action(
    session: Session, audit_return: AuditReturn, *, promise: Promise, by: Person, now: datetime
) -> Action:
    """Add an action by hand: a draft while the return is, else a promise.

    The same words twice, as by a double click, are one action. Raises ActionRefused, and
    PlanningNotPossible and AwaitsSignature as `draft_plan` does.
    """
    hold_to_plan(session, audit_return, Planning.ADD)
    is_promised = audit_return.submitted_at is not None
    _refuse(promise, must_be_whole=is_promised, today=london_date(now))
    for known in actions_of_return(session, audit_return):
        if known.status in STANDS and key_of(known) == Key(None) and promise_of(known) == promise:
            return known
    action = action_of(audit_return, promise, key=Key(None), by=by, now=now)
    action.origin = Origin.ORGANISATION
    action.status = ActionStatus.OPEN if is_promised else ActionStatus.DRAFT
    session.add(action)
    session.flush()
    record_of(session, Event.ACTION_ADDED, action, by=by, now=now)
    return action


def change_action(
    session: Session,
    action: Action,
    *,
    promise: Promise,
    expected_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Write what an action says. The day of a promise is moved by `report_progress`, with a reason.

    Raises AwaitsSignature, ActionIsStale, ActionMoveNotPossible or ActionRefused, and then nothing
    is written. The same words again are not a change.
    """
    hold_action_unless_awaited(session, action, Change.CHANGE_ACTION)
    status = action_after(action.status, ActionMove.CHANGE)
    is_draft = status is ActionStatus.DRAFT
    if not is_draft:
        promise = promise._replace(by_when=action.by_when)
    if promise == promise_of(action):
        return
    refuse_stale(action, expected_version)
    _refuse(
        promise,
        must_be_whole=not is_draft,
        today=london_date(now),
        was_by_when=action.by_when,
    )
    action.what, action.who = promise.what, promise.who
    action.by_when, action.how_known = promise.by_when, promise.how_known
    action.version += 1
    record_of(session, Event.ACTION_CHANGED, action, by=by, now=now)


def drop_action(
    session: Session,
    action: Action,
    *,
    reason: str,
    expected_version: int,
    by: Person,
    now: datetime,
) -> None:
    """Drop an action with a reason, which stays with it. Raises as `change_action` does."""
    hold_action_unless_awaited(session, action, Change.DROP_ACTION)
    status = action_after(action.status, ActionMove.DROP)
    refuse_stale(action, expected_version)
    refuse_words(reason, "reason", "Say why this is dropped")
    action.status, action.closing_words = status, reason
    action.closed_at, action.closed_by_id = now, by.id
    action.version += 1
    record_of(session, Event.ACTION_DROPPED, action, by=by, now=now)


def promise_plan(session: Session, audit_return: AuditReturn, *, by: Person, now: datetime) -> int:
    """Turn the drafts that can be promised into promises as their return is submitted: how many.

    A draft whose day is past stays one, because nobody can keep it any longer.
    """
    today = london_date(now)
    promised = [
        action
        for action in actions_of_return(session, audit_return)
        if action.status is ActionStatus.DRAFT and promise_of(action).may_be_promised(today)
    ]
    for action in promised:
        action.status = action_after(action.status, ActionMove.PROMISE)
        action.version += 1
    if promised:
        session.flush()
        record(
            session,
            Event.ACTIONS_PROMISED,
            audit_return,
            by=by,
            at=now,
            details={"number": len(promised)},
        )
    return len(promised)


def key_of(action: Action) -> Key:
    """Say what an action was drafted for."""
    return Key(action.question_id, action.area_id)


def is_untouched(action: Action) -> bool:
    """Say whether this is a draft as it was drafted: nobody has written anything in it."""
    return action.status is ActionStatus.DRAFT and action.drafted_version == action.version


def promise_of(action: Action) -> Promise:
    """Give what an action says."""
    return Promise(action.what, action.who, action.by_when, action.how_known)


def record_of(session: Session, event: Event, action: Action, *, by: Person, now: datetime) -> None:
    """Add to the history of an action’s return, else of its organisation; never its words."""
    session.flush()
    subject = action.audit_return or action.organisation or action.partnership
    within = action.partnership if action.audit_return is None else None
    details = {"action": str(action.id), "status": action.status.value}
    record(session, event, subject, by=by, at=now, within=within, details=details)


def refuse_stale(action: Action, expected_version: int) -> None:
    """Raise ActionIsStale where this is not the version that the person saw."""
    if action.version != expected_version:
        raise ActionIsStale(action)


def refuse_words(words: str, part: str, missing: str) -> None:
    """Raise ActionRefused where words are missing or too long."""
    if not words:
        raise ActionRefused([Missing(part, missing)])
    if len(words) > LONGEST_REASON:
        text = f"Use {LONGEST_REASON:,} characters or fewer: now {len(words):,}"
        raise ActionRefused([Missing(part, text)])


def hold_to_plan(session: Session, audit_return: AuditReturn, what: Planning) -> None:
    """Hold a return for its plan. Raises PlanningNotPossible and AwaitsSignature."""
    hold_return(session, audit_return, alone=True)
    awaits = awaits_signature(session, audit_return)
    refuse_planning(audit_return.state, audit_return.cycle.state, what, awaits=awaits)


def action_of(
    audit_return: AuditReturn, promise: Promise, *, key: Key, by: Person, now: datetime
) -> Action:
    """Make a draft of an action for a return; whoever adds it to the session says so."""
    return Action(
        partnership_id=audit_return.cycle.partnership_id,
        organisation_id=audit_return.organisation_id,
        audit_return_id=audit_return.id,
        question_id=key.question_id,
        area_id=key.area_id,
        origin=Origin.RETURN,
        what=promise.what,
        who=promise.who,
        by_when=promise.by_when,
        how_known=promise.how_known,
        created_at=now,
        created_by_id=by.id,
    )


def _refuse(
    promise: Promise, *, must_be_whole: bool, today: date, was_by_when: date | None = None
) -> None:
    wrong = wrong_with(promise, must_be_whole=must_be_whole, today=today, was_by_when=was_by_when)
    if wrong:
        raise ActionRefused(wrong)
