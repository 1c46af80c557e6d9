"""The integrity hints of a return: its answers, evidence, actions and times as plain facts."""

from sqlalchemy.orm import Session

from audit_app.core.action_moves import ActionStatus
from audit_app.core.integrity_hints import Facts, Found, hints_in
from audit_app.core.sheet import Sheet
from audit_app.services.planning_actions import promise_of
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.actions import actions_of_return
from audit_app.storage.queries.answer_versions import first_saved
from audit_app.storage.queries.evidence import evidence_of_return


def hints_of_return(
    session: Session, audit_return: AuditReturn, *, sheet: Sheet
) -> tuple[Found, ...]:
    """Give the hints for a return the caller was let into; `sheet` is the return as it is read.

    An action counts once it is whole, or was dropped with a reason.
    """
    evidence = evidence_of_return(session, audit_return)
    dated = {name for name, items in evidence.items() if any(one.document_date for one in items)}
    planned = {
        action.question_id
        for action in actions_of_return(session, audit_return)
        if promise_of(action).is_whole or action.status is ActionStatus.CANCELLED
    }
    moments = first_saved(session, audit_return)
    return hints_in(
        Facts(
            question_id=line.question.id,
            rag=line.result.rag,
            words=line.reply.commentary if line.reply is not None else "",
            is_critical=line.result.critical,
            has_dated_evidence=line.question.id in dated,
            has_action=line.question.id in planned,
            first_saved=moments.get(line.question.id),
        )
        for section in sheet.sections
        for line in section.lines
        if line.reply is not None and line.reply.stands
    )
