"""Keeping an action plan as it stood at a submission, and reading it again as it was then."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.action_moves import ActionStatus
from audit_app.core.london import london_date
from audit_app.core.sheet import Sheet
from audit_app.services.reading_plans import Plan, plan_from
from audit_app.services.reading_submissions import Version
from audit_app.storage.models import Action, AuditReturn
from audit_app.storage.queries.actions import actions_of_return

PARTS = ("question_id", "area_id", "what", "who", "how_known", "closing_words")
"""What is kept of an action besides its day and how far it has come."""


def kept_plan(session: Session, audit_return: AuditReturn) -> list[dict[str, Any]]:
    """Give the actions of a return as they are kept beside a result: drafts are not promised yet.

    What was promised and dropped is kept with its reason; an empty list is a plan of nothing.
    """
    return [
        {name: getattr(one, name) for name in PARTS}
        | {"by_when": one.by_when.isoformat() if one.by_when else None, "status": one.status.value}
        for one in actions_of_return(session, audit_return)
        if one.status is not ActionStatus.DRAFT
    ]


def plan_of_version(version: Version, *, sheet: Sheet) -> Plan | None:
    """Give the plan of a version as it stood on the day it was sent; None where it was not kept.

    `sheet` is that of the version. The actions are made for reading alone, and are no records.
    """
    if version.plan is None:
        return None
    return plan_from(
        [_action(one) for one in version.plan],
        questionnaire=sheet.questionnaire,
        result=sheet.result,
        kind=sheet.kind,
        today=london_date(version.at),
    )


def _action(kept: Mapping[str, Any]) -> Action:
    by_when = kept["by_when"]
    return Action(
        **{name: kept[name] for name in PARTS},
        by_when=date.fromisoformat(by_when) if by_when else None,
        status=ActionStatus(kept["status"]),
    )
