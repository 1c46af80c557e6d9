"""Drafting the plan of a return from its answers, and again when they changed; nothing is lost."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.action_moves import ActionStatus
from audit_app.core.action_plan import Key, Promise
from audit_app.core.drafting_actions import Drafted, drafts_for
from audit_app.core.london import london_date
from audit_app.core.planning import Planning
from audit_app.core.scoring import score
from audit_app.services.planning_actions import (
    action_of,
    hold_to_plan,
    is_untouched,
    key_of,
    promise_of,
)
from audit_app.services.reading_returns import (
    backed_replies,
    scored_on,
    stage_of,
    validations_in,
)
from audit_app.services.recording import Event, record
from audit_app.storage.models import Action, AuditReturn, Person
from audit_app.storage.queries.actions import actions_of_return
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.questionnaire_library import asked_of


class Turned(NamedTuple):
    """An answer or an area whose rating is another than when its action was drafted."""

    key: Key
    was: str | None
    now: str | None


class Drawn(NamedTuple):
    """What drafting did: how many are new, how many were brought up to date, and which turned.

    `turned` were drafted anew, because nobody had written in them; `kept` were written by people
    and stand as they were.
    """

    new: int = 0
    again: int = 0
    turned: tuple[Turned, ...] = ()
    kept: tuple[Turned, ...] = ()


def draft_plan(session: Session, audit_return: AuditReturn, *, by: Person, now: datetime) -> Drawn:
    """Draft what calls for an action and has none, and bring up to date what nobody wrote in.

    What a person wrote, dropped or finished is left as it is. Raises PlanningNotPossible where the
    state of the return or of its round allows none, and AwaitsSignature.
    """
    hold_to_plan(session, audit_return, Planning.DRAFT)
    drafts = _drafts(session, audit_return, now=now)
    actions = actions_of_return(session, audit_return)
    new, again = 0, 0
    turned: list[Turned] = []
    kept: list[Turned] = []
    for draft in drafts:
        action = _drafted_before(actions, draft)
        if action is None:
            promise = Promise(draft.what, draft.who, draft.by_when, draft.how_known)
            action = action_of(audit_return, promise, key=draft.key, by=by, now=now)
            session.add(action)
            _keep(action, draft)
            new += 1
            continue
        change = Turned(draft.key, action.drafted_rating, draft.rating)
        has_turned = change.was is not None and change.was != change.now
        if is_untouched(action):
            if _rewrite(action, draft, today=london_date(now)):
                again += 1
                turned += [change] if has_turned else []
        elif action.status is ActionStatus.DRAFT and has_turned:
            kept.append(change)
            action.drafted_rating = draft.rating
    if new or again:
        session.flush()
        details = {"number": new, "again": again}
        record(session, Event.ACTIONS_DRAFTED, audit_return, by=by, at=now, details=details)
    return Drawn(new, again, tuple(turned), tuple(kept))


def _drafts(session: Session, audit_return: AuditReturn, *, now: datetime) -> list[Drafted]:
    questionnaire = asked_of(session, audit_return)
    answers, kind = answers_of(session, audit_return), audit_return.organisation.kind
    replies = backed_replies(session, audit_return, answers)
    result = score(
        questionnaire,
        replies,
        kind=kind,
        on=scored_on(audit_return, london_date(now)),
        stage=stage_of(audit_return),
        validations=validations_in(answers),
    )
    return drafts_for(questionnaire, result, kind=kind, on=london_date(now), replies=replies)


def _drafted_before(actions: list[Action], draft: Drafted) -> Action | None:
    """Give the action that was drafted for the same; a step of their own is known by its words."""
    return next(
        (
            one
            for one in actions
            if key_of(one) == draft.key
            and (draft.rating is not None or one.drafted_words == draft.what)
        ),
        None,
    )


def _rewrite(action: Action, draft: Drafted, *, today: date) -> bool:
    """Write a draft anew where it would say something else now; its day moves where it must."""
    is_past = action.by_when is not None and action.by_when < today
    moves = draft.is_own or is_past or action.drafted_rating != draft.rating
    day = draft.by_when if moves else action.by_when
    promise = Promise(draft.what, draft.who, day, draft.how_known)
    if promise == promise_of(action) and action.drafted_rating == draft.rating:
        return False
    action.what, action.who = promise.what, promise.who
    action.by_when, action.how_known = promise.by_when, promise.how_known
    action.version += 1
    _keep(action, draft)
    return True


def _keep(action: Action, draft: Drafted) -> None:
    """Keep for which rating, and in which words, the action was drafted."""
    action.drafted_rating, action.drafted_words = draft.rating, draft.what
    action.drafted_version = action.version or 1
