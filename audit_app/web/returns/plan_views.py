"""The action plan of a return: reading it, and drafting what is missing from it."""

from uuid import UUID

import structlog
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from audit_app.core.action_moves import STATUS_WORDS, ActionStatus
from audit_app.core.awaiting import AwaitsSignature, Change
from audit_app.core.permissions import Permission
from audit_app.core.planning import Planning, PlanningNotPossible
from audit_app.core.planning import may_plan as may_be_planned
from audit_app.core.rag import WORDS
from audit_app.reporting.plan_report import report_of_plan
from audit_app.reporting.render import ReportCouldNotBeMade
from audit_app.services.drafting_plans import Drawn, Turned, draft_plan
from audit_app.services.grouping_plans import first_of, groups_of
from audit_app.services.planning_actions import key_of
from audit_app.services.reading_plans import NOW_WORDS, Plan, plan_of_return
from audit_app.services.reading_returns import sheet_of_return
from audit_app.storage.models import AuditReturn
from audit_app.web.access import current_person, may, needs
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.returns.awaiting import awaiting_said
from audit_app.web.returns.opening import is_open, opened, return_for
from audit_app.web.returns.views import returns

LOG = structlog.get_logger("audit_app.returns")


@returns.get("/<uuid:return_id>/action-plan")
@needs(Permission.READ_RETURN)
def action_plan(return_id: UUID) -> ResponseReturnValue:
    """Show the plan, with what calls for an action and has none."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    found, plan = opened(audit_return), shown_plan(audit_return)
    by_section = request.args.get("by") == "section"
    state, round_state = audit_return.state, audit_return.cycle.state
    awaits = awaiting_said(audit_return, Change.CHANGE_ACTION)
    return render_template(
        "returns/action_plan.html",
        found=found,
        plan=plan,
        groups=groups_of(plan, found.questionnaire, kind=found.kind, by_section=by_section),
        first=first_of(plan),
        by_section=by_section,
        is_open=is_open(audit_return),
        may_plan=may(Permission.PLAN_ACTIONS, audit_return),
        may_draft=may_be_planned(state, round_state, Planning.DRAFT, awaits=bool(awaits)),
        may_add=may_be_planned(state, round_state, Planning.ADD, awaits=bool(awaits)),
        awaits=awaits,
        now_words=NOW_WORDS,
        status_words=STATUS_WORDS,
        rating_words=WORDS,
    )


@returns.post("/<uuid:return_id>/action-plan/draft")
@needs(Permission.PLAN_ACTIONS)
def draft_actions(return_id: UUID) -> ResponseReturnValue:
    """Draft what is missing; a second click finds nothing missing."""
    audit_return = return_for(return_id, Permission.PLAN_ACTIONS)
    if FlaskForm().validate_on_submit():
        try:
            drawn = draft_plan(session(), audit_return, by=current_person(), now=now())
        except (PlanningNotPossible, AwaitsSignature) as refused:
            session().rollback()
            flash(f"{refused}. Nothing was drafted.", "error")
            return redirect(url_for("returns.action_plan", return_id=return_id), 303)
        session().commit()
        for said in words_of(drawn, shown_plan(audit_return)):
            flash(said)
    return redirect(url_for("returns.action_plan", return_id=return_id), 303)


@returns.get("/<uuid:return_id>/action-plan.pdf")
@needs(Permission.READ_RETURN)
def action_plan_pdf(return_id: UUID) -> ResponseReturnValue:
    """Give the PDF of the plan, whole, or a page that says it could not be made."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    shows_drafts = may(Permission.PLAN_ACTIONS, audit_return)
    try:
        made = report_of_plan(session(), audit_return, with_drafts=shows_drafts, now=now())
    except ReportCouldNotBeMade:
        LOG.exception("report_failed", return_id=str(return_id))
        page = render_template("returns/report_failed.html", audit_return=audit_return)
        return page, 500
    response = Response(made, mimetype="application/pdf")
    name = f"{audit_return.reference or f'draft-{audit_return.cycle.year}'}-action-plan.pdf"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def words_of(drawn: Drawn, plan: Plan) -> list[str]:
    """Say what drafting did: what is new, what turned, and what was left to those who wrote it."""
    about = {key_of(line.action): line.about for line in (*plan.lines, *plan.dropped)}

    def turns(those: tuple[Turned, ...]) -> str:
        return "; ".join(
            f"{about.get(one.key) or 'an answer'} was {WORDS[one.was]}, is {WORDS[one.now]}"
            for one in those
        )

    said = []
    if drawn.new:
        said.append(
            f"{drawn.new} drafted. Choose who does it; the day and the words are proposals."
        )
    if drawn.again:
        why = f": {turns(drawn.turned)}" if drawn.turned else ", because answers changed"
        said.append(f"{drawn.again} brought up to date{why}.")
    if drawn.kept:
        said.append(f"Left as you wrote it, though its answer changed: {turns(drawn.kept)}.")
    return said or ["Nothing had changed, so nothing was drafted."]


def shown_plan(audit_return: AuditReturn) -> Plan:
    """Give the plan as this person may see it: drafts are the organisation's own."""
    sheet = sheet_of_return(session(), audit_return, today=today())
    plan = plan_of_return(session(), audit_return, sheet=sheet, today=today())
    if may(Permission.PLAN_ACTIONS, audit_return):
        return plan
    promised = (one for one in plan.lines if one.action.status is not ActionStatus.DRAFT)
    return plan._replace(lines=tuple(promised))
