"""Finding the place at which somebody is to have a role, among those the inviter looks after."""

from collections.abc import Iterable
from typing import NamedTuple, cast
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.permissions import HELD_AT_ORGANISATION, WORDS, Role, may_give
from audit_app.storage.models import (
    Holding,
    Locality,
    Organisation,
    OrganisationGroup,
    Partnership,
    Person,
)
from audit_app.storage.queries.looking_after import (
    Place,
    groups_looked_after,
    organisations_looked_after,
    roles_over,
)
from audit_app.storage.queries.partnerships import partnerships

MOST_OFFERED = 20
INSTALLATION = "installation"

KINDS: dict[str, type[Organisation | OrganisationGroup | Partnership | Locality]] = {
    "organisation": Organisation,
    "group": OrganisationGroup,
    "partnership": Partnership,
    "locality": Locality,
}
"""What a place can be, by its word in the form."""

HINTS: dict[Role, str] = {
    Role.CONTRIBUTOR: "Answers questions for an organisation",
    Role.DESIGNATED_LEAD: "Answers for an organisation and submits its return",
    Role.SIGNATORY: "Signs and submits an organisation’s return",
    Role.MODERATOR: "Checks ratings against evidence, everywhere or in one locality",
    Role.BOARD_MEMBER: "Reads how the whole partnership stands",
    Role.COORDINATOR: "Runs the audits of the partnership",
    Role.ADMINISTRATOR: "Looks after this installation and everybody’s accounts",
}


class Offer(NamedTuple):
    """A place that can be chosen: its word in the form, and how it is shown."""

    value: str
    text: str
    hint: str | None = None


def roles_on_offer(held: Iterable[Holding]) -> list[Offer]:
    """Give the roles that somebody may give anywhere."""
    mine = frozenset(one.role for one in held)
    return [
        Offer(role.value, WORDS[role], HINTS[role]) for role in Role if may_give(role, held=mine)
    ]


def place_called(session: Session, person: Person, value: str) -> Place:
    """Give the place of an offer; LookupError for one that the person does not look after.

    None is the installation. Whether this role may be given there, the service judges.
    """
    kind, _, word = value.partition(":")
    place: Place = None
    if value != INSTALLATION:
        try:
            place = cast(Place, session.get(KINDS[kind], UUID(word)))
        except ValueError:
            raise LookupError(value) from None
        if place is None:
            raise LookupError(value)
    if not roles_over(session, person, place):
        raise LookupError(value)
    return place


def places_on_offer(session: Session, person: Person, *, role: Role, search: str) -> list[Offer]:
    """Give the places for a role: a few where there are few, otherwise what a search finds."""
    if role is Role.ADMINISTRATOR:
        return [Offer(INSTALLATION, "This installation")]
    if role in HELD_AT_ORGANISATION:
        most = MOST_OFFERED + 1
        found = organisations_looked_after(session, person, search=search, most=most)
        groups = groups_looked_after(session, person, search=search, most=most) if search else []
        offers = [Offer(f"group:{one.id}", one.name, "A group: all its settings") for one in groups]
        return offers + [
            Offer(f"organisation:{one.id}", one.name, f"URN {one.urn}" if one.urn else one.town)
            for one in found
        ]
    return [
        offer
        for partnership in partnerships(session)
        if roles_over(session, person, partnership)
        for offer in _offers_of(partnership, role)
    ]


def words_for(place: Place) -> str:
    """Name a place as the page says it."""
    return place.name if place is not None else "This installation"


def _offers_of(partnership: Partnership, role: Role) -> list[Offer]:
    whole = Offer(f"partnership:{partnership.id}", partnership.name)
    if role is not Role.MODERATOR:
        return [whole]
    return [
        whole,
        *(
            Offer(f"locality:{one.id}", f"{one.name} only", partnership.name)
            for one in partnership.localities
        ),
    ]
