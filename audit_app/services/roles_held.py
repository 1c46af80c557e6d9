"""A role at a place: its words, its columns, and in whose partnership's history it is told."""

from typing import TypedDict
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.permissions import HELD_AT_ORGANISATION, HELD_AT_PARTNERSHIP, Role
from audit_app.storage.models import (
    Holding,
    Invitation,
    Locality,
    Organisation,
    OrganisationGroup,
    Partnership,
)
from audit_app.storage.queries.home_partnerships import home_partnerships
from audit_app.storage.queries.looking_after import Place


class Columns(TypedDict):
    """Where a role is held, as its row says it."""

    organisation_id: UUID | None
    group_id: UUID | None
    partnership_id: UUID | None
    locality_id: UUID | None


class RoleDoesNotFit(Exception):
    """A role of one kind of place was to be held at another."""


def columns_for(role: Role, place: Place) -> Columns:
    """Give the columns of a role at a place; raises RoleDoesNotFit."""
    columns = Columns(organisation_id=None, group_id=None, partnership_id=None, locality_id=None)
    if isinstance(place, Organisation) and role in HELD_AT_ORGANISATION:
        columns["organisation_id"] = place.id
    elif isinstance(place, OrganisationGroup) and role in HELD_AT_ORGANISATION:
        columns["group_id"] = place.id
    elif isinstance(place, Partnership) and role in HELD_AT_PARTNERSHIP:
        columns["partnership_id"] = place.id
    elif isinstance(place, Locality) and role is Role.MODERATOR:
        columns["partnership_id"], columns["locality_id"] = place.partnership_id, place.id
    elif place is not None or role is not Role.ADMINISTRATOR:
        raise RoleDoesNotFit(role)
    return columns


def place_of(held: Holding | Invitation) -> Place:
    """Give the place at which a role is held or offered."""
    return held.organisation or held.group or held.locality or held.partnership


def place_words(held: Holding | Invitation) -> str:
    """Name the place: a locality with its partnership, and the installation as itself."""
    if held.organisation is not None:
        return held.organisation.name
    if held.group is not None:
        return held.group.name
    if held.partnership is None:
        return "this installation"
    return f"{held.partnership.name}{f', {held.locality.name}' if held.locality else ''}"


def partnership_of(session: Session, held: Holding | Invitation) -> Partnership | None:
    """Give the partnership in whose history a role is told of: its own, or the first by name."""
    if held.partnership is not None:
        return held.partnership
    as_held = Holding(role=held.role, organisation_id=held.organisation_id, group_id=held.group_id)
    return next(iter(home_partnerships(session, [as_held])), None)
