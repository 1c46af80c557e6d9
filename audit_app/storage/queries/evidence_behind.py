"""What stands behind the answers of a return, as facts to be printed and counted."""

from collections import defaultdict
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from audit_app.core.evidence.pieces import Piece
from audit_app.storage.models import Evidence, EvidenceLink, EvidenceVersion, ScanState


def pieces_behind(session: Session, return_id: UUID) -> dict[str, tuple[Piece, ...]]:
    """Give what counts behind each answer of a return the caller was let into, in order linked."""
    found: dict[str, list[Piece]] = defaultdict(list)
    for question_id, title, dated, expires_on, where, evidence_id in session.execute(
        _behind_a_return(), {"return_id": return_id}
    ):
        found[question_id].append(Piece(title, dated, expires_on, where, str(evidence_id)))
    return {name: tuple(pieces) for name, pieces in found.items()}


def counts() -> ColumnElement[bool]:
    """Say, of an item, that it is there: a place that is cited, or a file without a virus."""
    sound = (
        exists()
        .where(
            EvidenceVersion.evidence_id == Evidence.id,
            EvidenceVersion.scan_state != ScanState.INFECTED,
        )
        .correlate(Evidence)
    )
    return or_(Evidence.cited_where.is_not(None), sound)


@cache
def _behind_a_return() -> Select[str, str, date | None, date | None, str | None, UUID]:
    """Put the question once: every page of a return asks it."""
    return (
        select(
            EvidenceLink.question_id,
            Evidence.title,
            Evidence.document_date,
            Evidence.expires_on,
            Evidence.cited_where,
            Evidence.id,
        )
        .join(EvidenceLink.evidence)
        .where(
            EvidenceLink.audit_return_id == bindparam("return_id"),
            EvidenceLink.removed_at.is_(None),
            Evidence.removed_at.is_(None),
            counts(),
        )
        .order_by(EvidenceLink.at, EvidenceLink.id)
    )
