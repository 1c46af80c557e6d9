"""The action that a page is about, as far as the person asking may see it."""

from collections.abc import Iterable
from uuid import UUID

from flask import abort, url_for

from audit_app.core.action_moves import ActionMove, action_may
from audit_app.core.awaiting import Change, awaiting_words
from audit_app.core.permissions import Permission
from audit_app.core.section_names import question_number
from audit_app.services.awaiting import awaits_signature
from audit_app.storage.models import Action, AuditReturn
from audit_app.storage.queries.actions import action_open_to
from audit_app.storage.queries.colleagues import people_of
from audit_app.storage.queries.returns import return_open_to
from audit_app.storage.questionnaire_library import asked_of
from audit_app.web.access import current_person, may
from audit_app.web.actions.forms import FieldError
from audit_app.web.database import session
from audit_app.web.guarding import questions_about


def action_for(action_id: UUID, permission: Permission) -> Action:
    """Load an action for a person who may do this to it; for everybody else there is none."""
    action = action_open_to(session(), current_person(), action_id)
    if action is None or not may(permission, action):
        abort(404)
    return action


def return_for(return_id: UUID) -> AuditReturn:
    """Load the return for whose plan an action is written, for somebody of its organisation."""
    audit_return = return_open_to(session(), current_person(), return_id)
    if audit_return is None or not may(Permission.PLAN_ACTIONS, audit_return):
        abort(404)
    return audit_return


def people_for(about: Action | AuditReturn) -> list[str]:
    """Give the names of those who work at the organisation, from whom one may be chosen."""
    if about.organisation_id is None:
        return []
    return list(dict.fromkeys(one.name for one in people_of(session(), about.organisation_id)))


def awaiting_said(about: Action | AuditReturn, change: Change) -> str:
    """Say that the plan of a return stays as it is while it awaits a signature; nothing where it
    does not, or where an action came of no return.
    """
    audit_return = about if isinstance(about, AuditReturn) else about.audit_return
    awaits = audit_return is not None and awaits_signature(session(), audit_return)
    return awaiting_words(change) if awaits else ""


def may_now(action: Action, move: ActionMove, change: Change) -> bool:
    """Say whether a move can be made from here, and nothing of it awaits a signature."""
    return action_may(action.status, move) and not awaiting_said(action, change)


def ask_about(
    texts: dict[str, str], about: Action | AuditReturn, *, before: Iterable[str] = ()
) -> list[FieldError]:
    """Give what must be asked about before these texts are saved, each at its field."""
    audit_return = about if isinstance(about, AuditReturn) else about.audit_return
    found = questions_about(
        texts, organisation=about.organisation, audit_return=audit_return, before=before
    )
    return [FieldError(one.field, one.text, one.mark) for one in found]


def about_words(action: Action) -> str:
    """Say for which question or priority area an action was drafted; nothing for one by hand."""
    audit_return = action.audit_return
    if audit_return is None:
        return ""
    questionnaire = asked_of(session(), audit_return)
    if action.question_id in questionnaire.placed:
        question = questionnaire.question(action.question_id)
        words = question.words(audit_return.organisation.kind)
        return f"{question_number(question.id)} {words}".strip()
    areas = {one.id: one.title for one in questionnaire.priority_areas}
    return areas.get(action.area_id or "", "")


def plan_address(audit_return: AuditReturn) -> str:
    """Give where the plan of a return stands."""
    return url_for("returns.action_plan", return_id=audit_return.id)


def back_from(action: Action) -> str:
    """Lead back to the plan while the return is a draft, else to the action itself."""
    audit_return = action.audit_return
    if audit_return is not None and audit_return.submitted_at is None:
        return f"{plan_address(audit_return)}#action-{action.id}"
    return url_for("actions.one_action", action_id=action.id)
