"""Localities of a partnership: how many organisations are in each, and what else names one."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from audit_app.storage.models import (
    Belonging,
    Cycle,
    CycleState,
    Holding,
    Invitation,
    Locality,
    Organisation,
    Partnership,
)


class LocalityLine(NamedTuple):
    """A locality, and how many open organisations are in it."""

    locality: Locality
    organisations: int


class Use(NamedTuple):
    """What is in a locality or names it; organisations that closed are counted apart."""

    organisations: int = 0
    closed: int = 0
    roles: int = 0
    invitations: int = 0
    rounds: int = 0


def localities_in(session: Session, partnership: Partnership) -> list[LocalityLine]:
    """Give a partnership's localities in their order, each with its open organisations."""
    is_open = and_(Belonging.locality_id == Locality.id, Organisation.closed_on.is_(None))
    number = (
        select(func.count())
        .select_from(Belonging)
        .join(Organisation, Organisation.id == Belonging.organisation_id)
        .where(is_open)
        .correlate(Locality)
        .scalar_subquery()
    )
    statement = (
        select(Locality, number)
        .where(Locality.partnership_id == partnership.id, Locality.removed_at.is_(None))
        .order_by(Locality.position, Locality.name)
    )
    return [LocalityLine(*row) for row in session.execute(statement)]


def locality_in(session: Session, partnership: Partnership, locality_id: UUID) -> Locality | None:
    """Give a locality of this partnership; another partnership's is none."""
    return session.scalar(
        select(Locality).where(
            Locality.id == locality_id,
            Locality.partnership_id == partnership.id,
            Locality.removed_at.is_(None),
        )
    )


def use_of(session: Session, locality: Locality, *, now: datetime) -> Use:
    """Count what keeps a locality from being removed: what is in it, and what names it now."""
    inside = (
        select(func.count())
        .select_from(Belonging)
        .join(Organisation, Organisation.id == Belonging.organisation_id)
        .where(Belonging.locality_id == locality.id)
    )
    planned = session.scalars(
        select(Cycle.scope).where(
            Cycle.partnership_id == locality.partnership_id, Cycle.state == CycleState.PLANNED
        )
    )
    named = sum(str(locality.id) in (scope or {}).get("localities", ()) for scope in planned)
    return Use(
        organisations=_number(session, inside.where(Organisation.closed_on.is_(None))),
        closed=_number(session, inside.where(Organisation.closed_on.is_not(None))),
        roles=_number(
            session,
            _naming(Holding, locality).where(or_(Holding.until.is_(None), Holding.until > now)),
        ),
        invitations=_number(
            session,
            _naming(Invitation, locality).where(
                Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)
            ),
        ),
        rounds=named,
    )


def is_remembered(session: Session, locality: Locality) -> bool:
    """Say whether roles were held or offered in a locality, now or once."""
    return any(_number(session, _naming(table, locality)) for table in (Holding, Invitation))


def _naming(table: type[Holding] | type[Invitation], locality: Locality) -> Select[int]:
    return select(func.count()).select_from(table).where(table.locality_id == locality.id)


def _number(session: Session, statement: Select[int]) -> int:
    return session.scalar(statement) or 0
