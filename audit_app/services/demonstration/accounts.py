"""The demonstration's accounts: for every role somebody to sign in as."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from audit_app.core.permissions import WORDS, Role
from audit_app.services.demonstration.after_sending import AWAITING, CHANGES, CHECKED, TOLD
from audit_app.services.demonstration.bringing import BROUGHT
from audit_app.storage.models import Holding, Person

DOMAIN = "wensmere.example"


class Post(NamedTuple):
    """One account: where it stands is a setting's number, a locality, or the partnership."""

    role: Role
    address: str
    name: str
    setting: int | None = None
    locality: str | None = None
    agency: int | None = None


POSTS: tuple[Post, ...] = (
    Post(Role.DESIGNATED_LEAD, "lead", "Rowan Brackenfell", setting=0),
    Post(Role.CONTRIBUTOR, "contributor", "Imani Copperwheat", setting=0),
    Post(Role.SIGNATORY, "signatory", "Greta Oakenshaw", setting=0),
    Post(Role.DESIGNATED_LEAD, "second.lead", "Farah Thistlewood", setting=1),
    Post(Role.DESIGNATED_LEAD, "childminder", "Tamsin Pennywell", setting=49),
    Post(Role.DESIGNATED_LEAD, "police", "Hanif Silverdene", agency=8),
    Post(Role.DESIGNATED_LEAD, "childrens.services", "Maryam Farthingale", agency=0),
    Post(Role.DESIGNATED_LEAD, "mental.health", "Jorge Elderfield", agency=6),
    Post(Role.DESIGNATED_LEAD, "business.unit", "Sunita Ravensmoor", agency=14),
    Post(Role.MODERATOR, "moderator", "Priya Kettlewood"),
    Post(Role.MODERATOR, "east.moderator", "Olwen Larkhollow", locality="east"),
    Post(Role.BOARD_MEMBER, "board", "Jorge Merriwind"),
    Post(Role.COORDINATOR, "coordinator", "Kezia Nethercote"),
    Post(Role.ADMINISTRATOR, "administrator", "Wanda Greenhalt"),
    Post(Role.DESIGNATED_LEAD, "waiting.lead", "Maryam Larkhollow", setting=AWAITING),
    Post(Role.SIGNATORY, "waiting.signatory", "Lowri Holloway-Reed", setting=AWAITING),
    Post(Role.DESIGNATED_LEAD, "changing.lead", "Dilys Nethercote", setting=CHANGES),
    Post(Role.DESIGNATED_LEAD, "told.childminder", "Asha Merriwind", setting=TOLD),
    Post(Role.DESIGNATED_LEAD, "checked.lead", "Efua Jessamine", setting=CHECKED),
    Post(Role.DESIGNATED_LEAD, "brought.lead", "Nadia Quillfeather", setting=BROUGHT),
)
"""Three people at one setting, two at others, one at each of four agencies, and every role; then
somebody where a return awaits its signature, is to be changed, was told, was validated, and where
last year's answers were brought forward."""


class Account(NamedTuple):
    """Somebody to sign in as, without the password, which only the installation knows."""

    role: str
    role_words: str
    name: str
    email: str
    at: str


def accounts(session: Session) -> list[Account]:
    """Give the demonstration's accounts in the order of `POSTS`; none where it is not loaded."""
    order = {f"{post.address}@{DOMAIN}": place for place, post in enumerate(POSTS)}
    statement = (
        select(Holding)
        .join(Holding.person)
        .where(Person.email.in_(order))
        .options(
            joinedload(Holding.person),
            joinedload(Holding.organisation),
            joinedload(Holding.partnership),
            joinedload(Holding.locality),
        )
    )
    found = sorted(session.scalars(statement), key=lambda held: order[held.person.email])
    return [
        Account(held.role.value, WORDS[held.role], held.person.name, held.person.email, _at(held))
        for held in found
    ]


def _at(held: Holding) -> str:
    if held.organisation is not None:
        return held.organisation.name
    if held.partnership is None:
        return "This installation"
    return f"{held.partnership.name}{f', {held.locality.name} only' if held.locality else ''}"
