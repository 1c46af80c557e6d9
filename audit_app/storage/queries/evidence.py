"""Evidence: of a return by question, of an organisation, and as far as the person may see it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from audit_app.storage.models import (
    AuditReturn,
    Evidence,
    EvidenceLink,
    EvidenceVersion,
    Organisation,
    Person,
)
from audit_app.storage.queries.evidence_reach import may_see_evidence, may_see_file, stood_at


def evidence_of_return(
    session: Session, audit_return: AuditReturn, *, sent_at: datetime | None = None
) -> dict[str, list[Evidence]]:
    """Give what stands behind each answer of a return the caller was let into, in order linked.

    Keyed by question, with the versions, in two statements. With `sent_at` it is what stood there
    when the return was sent, which is all that its readers have been given.
    """
    statement = (
        select(EvidenceLink)
        .join(EvidenceLink.evidence)
        .where(
            EvidenceLink.audit_return_id == audit_return.id,
            EvidenceLink.removed_at.is_(None) if sent_at is None else stood_at(literal(sent_at)),
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
        .where(EvidenceVersion.id == version_id, may_see_file(person))
        .options(contains_eager(EvidenceVersion.evidence).joinedload(Evidence.organisation))
    )


def files_open_to(
    session: Session, person: Person, evidence: Iterable[Evidence]
) -> dict[UUID, list[EvidenceVersion]]:
    """Give the files of some items that the person may see, oldest first, by item."""
    statement = (
        select(EvidenceVersion)
        .join(EvidenceVersion.evidence)
        .where(EvidenceVersion.evidence_id.in_({one.id for one in evidence}), may_see_file(person))
        .order_by(EvidenceVersion.evidence_id, EvidenceVersion.number)
    )
    found: dict[UUID, list[EvidenceVersion]] = defaultdict(list)
    for version in session.scalars(statement):
        found[version.evidence_id].append(version)
    return found


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


def _open_to(person: Person) -> Select[Evidence]:
    return select(Evidence).where(may_see_evidence(person))
