"""Requests for sign-off: the open one, those before it, and what awaits a signatory."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, contains_eager, joinedload

from audit_app.core.permissions import Role
from audit_app.storage.models import AuditReturn, Cycle, Person, SignOff, SignOffRequest
from audit_app.storage.queries.scoping import own_organisations

SIGNERS = frozenset({Role.SIGNATORY})
"""Who is asked where nobody was named."""


def open_sign_off(session: Session, audit_return: AuditReturn) -> SignOffRequest | None:
    """Give the request that awaits a decision, of a return the caller was let into."""
    return session.scalar(
        select(SignOffRequest)
        .where(SignOffRequest.audit_return_id == audit_return.id, SignOffRequest.decision.is_(None))
        .options(joinedload(SignOffRequest.requested_by), joinedload(SignOffRequest.asked_of))
    )


def sign_offs_of(session: Session, audit_return: AuditReturn) -> list[SignOffRequest]:
    """Give every request of a return the caller was let into, in order."""
    statement = (
        select(SignOffRequest)
        .where(SignOffRequest.audit_return_id == audit_return.id)
        .options(joinedload(SignOffRequest.requested_by), joinedload(SignOffRequest.decided_by))
        .order_by(SignOffRequest.requested_at, SignOffRequest.id)
    )
    return list(session.scalars(statement))


def sign_off_of(
    session: Session, audit_return: AuditReturn, request_id: UUID
) -> SignOffRequest | None:
    """Give one request of a return the caller was let into, whatever became of it."""
    return session.scalar(
        select(SignOffRequest)
        .where(SignOffRequest.audit_return_id == audit_return.id, SignOffRequest.id == request_id)
        .options(joinedload(SignOffRequest.decided_by))
        .execution_options(populate_existing=True)
    )


def standing_refusal(session: Session, audit_return: AuditReturn) -> SignOffRequest | None:
    """Give the last request that was declined since the return was last signed, if one was."""
    return next(iter(standing_refusals(session, audit_return)), None)


def standing_refusals(session: Session, audit_return: AuditReturn) -> list[SignOffRequest]:
    """Give every request that was declined since the return was last signed, the last first."""
    found: list[SignOffRequest] = []
    for one in reversed(sign_offs_of(session, audit_return)):
        if one.decision is SignOff.SIGNED:
            break
        if one.decision is SignOff.DECLINED:
            found.append(one)
    return found


def refusal_before(session: Session, signed: SignOffRequest) -> SignOffRequest | None:
    """Give what somebody declined and `signed` was signed in spite of; None where nothing was.

    It is the last that was declined by another than whoever signed.
    """
    if not signed.reason:
        return None
    refused = None
    for one in sign_offs_of(session, signed.audit_return):
        if one.id == signed.id:
            return refused
        if one.decision is SignOff.SIGNED:
            refused = None
        elif one.decision is SignOff.DECLINED and one.decided_by_id != signed.decided_by_id:
            refused = one
    return None


def standing_signature(session: Session, audit_return: AuditReturn) -> SignOffRequest | None:
    """Give the last signature under a return that stands as submitted; None where none does."""
    if audit_return.standing_result_id is None:
        return None
    return session.scalar(
        select(SignOffRequest)
        .where(
            SignOffRequest.audit_return_id == audit_return.id,
            SignOffRequest.decision == SignOff.SIGNED,
        )
        .order_by(SignOffRequest.decided_at.desc(), SignOffRequest.id.desc())
        .limit(1)
    )


def end_open_sign_off(session: Session, audit_return: AuditReturn, *, now: datetime) -> None:
    """End a request that nobody can decide any more, in a return the caller holds."""
    session.flush()
    session.execute(
        update(SignOffRequest)
        .where(SignOffRequest.audit_return_id == audit_return.id, SignOffRequest.decision.is_(None))
        .values(decision=SignOff.WITHDRAWN, decided_at=now)
    )


def sign_offs_awaiting(session: Session, person: Person) -> list[SignOffRequest]:
    """Give the open requests that a person is asked to sign, longest waiting first.

    Asked is who was named, or a signatory of the organisation; both must have a role there still.
    """
    asked = or_(
        SignOffRequest.asked_of_id == person.id,
        AuditReturn.organisation_id.in_(own_organisations(person, SIGNERS)),
    )
    statement = (
        select(SignOffRequest)
        .join(SignOffRequest.audit_return)
        .where(
            SignOffRequest.decision.is_(None),
            AuditReturn.organisation_id.in_(own_organisations(person)),
            asked,
        )
        .options(
            contains_eager(SignOffRequest.audit_return)
            .joinedload(AuditReturn.cycle)
            .joinedload(Cycle.partnership),
            contains_eager(SignOffRequest.audit_return).joinedload(AuditReturn.organisation),
            joinedload(SignOffRequest.requested_by),
        )
        .order_by(SignOffRequest.requested_at, SignOffRequest.id)
    )
    return list(session.scalars(statement))
