"""Who may do what: roles, permissions, and the one table that joins them."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is, at an organisation, at a partnership or for the installation."""

    CONTRIBUTOR = "contributor"
    DESIGNATED_LEAD = "designated_lead"
    SIGNATORY = "signatory"
    MODERATOR = "moderator"
    BOARD_MEMBER = "board_member"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


WORDS: dict[Role, str] = {
    Role.CONTRIBUTOR: "Contributor",
    Role.DESIGNATED_LEAD: "Designated safeguarding lead",
    Role.SIGNATORY: "Signatory",
    Role.MODERATOR: "Moderator",
    Role.BOARD_MEMBER: "Board member",
    Role.COORDINATOR: "Coordinator",
    Role.ADMINISTRATOR: "Administrator",
}

HELD_AT_ORGANISATION = frozenset({Role.CONTRIBUTOR, Role.DESIGNATED_LEAD, Role.SIGNATORY})
HELD_AT_PARTNERSHIP = frozenset({Role.MODERATOR, Role.BOARD_MEMBER, Role.COORDINATOR})


class Permission(StrEnum):
    """One thing a person may be allowed to do."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    READ_RETURN = "read_return"
    ANSWER_RETURN = "answer_return"
    SUBMIT_RETURN = "submit_return"
    READ_RETURNS_RECEIVED = "read_returns_received"
    MODERATE_RETURN = "moderate_return"
    READ_BOARD_SUMMARY = "read_board_summary"
    READ_REVIEWS = "read_reviews"
    WATCH_COMPLETION = "watch_completion"
    MANAGE_ORGANISATIONS = "manage_organisations"


P, R = Permission, Role

GRANTED: dict[Permission, frozenset[Role]] = {
    P.READ_RETURN: frozenset(
        {R.CONTRIBUTOR, R.DESIGNATED_LEAD, R.SIGNATORY, R.MODERATOR, R.COORDINATOR}
    ),
    P.ANSWER_RETURN: frozenset({R.CONTRIBUTOR, R.DESIGNATED_LEAD, R.SIGNATORY}),
    P.SUBMIT_RETURN: frozenset({R.DESIGNATED_LEAD, R.SIGNATORY}),
    P.READ_RETURNS_RECEIVED: frozenset({R.MODERATOR, R.COORDINATOR}),
    P.MODERATE_RETURN: frozenset({R.MODERATOR}),
    P.READ_BOARD_SUMMARY: frozenset({R.BOARD_MEMBER, R.COORDINATOR}),
    P.READ_REVIEWS: frozenset(Role),
    P.WATCH_COMPLETION: frozenset({R.COORDINATOR}),
    P.MANAGE_ORGANISATIONS: frozenset({R.COORDINATOR}),
}
"""The one table. What is not in it is refused, to everybody."""


def is_granted(permission: Permission, roles: frozenset[Role]) -> bool:
    """Say whether any of these roles carries the permission; signed-in people only."""
    if permission in (Permission.ANYONE, Permission.SIGNED_IN):
        return True
    return bool(GRANTED.get(permission, frozenset()) & roles)
