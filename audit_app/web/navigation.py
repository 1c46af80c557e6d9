"""What stands at the top of every page: whose service it is, who is here, where they may go."""

from typing import Any, NamedTuple

from flask import Flask, g, request

from audit_app.core.permissions import Permission, Role, is_granted
from audit_app.storage.models import OrganisationGroup
from audit_app.storage.queries.home_partnerships import home_partnerships
from audit_app.web.access import current_person, holdings, roles, signed_in
from audit_app.web.configured import config
from audit_app.web.database import session

SERVICE_NAME = "Section 11 and early years safeguarding audit"


class Entry(NamedTuple):
    """One entry of the menu."""

    label: str
    href: str
    current: bool = False


class Place(NamedTuple):
    """A part of the service: its name in the menu, where it begins, and what it takes."""

    label: str
    href: str
    journey: str
    permission: Permission
    about: str
    is_for_reading: bool = False


PLACES: tuple[Place, ...] = (
    Place(
        "Returns",
        "/returns/",
        "returns",
        Permission.ANSWER_RETURN,
        "The audits that your organisation is asked to answer.",
    ),
    Place(
        "Actions",
        "/actions/",
        "actions",
        Permission.READ_ACTIONS,
        "What was promised, who does it and by when, and how it comes on.",
        is_for_reading=True,
    ),
    Place(
        "Board",
        "/board/",
        "board",
        Permission.READ_BOARD_SUMMARY,
        "How the whole partnership stands in each audit.",
    ),
    Place(
        "Returns received",
        "/moderation/",
        "moderation",
        Permission.READ_RETURNS_RECEIVED,
        "What organisations have sent in.",
    ),
    Place(
        "Rounds",
        "/admin/rounds/",
        "rounds",
        Permission.RUN_ROUNDS,
        "Who is asked what and until when; who has answered, and reminding those who have not.",
    ),
    Place(
        "People",
        "/admin/people/",
        "people",
        Permission.INVITE,
        "Who may come in, as what, and who was invited.",
        is_for_reading=True,
    ),
    Place(
        "Organisations",
        "/admin/organisations/",
        "organisations",
        Permission.MANAGE_ORGANISATIONS,
        "The agencies and settings of the partnership, and the registers they come from.",
        is_for_reading=True,
    ),
    Place(
        "Questionnaires",
        "/admin/questionnaires/",
        "questionnaires",
        Permission.MANAGE_QUESTIONNAIRES,
        "What is asked, of whom and why; upload and publish.",
        is_for_reading=True,
    ),
    Place(
        "Messages",
        "/admin/messages/",
        "messages",
        Permission.READ_MESSAGES,
        "What was written to whom, and what did not arrive.",
        is_for_reading=True,
    ),
    Place(
        "History",
        "/admin/history/",
        "history",
        Permission.READ_HISTORY,
        "Who did what and when, and who looked at whose return.",
        is_for_reading=True,
    ),
    Place(
        "Reviews",
        "/reviews/",
        "reviews",
        Permission.READ_REVIEWS,
        "The practice reviews, their recommendations, and what asks about each.",
        is_for_reading=True,
    ),
)
"""The menu, in its order; whoever lacks the permission does not see the entry."""


def show_the_way(app: Flask) -> None:
    """Give every template the frame of its page."""
    app.context_processor(frame)


def frame() -> dict[str, Any]:
    """Give what base.html prints round a page.

    An error page is printed without asking the database, which may be what went wrong.
    """
    if g.get("without_database") or not signed_in():
        return {"service_name": SERVICE_NAME, "permissions": set()}
    partnerships, held = home_partnerships(session(), holdings()), roles()
    return {
        "service_name": SERVICE_NAME,
        "partnership_name": partnerships[0].name if len(partnerships) == 1 else None,
        "navigation": menu(),
        "permissions": {one.value for one in Permission if is_granted(one, held)},
        "groups_held": groups_held(),
        "signed_in_as": current_person().name,
        "account_href": "/account/",
        "idle_seconds": int(config().idle_limit.total_seconds()),
    }


def groups_held() -> list[OrganisationGroup]:
    """Give the groups at which whoever is signed in holds a role, by name."""
    found = {one.group_id: one.group for one in holdings() if one.group is not None}
    return sorted(found.values(), key=lambda one: one.name.casefold())


def menu() -> list[Entry]:
    """Give the entries for whoever is signed in."""
    held = roles()
    return [
        Entry(place.label, place.href, current=request.blueprint == place.journey)
        for place in places_for(held)
    ]


def places_for(held: frozenset[Role]) -> list[Place]:
    """Give the parts of the service that these roles open, in the order of the menu."""
    return [place for place in PLACES if is_granted(place.permission, held)]
