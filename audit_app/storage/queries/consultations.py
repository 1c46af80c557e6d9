"""Sampled consultations: the sample of a round, and one of them as the person may compare it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select
from sqlalchemy.orm import Session, joinedload

from audit_app.core.lifecycle import State
from audit_app.storage.base import uuid7
from audit_app.storage.models import (
    Action,
    Answer,
    AnswerDraft,
    AuditReturn,
    Cycle,
    EvidenceLink,
    Person,
    ReturnProgress,
    ReturnSpreadsheet,
    SampledConsultation,
    SectionAssignment,
)
from audit_app.storage.queries.independence import both_are_in
from audit_app.storage.queries.scoping import coordinates, own_organisations


def sample_of(session: Session, cycle: Cycle) -> list[SampledConsultation]:
    """Give the sample of a round the caller was let into, by number, with its auditors."""
    statement = (
        select(SampledConsultation)
        .where(SampledConsultation.cycle_id == cycle.id)
        .options(
            joinedload(SampledConsultation.first_auditor),
            joinedload(SampledConsultation.second_auditor),
        )
        .order_by(SampledConsultation.number)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(statement))


def audits_of_sample(session: Session, cycle: Cycle) -> dict[UUID, list[AuditReturn]]:
    """Give the returns of a round's sample by consultation, for the coordinator of the round."""
    statement = (
        select(AuditReturn)
        .where(AuditReturn.cycle_id == cycle.id, AuditReturn.consultation_id.is_not(None))
        .options(joinedload(AuditReturn.organisation))
        .order_by(AuditReturn.consultation_number, AuditReturn.id)
    )
    found: dict[UUID, list[AuditReturn]] = {}
    for one in session.scalars(statement):
        if one.consultation_id is not None:
            found.setdefault(one.consultation_id, []).append(one)
    return found


def consultation_to_compare(
    session: Session, person: Person, consultation_id: UUID
) -> SampledConsultation | None:
    """Give a consultation whose two audits the person may see side by side; None for all others.

    They must both be in; and the person belongs to one of the two agencies, or coordinates the
    round.
    """
    own = own_organisations(person)
    statement = (
        select(SampledConsultation)
        .join(SampledConsultation.cycle)
        .where(
            SampledConsultation.id == consultation_id,
            has_both_audits_in(),
            or_(
                SampledConsultation.first_auditor_id.in_(own),
                SampledConsultation.second_auditor_id.in_(own),
                coordinates(person, Cycle.partnership_id),
            ),
        )
    )
    return session.scalar(statement)


def has_both_audits_in() -> ColumnElement[bool]:
    """Say, of a consultation, that there are audits of it and that both are in."""
    audit = AuditReturn.consultation_id == SampledConsultation.id
    return exists().where(and_(audit, both_are_in())).correlate(SampledConsultation)


def audits_of(session: Session, consultation: SampledConsultation) -> list[AuditReturn]:
    """Give the two returns of a consultation the caller was let into, the first auditor's first."""
    statement = (
        select(AuditReturn)
        .where(AuditReturn.consultation_id == consultation.id)
        .options(joinedload(AuditReturn.organisation), joinedload(AuditReturn.cycle))
    )
    found = {one.organisation_id: one for one in session.scalars(statement)}
    wanted = (consultation.first_auditor_id, consultation.second_auditor_id)
    return [found[one] for one in wanted if one in found]


def make_audits(
    session: Session, cycle: Cycle, sample: Iterable[SampledConsultation]
) -> list[UUID]:
    """Make two returns, not started, for each consultation; give their ids in that order."""
    session.flush()
    rows: list[dict[str, Any]] = [
        {
            "id": uuid7(),
            "cycle_id": cycle.id,
            "organisation_id": organisation_id,
            "content_hash": cycle.content_hash,
            "state": State.NOT_STARTED,
            "due_at": cycle.due_at,
            "added_late": False,
            "consultation_id": one.id,
            "consultation_number": one.number,
            "version": 1,
        }
        for one in sample
        for organisation_id in (one.first_auditor_id, one.second_auditor_id)
    ]
    if rows:
        session.execute(insert(AuditReturn), rows)
    return [row["id"] for row in rows]


def with_both_audits_in(session: Session, consultation_ids: Iterable[UUID | None]) -> set[UUID]:
    """Give those of some consultations of which both audits are in; no query where there are none.

    This is all that an auditor may learn of the other audit before it is.
    """
    wanted = {one for one in consultation_ids if one is not None}
    if not wanted:
        return set()
    statement = select(SampledConsultation.id).where(
        SampledConsultation.id.in_(wanted), has_both_audits_in()
    )
    return set(session.scalars(statement))


def has_anything_entered(session: Session, audit_return: AuditReturn) -> bool:
    """Say whether anybody entered anything in an audit: a word, a file, an action."""
    kept = (Answer, AnswerDraft, EvidenceLink, ReturnSpreadsheet, Action)
    return any(
        session.scalar(select(exists().where(one.audit_return_id == audit_return.id)))
        for one in kept
    )


def forget_beginnings(session: Session, audit_return: AuditReturn) -> None:
    """Take away who held a section of an audit and how far it had come: another agency begins."""
    for one in (SectionAssignment, ReturnProgress):
        session.execute(delete(one).where(one.audit_return_id == audit_return.id))


def pairs_in(session: Session, cycle: Cycle) -> tuple[int, int]:
    """Give how many consultations of a round have both audits in, and how many it samples."""
    number = (
        select(func.count())
        .select_from(SampledConsultation)
        .where(SampledConsultation.cycle_id == cycle.id)
    )
    return session.scalar(number.where(has_both_audits_in())) or 0, session.scalar(number) or 0
