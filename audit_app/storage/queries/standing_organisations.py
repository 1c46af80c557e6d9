"""Organisations as an import compares them: their facts by field, very many at a time."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import Session

from audit_app.storage.models import (
    Belonging,
    Contact,
    Locality,
    Organisation,
    OrganisationGroup,
    Partnership,
)

AT_ONCE = 500

COLUMNS = (
    "urn",
    "name",
    "kind",
    "register",
    "provider_type",
    "provider_subtype",
    "provider_status",
    "registers_held",
    "places",
    "address_line_1",
    "address_line_2",
    "address_line_3",
    "town",
    "postcode",
    "telephone",
    "email",
    "opened_on",
    "closed_on",
)
"""What of an organisation itself an import reads and writes."""


class Stands(NamedTuple):
    """One organisation: its facts with dates as text, and whether it belongs to the partnership."""

    organisation_id: UUID
    facts: Mapping[str, Any]
    belongs: bool


def standing_by_urn(
    session: Session, partnership: Partnership, urns: Iterable[str]
) -> dict[str, Stands]:
    """Give every organisation of the installation that has one of these URNs, by URN."""
    found: dict[str, Stands] = {}
    wanted = sorted(set(urns))
    for start in range(0, len(wanted), AT_ONCE):
        statement = _facts(partnership).where(Organisation.urn.in_(wanted[start : start + AT_ONCE]))
        found |= {row.urn: _stands(row) for row in session.execute(statement)}
    return found


def standing_by_id(
    session: Session, partnership: Partnership, ids: Iterable[UUID]
) -> dict[UUID, Stands]:
    """Give the organisations of these ids, by id."""
    found: dict[UUID, Stands] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        statement = _facts(partnership).where(Organisation.id.in_(wanted[start : start + AT_ONCE]))
        found |= {row.id: _stands(row) for row in session.execute(statement)}
    return found


def standing_without_urn(session: Session, partnership: Partnership) -> dict[str, Stands]:
    """Give a partnership's organisations that have no URN, by their name in small letters."""
    statement = _facts(partnership).where(
        Organisation.urn.is_(None), Belonging.partnership_id.is_not(None)
    )
    return {row.name.casefold(): _stands(row) for row in session.execute(statement)}


def standing_contacts(
    session: Session, ids: Iterable[UUID], *, on: date
) -> dict[UUID, list[tuple[str, str | None]]]:
    """Give names and addresses of those who are contacts on a day, by organisation."""
    found: dict[UUID, list[tuple[str, str | None]]] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        statement = select(Contact.organisation_id, Contact.name, Contact.email).where(
            Contact.organisation_id.in_(wanted[start : start + AT_ONCE]),
            (Contact.until.is_(None)) | (Contact.until >= on),
        )
        for organisation_id, name, email in session.execute(statement):
            found.setdefault(organisation_id, []).append((name, email))
    return found


def _facts(partnership: Partnership) -> Select[Any]:
    return (
        select(
            Organisation.id,
            *(getattr(Organisation, column) for column in COLUMNS),
            OrganisationGroup.registered_person_urn.label("group_urn"),
            OrganisationGroup.trust_uid,
            OrganisationGroup.name.label("group_name"),
            Belonging.partnership_id,
            Locality.name.label("locality"),
        )
        .outerjoin(Organisation.group)
        .outerjoin(
            Belonging,
            and_(
                Belonging.organisation_id == Organisation.id,
                Belonging.partnership_id == partnership.id,
            ),
        )
        .outerjoin(Locality, Locality.id == Belonging.locality_id)
    )


def _stands(row: Row[Any]) -> Stands:
    facts = dict(row._mapping)
    organisation_id, partnership_id = facts.pop("id"), facts.pop("partnership_id")
    for name in ("opened_on", "closed_on"):
        if facts[name] is not None:
            facts[name] = facts[name].isoformat()
    return Stands(organisation_id, facts, partnership_id is not None)
