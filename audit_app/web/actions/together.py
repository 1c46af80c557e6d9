"""Saying who does several drafts of a plan, and by when, on one page."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from audit_app.core.awaiting import AwaitsSignature, Change
from audit_app.core.permissions import Permission
from audit_app.services.grouping_plans import Group, groups_of
from audit_app.services.planning_actions import ActionRefused
from audit_app.services.reading_plans import plan_of_return
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.sharing_actions import share_actions
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.actions import actions_of_return
from audit_app.web.access import current_person, needs
from audit_app.web.actions.forms import (
    NOT_A_DATE,
    OUT_OF_DATE,
    FieldError,
    TokenForm,
    errors_of,
    read_day,
    read_who,
    said_wrong,
    typed_day,
    version_seen,
)
from audit_app.web.actions.opening import ask_about, awaiting_said, people_for, return_for
from audit_app.web.actions.views import actions
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.errors import shows_again

REFUSED, CONFLICT = 422, 409


class TypedShare(NamedTuple):
    """What stands in the form: who, the three parts of a day, and the actions that are ticked."""

    who: str
    by_when: Mapping[str, str]
    chosen: frozenset[str]


@actions.get("/together/<uuid:return_id>")
@needs(Permission.PLAN_ACTIONS)
def together(return_id: UUID) -> ResponseReturnValue:
    """Ask who does the drafts of a group, and by when; all of them are ticked."""
    audit_return = return_for(return_id)
    group = _group(audit_return)
    if group is None or awaiting_said(audit_return, Change.CHANGE_ACTION):
        return redirect(_plan(audit_return))
    ticked = frozenset(str(line.action.id) for line in group.drafts)
    return _page(audit_return, group, TypedShare("", typed_day({}), ticked), [])


@actions.post("/together/<uuid:return_id>")
@needs(Permission.PLAN_ACTIONS)
def save_together(return_id: UUID) -> ResponseReturnValue:
    """Keep who, by when or both for the drafts that are ticked."""
    audit_return, typed = return_for(return_id), _read(request.form)
    if not TokenForm().validate_on_submit():
        return _again(audit_return, typed, [OUT_OF_DATE], status=400)
    day = read_day(typed.by_when)
    if day is NOT_A_DATE:
        return _again(audit_return, typed, errors_of([NOT_A_DATE]))
    if questions := ask_about({"who": typed.who}, audit_return):
        session().commit()
        return _again(audit_return, typed, questions)
    seen = {
        one.id: version_seen({"version": request.form.get(f"version-{one.id}", "")})
        for one in actions_of_return(session(), audit_return)
        if str(one.id) in typed.chosen
    }
    try:
        shared = share_actions(
            session(),
            audit_return,
            seen=seen,
            who=typed.who or None,
            by_when=None if isinstance(day, tuple) else day,
            by=current_person(),
            now=now(),
        )
    except AwaitsSignature as refused:
        session().rollback()
        errors = [FieldError("who", f"{refused}. Nothing was saved")]
        return _again(return_for(return_id), typed, errors, status=CONFLICT)
    except ActionRefused as refused:
        session().rollback()
        return _again(return_for(return_id), typed, errors_of(refused.wrong))
    session().commit()
    flash(f"Saved for {shared.number} {'action' if shared.number == 1 else 'actions'}.")
    if shared.stale:
        flash(
            f"{len(shared.stale)} not saved, because somebody changed "
            f"{'it' if len(shared.stale) == 1 else 'them'} meanwhile: "
            f"{'; '.join(one.what[:60] for one in shared.stale)}. Open and change it by itself.",
            "error",
        )
    return redirect(_plan(audit_return), 303)


@shows_again("actions.save_together")
def together_again(return_id: UUID) -> ResponseReturnValue:
    """Show the form again with what was typed, when its token was out of date."""
    return _again(return_for(return_id), _read(request.form), [OUT_OF_DATE], status=400)


def _read(form: MultiDict[str, str]) -> TypedShare:
    return TypedShare(read_who(form), typed_day(form), frozenset(form.getlist("chosen")))


def _again(
    audit_return: AuditReturn, typed: TypedShare, errors: list[FieldError], *, status: int = REFUSED
) -> ResponseReturnValue:
    """Show the form with what was typed; a group that has no drafts left leads to the plan."""
    group = _group(audit_return)
    if group is None:
        return redirect(_plan(audit_return), 303)
    return _page(audit_return, group, typed, errors), status


def _page(
    audit_return: AuditReturn, group: Group, typed: TypedShare, errors: list[FieldError]
) -> str:
    return render_template(
        "actions/together.html",
        audit_return=audit_return,
        group=group,
        typed=typed,
        people=people_for(audit_return),
        errors=errors,
        wrong=said_wrong(errors),
        plan_href=_plan(audit_return),
    )


def _groups(audit_return: AuditReturn) -> tuple[Group, ...]:
    sheet = sheet_of_return(session(), audit_return, today=today())
    plan = plan_of_return(session(), audit_return, sheet=sheet, today=today())
    by_section = request.args.get("by") == "section"
    return groups_of(plan, sheet.questionnaire, kind=sheet.kind, by_section=by_section)


def _group(audit_return: AuditReturn) -> Group | None:
    """Give the group that the address names, as far as there are drafts in it."""
    name = request.args.get("group", "")
    found = next((one for one in _groups(audit_return) if one.name == name), None)
    return found if found is not None and found.drafts else None


def _plan(audit_return: AuditReturn) -> str:
    by = "section" if request.args.get("by") == "section" else None
    return url_for("returns.action_plan", return_id=audit_return.id, by=by)
