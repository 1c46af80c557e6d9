"""Localities: made, renamed and removed, and organisations moved between them."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from audit_app.services.recording import Event, record
from audit_app.storage.counting import TOLD_OF, to_be_recounted
from audit_app.storage.models import Belonging, Locality, Partnership, Person
from audit_app.storage.queries.localities import Use, is_remembered, use_of

LONGEST_NAME = 100


class NameIsTaken(Exception):
    """The partnership has another locality of this name."""


class LocalityIsUsed(Exception):
    """Something is still in the locality, or names it; `use` says what."""

    def __init__(self, use: Use) -> None:
        super().__init__("the locality is still used")
        self.use = use


def set_locality(
    session: Session,
    partnership_id: UUID,
    organisation_ids: Collection[UUID],
    locality_id: UUID | None,
) -> None:
    """Put organisations into another locality of a partnership, or into none.

    Every change of locality goes through here, so that what is counted by locality can follow it.
    History is written by whoever asks.
    """
    session.flush()
    session.execute(
        update(Belonging)
        .where(
            Belonging.partnership_id == partnership_id,
            Belonging.organisation_id.in_(organisation_ids),
        )
        .values(locality_id=locality_id)
        .execution_options(synchronize_session=False, **TOLD_OF)
    )
    to_be_recounted(session, organisation_ids=organisation_ids)
    for organisation_id in organisation_ids:
        key = session.identity_key(Belonging, (organisation_id, partnership_id))
        known = session.identity_map.get(key)
        if known is not None:
            session.expire(known, ["locality_id", "locality"])


def place_in_locality(
    session: Session,
    belongings: Iterable[Belonging],
    locality: Locality | None,
    *,
    by: Person,
    now: datetime,
) -> int:
    """Put organisations into a locality of their partnership, and give how many were moved."""
    new = locality.id if locality else None
    moving = [one for one in belongings if one.locality_id != new]
    before = {one.organisation_id: one.locality.name if one.locality else None for one in moving}
    for partnership_id in {one.partnership_id for one in moving}:
        there = [one.organisation_id for one in moving if one.partnership_id == partnership_id]
        set_locality(session, partnership_id, there, new)
    for one in moving:
        record(
            session,
            Event.ORGANISATION_CHANGED,
            one.organisation,
            by=by,
            at=now,
            within=one.partnership,
            details={
                "facts": {"locality": locality.name if locality else None},
                "before": {"locality": before[one.organisation_id]},
            },
        )
    return len(moving)


def add_locality(
    session: Session, partnership: Partnership, *, name: str, by: Person, now: datetime
) -> Locality:
    """Add a locality at the end of the list; raises NameIsTaken."""
    others = _others(session, partnership.id)
    _refuse_taken(others, name)
    locality = Locality(
        partnership_id=partnership.id,
        name=name,
        slug=_slug(name, {one.slug for one in others}),
        position=max((one.position for one in others), default=0) + 1,
    )
    session.add(locality)
    session.flush()
    _tell(session, Event.LOCALITY_ADDED, locality, by=by, now=now, facts={"name": name})
    return locality


def rename_locality(
    session: Session, locality: Locality, *, name: str, by: Person, now: datetime
) -> bool:
    """Give a locality another name, and say whether it had another; raises NameIsTaken.

    The word that register files may use for it follows the name.
    """
    before = locality.name
    if name == before:
        return False
    others = [one for one in _others(session, locality.partnership_id) if one is not locality]
    _refuse_taken(others, name)
    locality.name, locality.slug = name, _slug(name, {one.slug for one in others})
    facts, was = {"name": name}, {"name": before}
    _tell(session, Event.LOCALITY_RENAMED, locality, by=by, now=now, facts=facts, before=was)
    return True


def remove_locality(session: Session, locality: Locality, *, by: Person, now: datetime) -> None:
    """Remove a locality that nothing is in and nothing names; raises LocalityIsUsed.

    Where a moderator once looked after it, who looked after what is kept.
    """
    use = use_of(session, locality, now=now)
    if any(use):
        raise LocalityIsUsed(use)
    was = {"name": locality.name}
    _tell(session, Event.LOCALITY_REMOVED, locality, by=by, now=now, before=was)
    if is_remembered(session, locality):
        locality.removed_at, locality.slug = now, f"removed-{locality.id}"
    else:
        session.delete(locality)
    session.flush()


def _others(session: Session, partnership_id: UUID) -> list[Locality]:
    """Give a partnership's localities, and let nobody else add one meanwhile."""
    session.execute(
        select(Partnership.id).where(Partnership.id == partnership_id).with_for_update()
    )
    found = select(Locality).where(
        Locality.partnership_id == partnership_id, Locality.removed_at.is_(None)
    )
    return list(session.scalars(found))


def _refuse_taken(others: Iterable[Locality], name: str) -> None:
    if name.casefold() in {one.name.casefold() for one in others}:
        raise NameIsTaken(name)


def _slug(name: str, taken: Collection[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50] or "locality"
    number, slug = 1, plain
    while slug in taken:
        number += 1
        slug = f"{plain}-{number}"
    return slug


def _tell(
    session: Session,
    event: Event,
    locality: Locality,
    *,
    by: Person,
    now: datetime,
    facts: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
) -> None:
    details = {"locality": str(locality.id), "facts": facts, "before": before}
    kept = {name: value for name, value in details.items() if value is not None}
    record(session, event, locality.partnership, by=by, at=now, details=kept)
