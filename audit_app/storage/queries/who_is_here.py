"""Who sent a request: one question to the database, asked on every page of a signed-in person."""

from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session, load_only

from audit_app.storage.models import Holding, Person, SignIn


class Here(NamedTuple):
    """A person who is signed in, and the roles they hold at this moment, earliest first."""

    person: Person
    holdings: list[Holding]


def who_is_here(
    session: Session, kind: type[Person], *, sign_in_id: UUID, uniquifier: str, at: datetime
) -> Here | None:
    """Give whose sign-in this is, if it stands and they may come in; `kind` is Person or a child.

    What a page does not need (the password's hash, say) is not read until it is asked for.
    """
    asked = {"sign_in_id": sign_in_id, "uniquifier": uniquifier, "at": at}
    people, held = [], []
    for person, holding in session.execute(_question(kind), asked):
        people.append(person)
        held.append(holding)
    if not people:
        return None
    return Here(people[0], [holding for holding in held if holding is not None])


@cache
def _question(kind: type[Person]) -> Select[Person, Holding]:
    """Put the question once; it is asked too often to be put together each time."""
    stands = and_(
        Holding.person_id == kind.id,
        Holding.since <= bindparam("at"),
        or_(Holding.until.is_(None), Holding.until > bindparam("at")),
    )
    return (
        select(kind, Holding)
        .join(SignIn, SignIn.person_id == kind.id)
        .outerjoin(Holding, stands)
        .where(
            SignIn.id == bindparam("sign_in_id"),
            SignIn.ended_at.is_(None),
            kind.fs_uniquifier == bindparam("uniquifier"),
            kind.active,
        )
        .options(load_only(kind.id, kind.name, kind.email, kind.active, kind.fs_uniquifier))
        .order_by(Holding.since, Holding.id)
    )
