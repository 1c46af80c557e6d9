"""The colour of one reply by itself, as it is kept beside the answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.plans import plan_for
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question, XOfY
from audit_app.core.replies import Reply
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.answers import standing_replies
from audit_app.storage.questionnaire_library import asked_of


def self_rating(
    session: Session, audit_return: AuditReturn, question: Question, reply: Reply, now: datetime
) -> str | None:
    """Give the colour of a reply by itself, as it is kept beside the answer."""
    questionnaire, kind = asked_of(session, audit_return), audit_return.organisation.kind
    others: dict[str, Any] = {}
    if isinstance(question, XOfY) and question.y_from is not None:
        standing = standing_replies(session, audit_return.id)
        others = {row.question_id: row.value for row in standing}
    return colour_of(questionnaire, kind, question, reply, others, now)


def colour_of(
    questionnaire: Questionnaire,
    kind: str,
    question: Question,
    reply: Reply,
    others: Mapping[str, Any],
    now: datetime,
) -> str | None:
    """Give the colour of a reply, where `others` are the values of the other answers."""
    plan = plan_for(questionnaire, kind)
    place = plan.order.get(question.id)
    if place is None or not reply.stands or reply.not_applicable is not None:
        return None
    judge = plan.rows[place].judge
    judged = judge(reply.value, london_date(now), others) if judge is not None else None
    return judged.rag.value if judged is not None and judged.of else None
