"""Following an action up: how it comes on, a new day with its reason, and that it is done."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.action_moves import ActionMove, ActionMoveNotPossible, action_may
from audit_app.core.action_plan import Missing
from audit_app.core.awaiting import AwaitsSignature
from audit_app.core.permissions import Permission
from audit_app.services.following_actions import finish_action, report_progress
from audit_app.services.planning_actions import ActionIsStale, ActionRefused
from audit_app.storage.models import Action
from audit_app.web.access import current_person, needs
from audit_app.web.actions.forms import (
    OUT_OF_DATE,
    FieldError,
    TokenForm,
    errors_of,
    read_day,
    said_wrong,
    typed_day,
    version_seen,
    words,
)
from audit_app.web.actions.opening import action_for, ask_about
from audit_app.web.actions.views import action_page, actions
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.errors import shows_again

REFUSED, CONFLICT = 422, 409


@actions.post("/<uuid:action_id>/progress")
@needs(Permission.PLAN_ACTIONS)
def progress(action_id: UUID) -> ResponseReturnValue:
    """Keep how an action comes on, and its new day where there is one."""
    action = action_for(action_id, Permission.PLAN_ACTIONS)
    typed, parts = {"words": words(request.form, "words")}, typed_day(request.form)
    if not TokenForm().validate_on_submit():
        return action_page(action, typed=typed, day=parts, errors=[OUT_OF_DATE]), 400
    day = read_day(parts)
    if isinstance(day, Missing):
        return action_page(action, typed=typed, day=parts, errors=errors_of([day])), REFUSED
    if questions := ask_about(typed, action):
        session().commit()
        return action_page(action, typed=typed, day=parts, errors=questions), REFUSED
    try:
        report_progress(
            session(),
            action,
            words=typed["words"],
            by_when=day or action.by_when,
            expected_version=version_seen(request.form),
            by=current_person(),
            now=now(),
        )
    except AwaitsSignature as refused:
        errors = [FieldError("by_when", f"{refused}. Nothing was saved")]
        return action_page(action, typed=typed, day=parts, errors=errors), CONFLICT
    except (ActionIsStale, ActionMoveNotPossible):
        return action_page(action, typed=typed, day=parts, is_stale=True), CONFLICT
    except ActionRefused as refused:
        errors = errors_of(refused.wrong)
        return action_page(action, typed=typed, day=parts, errors=errors), REFUSED
    session().commit()
    return redirect(url_for(".one_action", action_id=action.id, _anchor="progress"), 303)


@shows_again("actions.progress")
def progress_again(action_id: UUID) -> ResponseReturnValue:
    """Show the page again with what was typed, when its token was out of date."""
    action = action_for(action_id, Permission.PLAN_ACTIONS)
    typed = {"words": words(request.form, "words")}
    return action_page(action, typed=typed, day=typed_day(request.form), errors=[OUT_OF_DATE]), 400


@actions.get("/<uuid:action_id>/done")
@needs(Permission.PLAN_ACTIONS)
def done(action_id: UUID) -> ResponseReturnValue:
    """Ask what an action came to."""
    action = action_for(action_id, Permission.PLAN_ACTIONS)
    if not action_may(action.status, ActionMove.FINISH):
        return redirect(url_for(".one_action", action_id=action.id))
    return _finishing(action, "", [])


@actions.post("/<uuid:action_id>/done")
@needs(Permission.PLAN_ACTIONS)
def finish(action_id: UUID) -> ResponseReturnValue:
    """Keep that an action is done, and what it came to."""
    action, said = action_for(action_id, Permission.PLAN_ACTIONS), words(request.form, "words")
    if not TokenForm().validate_on_submit():
        return _finishing(action, said, [OUT_OF_DATE]), 400
    if questions := ask_about({"words": said}, action):
        session().commit()
        return _finishing(action, said, questions), REFUSED
    try:
        finish_action(
            session(),
            action,
            words=said,
            expected_version=version_seen(request.form),
            by=current_person(),
            now=now(),
        )
    except (ActionIsStale, ActionMoveNotPossible):
        return action_page(action, typed={"words": said}, is_stale=True), CONFLICT
    except ActionRefused as refused:
        return _finishing(action, said, errors_of(refused.wrong)), REFUSED
    session().commit()
    return redirect(url_for(".one_action", action_id=action.id), 303)


@shows_again("actions.finish")
def finish_again(action_id: UUID) -> ResponseReturnValue:
    """Show the form again with what was typed, when its token was out of date."""
    action = action_for(action_id, Permission.PLAN_ACTIONS)
    return _finishing(action, words(request.form, "words"), [OUT_OF_DATE]), 400


def _finishing(action: Action, said: str, errors: list[FieldError]) -> str:
    return render_template(
        "actions/done.html", action=action, said=said, errors=errors, wrong=said_wrong(errors)
    )
