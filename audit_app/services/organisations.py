"""Looking after organisations by hand: added, changed, closed and reopened."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.services.grouping import Groups, Named
from audit_app.services.placing import set_locality
from audit_app.services.recording import Event, record
from audit_app.storage.models import (
    Belonging,
    Locality,
    Organisation,
    OrganisationGroup,
    Partnership,
    Person,
)

FACTS = (
    "name",
    "kind",
    "urn",
    "provider_type",
    "provider_subtype",
    "places",
    "address_line_1",
    "address_line_2",
    "address_line_3",
    "town",
    "postcode",
    "telephone",
    "email",
    "opened_on",
)
"""What of an organisation a person writes by hand."""

A_HOME = ("address_line_1", "address_line_2", "address_line_3", "postcode")


class UrnIsTaken(Exception):
    """Another organisation has this URN already."""


class CannotCloseThen(Exception):
    """The last day would lie before the first."""


def add_organisation(
    session: Session,
    partnership: Partnership,
    *,
    facts: Mapping[str, Any],
    locality: Locality | None,
    group: Named,
    by: Person,
    now: datetime,
) -> Organisation:
    """Add an organisation to a partnership; raises UrnIsTaken and grouping.NotOneGroup."""
    _refuse_taken(session, facts.get("urn"), besides=None)
    organisation = Organisation(**_kept(facts))
    organisation.group_id = Groups(session).group_for(group)
    session.add(organisation)
    session.flush()
    session.add(
        Belonging(
            organisation_id=organisation.id,
            partnership_id=partnership.id,
            locality_id=locality.id if locality else None,
        )
    )
    details = _plainly(_kept(facts)) | {"locality": locality.name if locality else None}
    record(
        session,
        Event.ORGANISATION_ADDED,
        organisation,
        by=by,
        at=now,
        within=partnership,
        details={"facts": details},
    )
    return organisation


def change_organisation(
    session: Session,
    belonging: Belonging,
    *,
    facts: Mapping[str, Any],
    locality: Locality | None,
    group: Named,
    by: Person,
    now: datetime,
) -> bool:
    """Write what is different, and say whether anything was; raises as add_organisation does."""
    organisation = belonging.organisation
    _refuse_taken(session, facts.get("urn"), besides=organisation)
    kept = _kept(facts)
    kept["group_id"] = Groups(session).group_for(group)
    before = {name: getattr(organisation, name) for name in kept}
    changed = {name: value for name, value in kept.items() if value != before[name]}
    for name, value in changed.items():
        setattr(organisation, name, value)
    told: dict[str, Any] = {"facts": changed, "before": {name: before[name] for name in changed}}
    if belonging.locality_id != (locality.id if locality else None):
        told["facts"]["locality"] = locality.name if locality else None
        told["before"]["locality"] = belonging.locality.name if belonging.locality else None
        there = [organisation.id]
        set_locality(session, belonging.partnership_id, there, locality.id if locality else None)
    if not told["facts"]:
        return False
    details = {name: _plainly(values) for name, values in told.items()}
    tell_of(session, Event.ORGANISATION_CHANGED, belonging, by=by, now=now, details=details)
    return True


def close_organisation(
    session: Session, belonging: Belonging, *, on: date, by: Person, now: datetime
) -> None:
    """Note the last day of an organisation; raises CannotCloseThen."""
    organisation = belonging.organisation
    if organisation.opened_on is not None and on < organisation.opened_on:
        raise CannotCloseThen
    organisation.closed_on = on
    details = {"facts": {"closed_on": on.isoformat()}}
    tell_of(session, Event.ORGANISATION_CLOSED, belonging, by=by, now=now, details=details)


def reopen_organisation(
    session: Session, belonging: Belonging, *, by: Person, now: datetime
) -> None:
    """Take the last day back."""
    organisation = belonging.organisation
    before = organisation.closed_on
    if before is None:
        return
    organisation.closed_on = None
    details = {"before": {"closed_on": before.isoformat()}}
    tell_of(session, Event.ORGANISATION_REOPENED, belonging, by=by, now=now, details=details)


def rename_group(
    session: Session,
    group: OrganisationGroup,
    partnership: Partnership,
    *,
    name: str,
    by: Person,
    now: datetime,
) -> None:
    """Give a group another name; the next import of a register may bring the register's back."""
    if group.name == name:
        return
    details = {"group": str(group.id), "facts": {"name": name}, "before": {"name": group.name}}
    group.name = name
    record(session, Event.GROUP_CHANGED, partnership, by=by, at=now, details=details)


def tell_of(
    session: Session,
    event: Event,
    belonging: Belonging,
    *,
    by: Person,
    now: datetime,
    details: Mapping[str, Any],
) -> None:
    """Tell of an organisation in the history of the partnership in which it was done."""
    record(
        session,
        event,
        belonging.organisation,
        by=by,
        at=now,
        within=belonging.partnership,
        details=details,
    )


def _refuse_taken(session: Session, urn: str | None, *, besides: Organisation | None) -> None:
    if urn is None:
        return
    holder = session.scalar(select(Organisation.id).where(Organisation.urn == urn))
    if holder is not None and (besides is None or holder != besides.id):
        raise UrnIsTaken


def _kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give the facts that are written. A childminder's address is a home, and is not kept."""
    kept = {name: facts.get(name) for name in FACTS}
    if kept["kind"] == "childminder":
        kept |= dict.fromkeys(A_HOME)
    return kept


def _plainly(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, int) else str(value)
        for name, value in values.items()
    }
