"""The PDF of a letter about a return that did not come, in the name of the Chair."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.organisations import AGENCY_KINDS
from audit_app.core.rounds.ladder import LADDER, Step
from audit_app.reporting.render import ACCENT, render_html, render_pdf
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.chasing import steps_of

TEMPLATE = "letter/letter.html"
PRIVATE = "childminder"
"""Whose address is a home: it is not printed, even where somebody has typed it in."""


class StepTaken(NamedTuple):
    """A step that the letter reminds of."""

    words: str
    at: datetime


class LetterFacts(NamedTuple):
    """What a letter says."""

    organisation: str
    urn: str | None
    address: tuple[str, ...]
    partnership: str
    cycle: str
    due_at: datetime
    printed_at: datetime
    steps: tuple[StepTaken, ...]
    is_formal: bool
    is_agency: bool
    contact: tuple[str, ...] = ()
    accent: str = ACCENT


def letter_report(about: LetterFacts) -> bytes:
    """Make the PDF of a letter. Raises ReportCouldNotBeMade."""
    return render_pdf(
        TEMPLATE,
        {"about": about},
        title=_title(about),
        identifier=f"{_title(about)} {about.printed_at.isoformat()}",
        made_at=about.printed_at,
        accent=about.accent,
    )


def letter_html(about: LetterFacts) -> str:
    """Give the HTML that the PDF is drawn from."""
    return render_html(
        TEMPLATE,
        {"about": about},
        title=_title(about),
        made_at=about.printed_at,
        accent=about.accent,
    )


def letter_about(
    session: Session, audit_return: AuditReturn, step: Step, *, now: datetime
) -> bytes:
    """Print the letter of a step about a return the caller was let into, dated today.

    It lists the steps taken before: one of each rung, the latest. Raises ReportCouldNotBeMade.
    """
    organisation, cycle = audit_return.organisation, audit_return.cycle
    order = list(LADDER)
    before = {
        one.step: StepTaken(LADDER[one.step].title, one.at)
        for one in steps_of(session, audit_return)
        if order.index(one.step) < order.index(step)
    }
    lines = (
        organisation.address_line_1,
        organisation.address_line_2,
        organisation.address_line_3,
        organisation.town,
        organisation.postcode,
    )
    contact = (cycle.contact_name, cycle.contact_email, cycle.contact_telephone)
    return letter_report(
        LetterFacts(
            organisation=organisation.name,
            urn=organisation.urn,
            address=() if organisation.kind == PRIVATE else tuple(line for line in lines if line),
            partnership=cycle.partnership.name,
            cycle=cycle.title,
            due_at=audit_return.due_at,
            printed_at=now,
            steps=tuple(before[one] for one in order if one in before),
            is_formal=step is Step.FORMAL_REQUEST,
            is_agency=organisation.kind in AGENCY_KINDS,
            contact=tuple(part for part in contact if part),
            accent=cycle.partnership.accent or ACCENT,
        )
    )


def _title(about: LetterFacts) -> str:
    called = "Formal request" if about.is_formal else "Letter from the Chair"
    return f"{called}: {about.cycle}, {about.organisation}"
