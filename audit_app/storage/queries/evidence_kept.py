"""Evidence as its organisation keeps it: to be changed, reused, counted, scanned and swept."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from audit_app.core.permissions import GRANTED, HELD_AT_ORGANISATION, Permission
from audit_app.storage.models import (
    AuditReturn,
    Evidence,
    EvidenceLink,
    EvidenceVersion,
    Organisation,
    Person,
    ScanState,
)
from audit_app.storage.queries.evidence_reach import behind_hidden_audit, may_see_evidence
from audit_app.storage.queries.scoping import may_read_return, own_organisations

KEEPERS = GRANTED[Permission.ANSWER_RETURN] & HELD_AT_ORGANISATION
"""Whose roles let them change what their organisation keeps."""


def evidence_kept_by(session: Session, person: Person, evidence_id: UUID) -> Evidence | None:
    """Give an item that the person may change, or None; with its files."""
    return session.scalar(
        select(Evidence)
        .where(
            Evidence.id == evidence_id,
            Evidence.removed_at.is_(None),
            Evidence.organisation_id.in_(own_organisations(person, KEEPERS)),
            ~behind_hidden_audit(person),
        )
        .options(selectinload(Evidence.versions), joinedload(Evidence.organisation))
    )


def organisations_keeping(session: Session, person: Person) -> list[Organisation]:
    """Give the organisations whose evidence the person looks after, by name."""
    return list(
        session.scalars(
            select(Organisation)
            .where(Organisation.id.in_(own_organisations(person, KEEPERS)))
            .order_by(func.lower(Organisation.name), Organisation.id)
        )
    )


def items_of(session: Session, person: Person, organisation_id: UUID) -> list[Evidence]:
    """Give what an organisation the caller was let into has, by title, with files and links.

    What stands behind an audit that the person must not follow is left out.
    """
    return list(
        session.scalars(
            select(Evidence)
            .where(
                Evidence.organisation_id == organisation_id,
                Evidence.removed_at.is_(None),
                ~behind_hidden_audit(person),
            )
            .options(
                selectinload(Evidence.versions),
                selectinload(Evidence.links)
                .joinedload(EvidenceLink.audit_return)
                .joinedload(AuditReturn.cycle),
            )
            .order_by(func.lower(Evidence.title), Evidence.id)
        )
    )


def hold_evidence(session: Session, evidence: Evidence) -> None:
    """Hold an item until the commit, as it stands now: newer files come one after the other."""
    session.refresh(evidence, Evidence.__table__.columns.keys(), with_for_update=True)
    session.expire(evidence, ["versions"])


def links_standing(session: Session, evidence_id: UUID) -> list[EvidenceLink]:
    """Give where an item stands now, with the return and its cycle, in order linked."""
    return list(
        session.scalars(
            select(EvidenceLink)
            .join(EvidenceLink.audit_return)
            .join(AuditReturn.cycle)
            .where(EvidenceLink.evidence_id == evidence_id, EvidenceLink.removed_at.is_(None))
            .options(contains_eager(EvidenceLink.audit_return).contains_eager(AuditReturn.cycle))
            .order_by(EvidenceLink.at, EvidenceLink.id)
        )
    )


def read_through(session: Session, person: Person, evidence_id: UUID) -> AuditReturn | None:
    """Give the newest return through which a person who oversees it reads an item."""
    return session.scalar(
        select(AuditReturn)
        .join(EvidenceLink, EvidenceLink.audit_return_id == AuditReturn.id)
        .join(AuditReturn.cycle)
        .where(
            EvidenceLink.evidence_id == evidence_id,
            EvidenceLink.removed_at.is_(None),
            may_read_return(person),
        )
        .options(contains_eager(AuditReturn.cycle), joinedload(AuditReturn.organisation))
        .order_by(EvidenceLink.at.desc(), EvidenceLink.id)
        .limit(1)
    )


def may_open(session: Session, person: Person, evidence_ids: Collection[UUID]) -> set[UUID]:
    """Give those of some items that the person may open."""
    return set(
        session.scalars(
            select(Evidence.id).where(Evidence.id.in_(evidence_ids), may_see_evidence(person))
        )
    )


def same_citation(
    session: Session,
    organisation_id: UUID,
    *,
    title: str,
    where: str,
    dated: date | None,
    expires_on: date | None,
) -> Evidence | None:
    """Give the item of an organisation of which exactly this is said already."""
    return session.scalar(
        select(Evidence)
        .where(
            Evidence.organisation_id == organisation_id,
            Evidence.removed_at.is_(None),
            Evidence.title == title,
            Evidence.cited_where == where,
            Evidence.document_date.is_not_distinct_from(dated),
            Evidence.expires_on.is_not_distinct_from(expires_on),
        )
        .order_by(Evidence.created_at)
        .limit(1)
    )


def same_file(session: Session, organisation_id: UUID, sha256: str) -> Evidence | None:
    """Give the item of an organisation whose newest file is this very one."""
    newest = (
        select(func.max(EvidenceVersion.number))
        .where(EvidenceVersion.evidence_id == Evidence.id)
        .correlate(Evidence)
        .scalar_subquery()
    )
    return session.scalar(
        select(Evidence)
        .join(Evidence.versions)
        .where(
            Evidence.organisation_id == organisation_id,
            Evidence.removed_at.is_(None),
            EvidenceVersion.sha256 == sha256,
            EvidenceVersion.number == newest,
            EvidenceVersion.scan_state != ScanState.INFECTED,
        )
        .order_by(Evidence.created_at, Evidence.id)
        .limit(1)
    )


def bytes_behind(session: Session, return_id: UUID) -> int:
    """Count the bytes of every file that stands behind a return, for its quota."""
    standing = select(EvidenceLink.evidence_id).where(
        EvidenceLink.audit_return_id == return_id, EvidenceLink.removed_at.is_(None)
    )
    size = session.scalar(
        select(func.coalesce(func.sum(EvidenceVersion.size), 0)).where(
            EvidenceVersion.evidence_id.in_(standing)
        )
    )
    return int(size or 0)


def not_scanned(session: Session, *, most: int) -> list[EvidenceVersion]:
    """Give files that no scanner has seen, the oldest first."""
    return list(
        session.scalars(
            select(EvidenceVersion)
            .where(EvidenceVersion.scan_state == ScanState.NOT_SCANNED)
            .order_by(EvidenceVersion.at, EvidenceVersion.id)
            .limit(most)
        )
    )


def note_scan(session: Session, version_id: UUID, *, state: ScanState, at: datetime) -> bool:
    """Note a verdict on a file that had none; False where somebody noted one meanwhile."""
    session.flush()
    noted = session.execute(
        update(EvidenceVersion)
        .where(
            EvidenceVersion.id == version_id,
            EvidenceVersion.scan_state == ScanState.NOT_SCANNED,
        )
        .values(scan_state=state, scanned_at=at)
        .returning(EvidenceVersion.id)
    ).first()
    return noted is not None


def known_names(session: Session, stored_names: Collection[str]) -> set[str]:
    """Give those of some stored names that a row knows."""
    return set(
        session.scalars(
            select(EvidenceVersion.stored_name).where(EvidenceVersion.stored_name.in_(stored_names))
        )
    )
