"""Saying who does several drafts of a plan, and by when, in one go."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.action_moves import ActionMoveNotPossible, ActionStatus
from audit_app.core.action_plan import Missing
from audit_app.services.planning_actions import (
    ActionIsStale,
    ActionRefused,
    change_action,
    promise_of,
)
from audit_app.storage.models import Action, AuditReturn, Person
from audit_app.storage.queries.actions import actions_of_return


class Shared(NamedTuple):
    """How many drafts were given to somebody, and which were not: somebody else was first."""

    number: int
    stale: tuple[Action, ...]


def share_actions(
    session: Session,
    audit_return: AuditReturn,
    *,
    seen: Mapping[UUID, int],
    who: str | None,
    by_when: date | None,
    by: Person,
    now: datetime,
) -> Shared:
    """Write who, by when or both into the drafts that are named, each as the version that was seen.

    What is not given stays as it stands in each. Raises ActionRefused where nothing is named,
    nothing is given, or it will not do, and AwaitsSignature; then nothing is written.
    """
    if not seen:
        raise ActionRefused([Missing("chosen", "Choose at least one action")])
    if who is None and by_when is None:
        raise ActionRefused([Missing("who", "Say who, or by when, or both")])
    chosen = [one for one in actions_of_return(session, audit_return) if one.id in seen]
    number, stale = 0, []
    for action in chosen:
        version = action.version
        try:
            if action.status is not ActionStatus.DRAFT:
                raise ActionIsStale(action)
            change_action(
                session,
                action,
                promise=promise_of(action)._replace(
                    who=who or action.who, by_when=by_when or action.by_when
                ),
                expected_version=seen[action.id],
                by=by,
                now=now,
            )
        except (ActionIsStale, ActionMoveNotPossible):
            stale.append(action)
            continue
        number += action.version != version
    return Shared(number, tuple(stale))
