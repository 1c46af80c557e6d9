"""Evidence: of a return by question, of an organisation, and as far as the person may see it."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from audit_app.core.lifecycle import RETURNED
from audit_app.storage.models import (
    AuditReturn,
    Cycle,
    Evidence,
    EvidenceLink,
    EvidenceVersion,
    Organisation,
    Person,
)
from audit_app.storage.queries.independence import both_are_in
from audit_app.storage.queries.scoping import (
    OVERSEERS,
    hidden_audits,
    oversees,
    own_organisations,
)


def evidence_of_return(session: Session, audit_return: AuditReturn) -> dict[str, list[Evidence]]:
    """Give what stands behind each answer of a return the caller was let into, in order linked.

    Keyed by question, with the versions, in two statements.
    """
    statement = (
        select(EvidenceLink)
        .join(EvidenceLink.evidence)
        .where(
            EvidenceLink.audit_return_id == audit_return.id,
            EvidenceLink.removed_at.is_(None),
            Evidence.removed_at.is_(None),
        )
        .options(contains_eager(EvidenceLink.evidence).selectinload(Evidence.versions))
        .order_by(EvidenceLink.at, EvidenceLink.id)
    )
    found: dict[str, list[Evidence]] = defaultdict(list)
    for link in session.scalars(statement):
        found[link.question_id].append(link.evidence)
    return dict(found)


def evidence_counts(session: Session, audit_return: AuditReturn) -> dict[str, int]:
    """Count what stands behind each answer of a return the caller was let into, by question."""
    statement = (
        select(EvidenceLink.question_id, func.count())
        .join(EvidenceLink.evidence)
        .where(
            EvidenceLink.audit_return_id == audit_return.id,
            EvidenceLink.removed_at.is_(None),
            Evidence.removed_at.is_(None),
        )
        .group_by(EvidenceLink.question_id)
    )
    return dict(session.execute(statement).all())


def evidence_of(session: Session, person: Person, organisation: Organisation) -> list[Evidence]:
    """Give an organisation's items that the person may see, by title, with versions and links."""
    statement = (
        _open_to(person)
        .where(Evidence.organisation_id == organisation.id)
        .options(selectinload(Evidence.versions), selectinload(Evidence.links))
        .order_by(func.lower(Evidence.title), Evidence.id)
    )
    return list(session.scalars(statement))


def evidence_open_to(session: Session, person: Person, evidence_id: UUID) -> Evidence | None:
    """Give one item with its versions and links, or None where it is not the person's to see."""
    return session.scalar(
        _open_to(person)
        .where(Evidence.id == evidence_id)
        .options(selectinload(Evidence.versions), selectinload(Evidence.links))
    )


def version_open_to(session: Session, person: Person, version_id: UUID) -> EvidenceVersion | None:
    """Give one file to be downloaded, with its item, or None where it is not theirs to see."""
    return session.scalar(
        select(EvidenceVersion)
        .join(EvidenceVersion.evidence)
        .where(EvidenceVersion.id == version_id, may_see_evidence(person))
        .options(contains_eager(EvidenceVersion.evidence).joinedload(Evidence.organisation))
    )


def standing_link(
    session: Session, audit_return: AuditReturn, question_id: str, evidence_id: UUID
) -> EvidenceLink | None:
    """Give the link of an item to an answer of a return the caller was let into."""
    return session.scalar(
        select(EvidenceLink)
        .where(
            EvidenceLink.audit_return_id == audit_return.id,
            EvidenceLink.question_id == question_id,
            EvidenceLink.evidence_id == evidence_id,
            EvidenceLink.removed_at.is_(None),
        )
        .options(joinedload(EvidenceLink.evidence))
    )


def next_version_number(session: Session, evidence: Evidence) -> int:
    """Give the number of an item's next file; two at once leave one to try again (unique)."""
    last = session.scalar(
        select(func.max(EvidenceVersion.number)).where(EvidenceVersion.evidence_id == evidence.id)
    )
    return (last or 0) + 1


def stored_by(session: Session, organisation: Organisation) -> tuple[int, int]:
    """Give how many files an organisation has stored, and how many bytes, for its quota."""
    number, size = session.execute(
        select(func.count(), func.coalesce(func.sum(EvidenceVersion.size), 0))
        .select_from(EvidenceVersion)
        .join(EvidenceVersion.evidence)
        .where(Evidence.organisation_id == organisation.id)
    ).one()
    return int(number), int(size)


def expiring(session: Session, organisation: Organisation, *, by: date) -> list[Evidence]:
    """Give the items of an organisation the caller was let into that expire by a day, in order."""
    statement = (
        select(Evidence)
        .where(
            Evidence.organisation_id == organisation.id,
            Evidence.removed_at.is_(None),
            Evidence.expires_on <= by,
        )
        .order_by(Evidence.expires_on, Evidence.id)
    )
    return list(session.scalars(statement))


def may_see_evidence(person: Person) -> ColumnElement[bool]:
    """Say, of an item, that it is their organisation's, or behind a submitted return they oversee.

    The partnership sees what was put to it, and not the rest of an organisation's files. Whoever
    has a hand in both audits of a consultation sees what stands behind neither.
    """
    put_to_them = (
        exists()
        .where(
            EvidenceLink.evidence_id == Evidence.id,
            EvidenceLink.removed_at.is_(None),
            AuditReturn.id == EvidenceLink.audit_return_id,
            AuditReturn.state.in_(RETURNED),
            Cycle.id == AuditReturn.cycle_id,
            oversees(
                person,
                OVERSEERS,
                organisation_id=AuditReturn.organisation_id,
                partnership_id=Cycle.partnership_id,
            ),
            both_are_in(),
        )
        .correlate(Evidence)
    )
    theirs = and_(
        Evidence.organisation_id.in_(own_organisations(person)), ~behind_hidden_audit(person)
    )
    return and_(Evidence.removed_at.is_(None), or_(theirs, put_to_them))


def behind_hidden_audit(person: Person) -> ColumnElement[bool]:
    """Say, of an item, that it stands behind an audit whose other audit the person has a hand in.

    Until both are in, what stands behind one tells of its answers.
    """
    return (
        exists()
        .where(
            EvidenceLink.evidence_id == Evidence.id,
            EvidenceLink.removed_at.is_(None),
            EvidenceLink.audit_return_id.in_(hidden_audits(person)),
        )
        .correlate(Evidence)
    )


def _open_to(person: Person) -> Select[Evidence]:
    return select(Evidence).where(may_see_evidence(person))
