"""Invented action plans for last year's returns: some done, some under way, some overdue."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from audit_app.core.action_moves import ActionStatus
from audit_app.core.drafting_actions import drafts_for
from audit_app.core.london import london_date
from audit_app.core.sheet import Sheet
from audit_app.services.demonstration.sentences import CLOSINGS, PROGRESS, WHO
from audit_app.storage.base import uuid7
from audit_app.storage.models import Action, ActionUpdate, AuditReturn, Origin, Person

MOST = 5
"""How many actions a return of the story plans; more was called for, and was not promised."""

STORY: tuple[tuple[ActionStatus, int], ...] = (
    (ActionStatus.IN_PROGRESS, -21),
    (ActionStatus.DONE, -120),
    (ActionStatus.OPEN, 45),
    (ActionStatus.DONE, -60),
    (ActionStatus.IN_PROGRESS, 6),
    (ActionStatus.OPEN, -9),
    (ActionStatus.DONE, -200),
)
"""How far an action has come, and how many days from now its day is, one after the other."""


def plan_last_year(
    session: Session,
    audit_return: AuditReturn,
    sheet: Sheet,
    *,
    number: int,
    by: Person,
    at: datetime,
    now: datetime,
) -> list[Action]:
    """Promise the plan of a return that is submitted at a moment; `number` tells settings apart.

    Nothing in it is drawn by chance, so that the rest of the story stays as it is.
    """
    made = []
    said = {
        line.question.id: line.reply
        for section in sheet.sections
        for line in section.lines
        if line.reply is not None
    }
    drafts = drafts_for(
        sheet.questionnaire, sheet.result, kind=sheet.kind, on=london_date(at), replies=said
    )
    for place, draft in enumerate(drafts[:MOST]):
        _, days = STORY[(number + place) % len(STORY)]
        turn = number + place
        by_when = london_date(now) + timedelta(days=days)
        action = Action(
            id=uuid7(),
            partnership_id=audit_return.cycle.partnership_id,
            organisation_id=audit_return.organisation_id,
            audit_return_id=audit_return.id,
            question_id=draft.key.question_id,
            area_id=draft.key.area_id,
            origin=Origin.RETURN,
            what=draft.what,
            who=WHO[turn % len(WHO)],
            by_when=by_when,
            how_known=draft.how_known,
            status=ActionStatus.OPEN,
            created_at=at,
            created_by_id=by.id,
            reminded_for=by_when if days < 7 else None,
            drafted_rating=draft.rating,
            drafted_words=draft.what,
            drafted_version=1,
        )
        session.add(action)
        made.append(action)
    return made


def follow_last_year(
    session: Session,
    actions: list[Action],
    *,
    number: int,
    by: Person,
    at: datetime,
    now: datetime,
) -> None:
    """Say how far the actions of such a plan have come since."""
    for place, action in enumerate(actions):
        turn, (status, _) = number + place, STORY[(number + place) % len(STORY)]
        if status is ActionStatus.OPEN:
            continue
        action.status = status
        if status is ActionStatus.DONE:
            action.closing_words = CLOSINGS[turn % len(CLOSINGS)]
        said = action.closing_words or PROGRESS[turn % len(PROGRESS)]
        session.add(
            ActionUpdate(
                action_id=action.id,
                at=max(at, now - timedelta(days=30 + turn % 40)),
                by_id=by.id,
                words=said,
                status=status,
            )
        )
