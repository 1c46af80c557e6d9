"""What a report prints, gathered from the records: the same objects that the screens print."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.naming import shown_to
from audit_app.core.results import METHOD_VERSION, Stage
from audit_app.reporting.board_report import BoardFacts, board_report
from audit_app.reporting.plan_report import printed
from audit_app.reporting.render import ACCENT
from audit_app.reporting.return_facts import Copy, declined_words, facts_of_return
from audit_app.reporting.return_report import NO_PLAN, return_report
from audit_app.services.check_numbers import check_number
from audit_app.services.keeping_plans import plan_of_version
from audit_app.services.reading_plans import plan_of_return
from audit_app.services.reading_returns import sheet_of_return
from audit_app.services.reading_submissions import (
    Version,
    entered_in,
    entered_in_version,
    sheet_of_version,
)
from audit_app.services.receipts import address_of
from audit_app.services.showing_summaries import summary_for
from audit_app.services.summarising import summary_of_cycle
from audit_app.storage.models import AuditReturn, Cycle, Person
from audit_app.storage.queries.history import head_of_all


def report_of_return(session: Session, audit_return: AuditReturn, *, now: datetime) -> bytes:
    """Print a return the caller was let into, as it stands. Raises ReportCouldNotBeMade."""
    today = london_date(now)
    sheet = sheet_of_return(session, audit_return, today=today)
    plan = plan_of_return(session, audit_return, sheet=sheet, today=today)
    return return_report(
        sheet,
        about=facts_of_return(session, audit_return, sheet.status, now),
        # What is not promised yet belongs to a draft alone.
        plan=printed(plan, with_drafts=sheet.result.stage is Stage.DRAFT),
        entered=entered_in(session, audit_return),
    )


def report_of_version(
    session: Session,
    audit_return: AuditReturn,
    version: Version,
    *,
    number: int,
    of: int,
    now: datetime,
    base_address: str = "",
) -> bytes:
    """Print one version of a return as it was sent, to be kept: the receipt is on its first page.

    `number` is its place among the `of` versions that were sent. Raises ReportCouldNotBeMade.
    """
    sheet = sheet_of_version(session, audit_return, version)
    about = facts_of_return(session, audit_return, sheet.status, now)
    plan = plan_of_version(version, sheet=sheet)
    signed, stands = version.signature, "" if version.stands else ". This version no longer stands"
    return return_report(
        sheet,
        about=about._replace(
            status=f"{sheet.status}{stands}",
            submitted_at=version.at,
            submitted_by=version.by,
            declined=declined_words(version),
            copy=Copy(
                number,
                of,
                check_number(audit_return, version),
                address_of(audit_return, base_address),
                signed.name if signed is not None else None,
                signed.role_in_words if signed is not None else None,
                signed.declaration if signed is not None else None,
            ),
        ),
        plan=printed(plan, with_drafts=False) if plan is not None else NO_PLAN,
        entered=entered_in_version(version.answers),
    )


def report_of_cycle(
    session: Session, cycle: Cycle, *, person: Person | None, now: datetime
) -> bytes:
    """Print the assurance report of a cycle as the person may see it; childminders stay unnamed
    where there is none. Raises ReportCouldNotBeMade.
    """
    if person is None:
        every = summary_of_cycle(session, cycle, person=None)
        summary = shown_to(every, roles=frozenset())
    else:
        summary = summary_for(session, cycle, person=person)
    version, before = cycle.questionnaire_version, cycle.previous_cycle
    about = BoardFacts(
        partnership=cycle.partnership.name,
        cycle=cycle.title,
        questionnaire=version.title,
        questionnaire_key=f"{version.name}/{version.version}",
        content_hash=version.content_hash,
        method_version=METHOD_VERSION,
        due_at=cycle.due_at,
        printed_at=now,
        reference=f"{version.reference}-{cycle.year}",
        last_cycle=before.title if before is not None else None,
        # The names in the summary are already those that this person may see.
        names_childminders=True,
        history_head=head_of_all(session),
        accent=cycle.partnership.accent or ACCENT,
    )
    return board_report(summary, about=about)
