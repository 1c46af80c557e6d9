"""The PDF of an action plan: what was promised, by whom, by when, and how it comes on."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.action_moves import STATUS_WORDS, ActionStatus
from audit_app.core.london import london_date
from audit_app.reporting.render import render_html, render_pdf
from audit_app.reporting.return_facts import ReturnFacts, facts_of_return
from audit_app.services.reading_plans import NOW_WORDS, Plan, PlanLine, plan_of_return
from audit_app.services.reading_returns import sheet_of_return
from audit_app.storage.models import AuditReturn

TEMPLATE = "action-plan/report.html"


class PrintedAction(NamedTuple):
    """One action as it is printed; `rating` is what calls for it, None where nothing does now."""

    about: str | None
    rating: str | None
    now: str | None
    is_critical: bool
    what: str
    who: str | None
    by_when: date | None
    how_known: str | None
    status: str
    is_overdue: bool
    came_to: str | None = None


class PrintedPlan(NamedTuple):
    """A plan as it is printed."""

    actions: tuple[PrintedAction, ...]
    dropped: tuple[PrintedAction, ...]

    @property
    def overdue(self) -> int:
        """Count the actions whose day has passed."""
        return sum(one.is_overdue for one in self.actions)


def plan_report(plan: PrintedPlan, *, about: ReturnFacts) -> bytes:
    """Make the PDF of a plan. Raises ReportCouldNotBeMade."""
    return render_pdf(
        TEMPLATE,
        {"plan": plan, "about": about},
        title=_title(about),
        identifier=f"plan {about.reference or about.organisation} {about.printed_at.isoformat()}",
        made_at=about.printed_at,
        accent=about.accent,
    )


def plan_html(plan: PrintedPlan, *, about: ReturnFacts) -> str:
    """Give the HTML that the PDF is drawn from."""
    return render_html(
        TEMPLATE,
        {"plan": plan, "about": about},
        title=_title(about),
        made_at=about.printed_at,
        accent=about.accent,
    )


def report_of_plan(
    session: Session, audit_return: AuditReturn, *, with_drafts: bool, now: datetime
) -> bytes:
    """Print the plan of a return the caller was let into. Raises ReportCouldNotBeMade."""
    today = london_date(now)
    sheet = sheet_of_return(session, audit_return, today=today)
    plan = plan_of_return(session, audit_return, sheet=sheet, today=today)
    return plan_report(
        printed(plan, with_drafts=with_drafts),
        about=facts_of_return(session, audit_return, sheet.status, now),
    )


def printed(plan: Plan, *, with_drafts: bool) -> PrintedPlan:
    """Give a plan as it is printed; drafts are for those whose plan it is."""
    return PrintedPlan(
        tuple(_printed(plan.lines, with_drafts=with_drafts)),
        tuple(_printed(plan.dropped, with_drafts=with_drafts)),
    )


def _printed(lines: Iterable[PlanLine], *, with_drafts: bool) -> Iterable[PrintedAction]:
    for line in lines:
        action, called = line.action, line.called
        if action.status is ActionStatus.DRAFT and not with_drafts:
            continue
        yield PrintedAction(
            _about(line),
            called.rating if called else None,
            NOW_WORDS[line.now] if line.now else None,
            called is not None and called.because == "critical",
            action.what,
            action.who,
            action.by_when,
            action.how_known,
            STATUS_WORDS[action.status],
            line.is_overdue,
            action.closing_words,
        )


def _about(line: PlanLine) -> str | None:
    """Say what an action is about; the words of a question that it repeats stand there once."""
    if line.about is None or not line.number:
        return line.about
    number, _, words = line.about.partition(" ")
    return f"Question {number}" if words in line.action.what else line.about


def _title(about: ReturnFacts) -> str:
    return f"Action plan: {about.cycle}, {about.organisation}"
