"""What the pages about people show."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.permissions import WORDS
from audit_app.services.leaving import may_end
from audit_app.services.roles_held import place_words
from audit_app.storage.models import Holding, Person
from audit_app.storage.queries.accounts import roles_of
from audit_app.storage.queries.passkeys import passkeys_of
from audit_app.web.dates import long_date


class PersonLine(NamedTuple):
    """A person on a list."""

    person_id: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    last_seen_on: str


class RoleLine(NamedTuple):
    """A role that somebody holds, and whether the person asking may end it."""

    holding_id: UUID
    role: str
    place: str
    since: datetime
    may_be_ended: bool


class PersonPage(NamedTuple):
    """Everything that the page of one person shows."""

    person_id: UUID
    name: str
    email: str
    has_left_on: str
    last_seen_on: str
    ways: tuple[str, ...]
    roles: tuple[RoleLine, ...]
    is_oneself: bool

    @property
    def may_be_ended(self) -> bool:
        """Say whether there is a role to end, and all of them may be ended by whoever asks."""
        return bool(self.roles) and all(role.may_be_ended for role in self.roles)


def person_lines(
    people: Sequence[Person], held: Mapping[UUID, Sequence[Holding]]
) -> list[PersonLine]:
    """Give the lines of a list of people."""
    return [
        PersonLine(
            one.id,
            one.name,
            one.email,
            tuple(role_words(holding) for holding in held[one.id]),
            long_date(one.last_seen_at),
        )
        for one in people
    ]


def person_page(session: Session, person: Person, *, asked_by: Person, at: datetime) -> PersonPage:
    """Give the page of one person, with the roles that whoever asks looks after."""
    held = roles_of(session, asked_by, [person])[person.id]
    return PersonPage(
        person.id,
        person.name,
        person.email,
        long_date(person.left_at),
        long_date(person.last_seen_at),
        ways_of(session, person),
        tuple(
            RoleLine(
                one.id,
                WORDS[one.role],
                place_words(one),
                one.since,
                may_end(session, one, by=asked_by),
            )
            for one in held
        ),
        person.id == asked_by.id,
    )


def ways_of(session: Session, person: Person) -> tuple[str, ...]:
    """Say in which ways somebody proves who they are."""
    ways = ["password" if person.password else "code sent by email"]
    if person.tf_primary_method:
        ways.append("codes from an app")
    if passkeys_of(session, person):
        ways.append("passkey")
    return tuple(ways)


def role_words(holding: Holding) -> str:
    """Say a role and its place."""
    return f"{WORDS[holding.role]}, {place_words(holding)}"
