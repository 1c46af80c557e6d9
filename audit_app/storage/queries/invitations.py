"""Invitations: by their token, and as far as the person asking looks after the place."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from audit_app.core.permissions import Role
from audit_app.storage.models import Holding, Invitation, Organisation, Partnership, Person
from audit_app.storage.queries.scoping import (
    administers,
    coordinates,
    overseen_organisations,
    own_organisations,
    stands,
)

INVITERS = frozenset({Role.DESIGNATED_LEAD, Role.SIGNATORY})
"""Whose role at an organisation lets them see who was invited there."""

PLACES = (
    joinedload(Invitation.organisation),
    joinedload(Invitation.group),
    joinedload(Invitation.partnership),
    joinedload(Invitation.locality),
    joinedload(Invitation.invited_by),
)


def held_invitation(session: Session, token_hash: str) -> Invitation | None:
    """Give the invitation of a token, and hold it until the commit.

    Whoever presses the button twice, or in two tabs, is let in once: judge its state after this.
    """
    return session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == token_hash)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def invitation_by_token(session: Session, token_hash: str) -> Invitation | None:
    """Give the invitation of a token, with its place, to be shown."""
    return session.scalar(
        select(Invitation).where(Invitation.token_hash == token_hash).options(*PLACES)
    )


def invitations_open(
    session: Session,
    person: Person,
    *,
    partnership: Partnership | None = None,
    organisation: Organisation | None = None,
) -> list[Invitation]:
    """Give what was neither accepted nor revoked, expired or not, first sent first."""
    statement = (
        select(Invitation)
        .where(_is_theirs(person), is_open())
        .options(*PLACES)
        .order_by(Invitation.created_at, Invitation.id)
    )
    if organisation is not None:
        statement = statement.where(Invitation.organisation_id == organisation.id)
    if partnership is not None:
        belongs = Organisation.belongings.any(partnership_id=partnership.id)
        statement = statement.where(
            or_(
                Invitation.partnership_id == partnership.id,
                Invitation.organisation_id.in_(select(Organisation.id).where(belongs)),
                Invitation.group_id.in_(select(Organisation.group_id).where(belongs)),
            )
        )
    return list(session.scalars(statement))


def invitation_open_to(session: Session, person: Person, invitation_id: UUID) -> Invitation | None:
    """Give one invitation with its place, or None where it is not the person's to see."""
    return session.scalar(
        select(Invitation)
        .where(Invitation.id == invitation_id, _is_theirs(person))
        .options(*PLACES)
    )


def open_invitation_to(session: Session, like: Invitation, *, now: datetime) -> Invitation | None:
    """Give an invitation of the same address to the same role and place that still works."""
    return session.scalar(
        select(Invitation)
        .where(
            Invitation.id != like.id,
            Invitation.email == like.email,
            Invitation.role == like.role,
            Invitation.organisation_id.is_not_distinct_from(like.organisation_id),
            Invitation.group_id.is_not_distinct_from(like.group_id),
            Invitation.partnership_id.is_not_distinct_from(like.partnership_id),
            Invitation.locality_id.is_not_distinct_from(like.locality_id),
            Invitation.expires_at > now,
            is_open(),
        )
        .order_by(Invitation.created_at.desc())
        .limit(1)
    )


def invitations_to_come_back(
    session: Session, person: Person, holding: Holding
) -> list[Invitation]:
    """Give the open invitations of a person's address to the place of a role, whatever the role."""
    return list(
        session.scalars(
            select(Invitation)
            .where(
                Invitation.email == person.email,
                Invitation.organisation_id.is_not_distinct_from(holding.organisation_id),
                Invitation.group_id.is_not_distinct_from(holding.group_id),
                Invitation.partnership_id.is_not_distinct_from(holding.partnership_id),
                is_open(),
            )
            .order_by(Invitation.id)
            .with_for_update(of=Invitation)
        )
    )


def is_open() -> ColumnElement[bool]:
    """Say, of an invitation, that nobody accepted it and nobody took it back."""
    return and_(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))


def _is_theirs(person: Person) -> ColumnElement[bool]:
    coordinators = {Role.COORDINATOR}
    at_groups = select(Holding.group_id).where(stands(person), Holding.role.in_(INVITERS))
    groups_overseen = select(Organisation.group_id).where(
        Organisation.id.in_(overseen_organisations(person, coordinators))
    )
    return or_(
        Invitation.organisation_id.in_(own_organisations(person, INVITERS)),
        Invitation.organisation_id.in_(overseen_organisations(person, coordinators)),
        Invitation.group_id.in_(at_groups),
        Invitation.group_id.in_(groups_overseen),
        coordinates(person, Invitation.partnership_id),
        administers(person),
    )
