"""A drafted action saves by itself while somebody writes it; the same checks, and the same words.

It is told as saving_said.py of returns tells it. `unsaved` is of this journey alone: an action
keeps no draft beside itself, so what cannot be saved yet stays on the page, and that is said.
"""

from typing import Any
from uuid import UUID

from flask import Response, jsonify, request
from flask_wtf.csrf import generate_csrf

from audit_app.core.action_moves import ActionMoveNotPossible, ActionStatus
from audit_app.core.awaiting import AwaitsSignature
from audit_app.core.permissions import Permission
from audit_app.services.planning_actions import (
    ActionIsStale,
    ActionRefused,
    change_action,
    promise_of,
)
from audit_app.web.access import current_person, needs
from audit_app.web.actions.forms import (
    FieldError,
    errors_of,
    promise_in,
    read_action,
    typed_from,
    version_seen,
)
from audit_app.web.actions.opening import action_for, ask_about
from audit_app.web.actions.views import actions
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.dates import long_time
from audit_app.web.errors import keeps_when_signed_out, shows_again
from audit_app.web.guarding import marks_to_keep
from audit_app.web.own_paths import sign_in_address

STATUS = {"saved": 200, "unsaved": 422, "conflict": 409, "closed": 409}
BACK_IN = "/account/back-in"
ONLY_HERE = "What you typed is only on this page"
NO_DRAFT = f"This action is no draft any more. {ONLY_HERE}"


@actions.get("/<uuid:action_id>/change/by-itself")
@needs(Permission.PLAN_ACTIONS)
def token_to_save(action_id: UUID) -> Response:
    """Give an opened page what it needs to save again after its person has signed in."""
    action = action_for(action_id, Permission.PLAN_ACTIONS)
    person = str(current_person().id)
    return jsonify(csrf_token=generate_csrf(), version=action.version, person=person)


@actions.post("/<uuid:action_id>/change/by-itself")
@needs(Permission.PLAN_ACTIONS)
def save_by_itself(action_id: UUID) -> Response:
    """Keep the words of a draft as far as they are right, and say what came of it."""
    action, typed = action_for(action_id, Permission.PLAN_ACTIONS), read_action(request.form)
    if action.status is not ActionStatus.DRAFT:
        return _told("closed", NO_DRAFT)
    promise, wrong = promise_in(typed)
    if wrong:
        return _unsaved(errors_of(wrong))
    stands = typed_from(promise_of(action)).texts.values()
    if questions := ask_about(typed.texts, action, before=stands):
        session().commit()
        return _unsaved(questions)
    try:
        change_action(
            session(),
            action,
            promise=promise,
            expected_version=version_seen(request.form),
            by=current_person(),
            now=now(),
        )
    except AwaitsSignature as refused:
        return _told("closed", f"{refused}. {ONLY_HERE}")
    except ActionIsStale:
        return _told("conflict", f"Somebody changed this action meanwhile. {ONLY_HERE}")
    except ActionMoveNotPossible:
        return _told("closed", NO_DRAFT)
    except ActionRefused as refused:
        return _unsaved(errors_of(refused.wrong))
    session().commit()
    return _told("saved", f"Saved {long_time(now())}", version=action.version, kept=True)


@shows_again("actions.save_by_itself")
def out_of_date(action_id: UUID) -> Response:
    """Have the page ask for a new token; nothing is saved."""
    return _told("out_of_date", "Saving again", status=400)


@keeps_when_signed_out("actions.save_by_itself")
def signed_out(action_id: UUID) -> Response:
    """Say that nothing can be saved before the person has signed in again."""
    said, sign_in = f"You have been signed out. {ONLY_HERE}", sign_in_address(next_path=BACK_IN)
    return _told("signed_out", said, status=403, sign_in=sign_in)


def _unsaved(errors: list[FieldError]) -> Response:
    guarded = [one for one in errors if one.mark]
    return _told(
        "unsaved",
        f"Not saved yet. {ONLY_HERE}",
        problems=[{"href": one.href, "text": one.text} for one in errors],
        may_stay=marks_to_keep(guarded) if guarded else "",
    )


def _told(state: str, said: str, *, status: int | None = None, **more: Any) -> Response:
    told = {"problems": [], "may_stay": "", "kept": False, "version": None} | more
    response = jsonify(state=state, said=said, **told)
    response.status_code = status or STATUS[state]
    return response
