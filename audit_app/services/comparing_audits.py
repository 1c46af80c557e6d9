"""Comparing the two audits of a consultation once both are in, and all those of a round."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.comparing_audits import Comparison, Figures, compare_audits, together
from audit_app.core.lifecycle import RETURNED
from audit_app.core.sheet import Sheet
from audit_app.services.reading_returns import sheet_of_return
from audit_app.storage.models import AuditReturn, SampledConsultation
from audit_app.storage.queries.consultations import audits_of


def comparison_of(
    session: Session, consultation: SampledConsultation, *, today: date
) -> tuple[Comparison, list[AuditReturn], list[Sheet]]:
    """Compare the audits of a consultation that the caller was let into, both of which are in.

    Gives the comparison, the two returns and the two sheets, the first auditor's first.
    """
    audits = audits_of(session, consultation)
    sheets = [sheet_of_return(session, one, today=today) for one in audits]
    return compare_audits(*sheets), audits, sheets


def figures_of_sample(
    session: Session, audits: Mapping[UUID, list[AuditReturn]], *, today: date
) -> Figures:
    """Add up the agreement over every consultation whose two audits are in."""
    both_in = [
        pair for pair in audits.values() if len(pair) == 2 and all(is_in(one) for one in pair)
    ]
    return together(
        compare_audits(*(sheet_of_return(session, one, today=today) for one in pair)).figures
        for pair in both_in
    )


def is_in(audit_return: AuditReturn) -> bool:
    """Say whether an audit was submitted and stands: all that the other auditor may know of it."""
    return audit_return.state in RETURNED
