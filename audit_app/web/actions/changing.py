"""Writing an action: adding it by hand, changing its words."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.action_moves import ActionMove, ActionMoveNotPossible, ActionStatus
from audit_app.core.awaiting import AwaitsSignature, Change
from audit_app.core.permissions import Permission
from audit_app.core.planning import Planning, PlanningNotPossible, may_plan
from audit_app.services.planning_actions import (
    ActionIsStale,
    ActionRefused,
    add_action,
    change_action,
    promise_of,
)
from audit_app.storage.models import Action, AuditReturn
from audit_app.web.access import current_person, needs
from audit_app.web.actions.forms import (
    OUT_OF_DATE,
    FieldError,
    TokenForm,
    TypedAction,
    errors_of,
    promise_in,
    read_action,
    said_wrong,
    typed_from,
    version_seen,
)
from audit_app.web.actions.opening import (
    about_words,
    action_for,
    ask_about,
    awaiting_said,
    back_from,
    may_now,
    people_for,
    plan_address,
    return_for,
)
from audit_app.web.actions.views import action_page, actions
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.errors import shows_again

REFUSED, CONFLICT = 422, 409


@actions.get("/add/<uuid:return_id>")
@needs(Permission.PLAN_ACTIONS)
def add(return_id: UUID) -> ResponseReturnValue:
    """Ask for an action that nothing was drafted for."""
    audit_return = return_for(return_id)
    awaits = bool(awaiting_said(audit_return, Change.ADD_ACTION))
    if not may_plan(audit_return.state, audit_return.cycle.state, Planning.ADD, awaits=awaits):
        return redirect(plan_address(audit_return))
    return _adding(audit_return, TypedAction(), [])


@actions.post("/add/<uuid:return_id>")
@needs(Permission.PLAN_ACTIONS)
def add_it(return_id: UUID) -> ResponseReturnValue:
    """Add the action to the plan of the return."""
    audit_return, typed = return_for(return_id), read_action(request.form)
    if not TokenForm().validate_on_submit():
        return _adding(audit_return, typed, [OUT_OF_DATE]), 400
    promise, wrong = promise_in(typed)
    if wrong:
        return _adding(audit_return, typed, errors_of(wrong)), REFUSED
    if questions := ask_about(typed.texts, audit_return):
        session().commit()
        return _adding(audit_return, typed, questions), REFUSED
    try:
        add_action(session(), audit_return, promise=promise, by=current_person(), now=now())
    except ActionRefused as refused:
        return _adding(audit_return, typed, errors_of(refused.wrong)), REFUSED
    except (PlanningNotPossible, AwaitsSignature) as refused:
        session().rollback()
        errors = [FieldError("what", f"{refused}. Nothing was added")]
        return _adding(return_for(return_id), typed, errors), CONFLICT
    session().commit()
    return redirect(plan_address(audit_return), 303)


@shows_again("actions.add_it")
def add_again(return_id: UUID) -> ResponseReturnValue:
    """Show the form again with what was typed, when its token was out of date."""
    return _adding(return_for(return_id), read_action(request.form), [OUT_OF_DATE]), 400


@actions.get("/<uuid:action_id>/change")
@needs(Permission.PLAN_ACTIONS)
def change(action_id: UUID) -> ResponseReturnValue:
    """Show the words of an action to be changed."""
    action = action_for(action_id, Permission.PLAN_ACTIONS)
    if not may_now(action, ActionMove.CHANGE, Change.CHANGE_ACTION):
        return redirect(url_for(".one_action", action_id=action.id))
    return _changing(action, typed_from(promise_of(action)), [], version=action.version)


@actions.post("/<uuid:action_id>/change")
@needs(Permission.PLAN_ACTIONS)
def save_change(action_id: UUID) -> ResponseReturnValue:
    """Keep the words of an action, or show them again with what is wrong."""
    action, typed = action_for(action_id, Permission.PLAN_ACTIONS), read_action(request.form)
    version = version_seen(request.form)
    if not TokenForm().validate_on_submit():
        return _changing(action, typed, [OUT_OF_DATE], version=version), 400
    promise, wrong = promise_in(typed)
    if wrong and action.status is ActionStatus.DRAFT:
        return _changing(action, typed, errors_of(wrong), version=version), REFUSED
    stands = typed_from(promise_of(action)).texts.values()
    if questions := ask_about(typed.texts, action, before=stands):
        session().commit()
        return _changing(action, typed, questions, version=version), REFUSED
    try:
        change_action(
            session(),
            action,
            promise=promise,
            expected_version=version,
            by=current_person(),
            now=now(),
        )
    except AwaitsSignature as refused:
        errors = [FieldError("what", f"{refused}. Nothing was saved")]
        return _changing(action, typed, errors, version=version), CONFLICT
    except ActionIsStale as stale:
        page = _changing(action, typed, [], version=stale.current.version, is_stale=True)
        return page, CONFLICT
    except ActionMoveNotPossible:
        return action_page(action, typed=typed.texts, is_stale=True), CONFLICT
    except ActionRefused as refused:
        return _changing(action, typed, errors_of(refused.wrong), version=version), REFUSED
    session().commit()
    return redirect(back_from(action), 303)


@shows_again("actions.save_change")
def change_again(action_id: UUID) -> ResponseReturnValue:
    """Show the form again with what was typed, when its token was out of date."""
    action, typed = action_for(action_id, Permission.PLAN_ACTIONS), read_action(request.form)
    return _changing(action, typed, [OUT_OF_DATE], version=version_seen(request.form)), 400


def _adding(audit_return: AuditReturn, typed: TypedAction, errors: list[FieldError]) -> str:
    return render_template(
        "actions/add.html",
        audit_return=audit_return,
        typed=typed,
        errors=errors,
        wrong=said_wrong(errors),
        people=people_for(audit_return),
        plan_href=plan_address(audit_return),
        is_promised=audit_return.submitted_at is not None,
    )


def _changing(
    action: Action,
    typed: TypedAction,
    errors: list[FieldError],
    *,
    version: int,
    is_stale: bool = False,
) -> str:
    return render_template(
        "actions/change.html",
        action=action,
        typed=typed,
        errors=errors,
        wrong=said_wrong(errors),
        people=people_for(action),
        version=version,
        is_stale=is_stale,
        is_draft=action.status is ActionStatus.DRAFT,
        about=about_words(action),
        person_id=current_person().id,
        back_href=back_from(action),
    )
