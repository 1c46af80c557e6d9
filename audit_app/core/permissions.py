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
    READ_DRAFT = "read_draft"
    ANSWER_RETURN = "answer_return"
    SUBMIT_RETURN = "submit_return"
    GIVE_SECTION = "give_section"
    ANSWER_ON_BEHALF = "answer_on_behalf"
    REQUEST_CHANGES = "request_changes"
    READ_RETURNS_RECEIVED = "read_returns_received"
    MODERATE_RETURN = "moderate_return"
    READ_BOARD_SUMMARY = "read_board_summary"
    READ_REVIEWS = "read_reviews"
    WATCH_COMPLETION = "watch_completion"
    MANAGE_QUESTIONNAIRES = "manage_questionnaires"
    MANAGE_ORGANISATIONS = "manage_organisations"
    RUN_ROUNDS = "run_rounds"
    INVITE = "invite"
    MANAGE_PEOPLE = "manage_people"
    READ_HISTORY = "read_history"
    EXPORT = "export"
    READ_MESSAGES = "read_messages"
    SEND_MESSAGES = "send_messages"
    READ_ACTIONS = "read_actions"
    PLAN_ACTIONS = "plan_actions"


P, R = Permission, Role

GRANTED: dict[Permission, frozenset[Role]] = {
    P.READ_RETURN: frozenset(
        {R.CONTRIBUTOR, R.DESIGNATED_LEAD, R.SIGNATORY, R.MODERATOR, R.COORDINATOR}
    ),
    P.READ_DRAFT: frozenset({R.CONTRIBUTOR, R.DESIGNATED_LEAD, R.SIGNATORY, R.COORDINATOR}),
    P.ANSWER_RETURN: frozenset({R.CONTRIBUTOR, R.DESIGNATED_LEAD, R.SIGNATORY}),
    P.SUBMIT_RETURN: frozenset({R.DESIGNATED_LEAD, R.SIGNATORY}),
    P.GIVE_SECTION: frozenset({R.DESIGNATED_LEAD, R.SIGNATORY}),
    P.ANSWER_ON_BEHALF: frozenset({R.COORDINATOR}),
    P.REQUEST_CHANGES: frozenset({R.MODERATOR, R.COORDINATOR}),
    P.READ_RETURNS_RECEIVED: frozenset({R.MODERATOR, R.COORDINATOR}),
    P.MODERATE_RETURN: frozenset({R.MODERATOR}),
    P.READ_BOARD_SUMMARY: frozenset({R.BOARD_MEMBER, R.COORDINATOR}),
    P.READ_REVIEWS: frozenset(Role),
    P.WATCH_COMPLETION: frozenset({R.COORDINATOR}),
    P.MANAGE_QUESTIONNAIRES: frozenset({R.COORDINATOR, R.ADMINISTRATOR}),
    P.MANAGE_ORGANISATIONS: frozenset({R.COORDINATOR}),
    P.RUN_ROUNDS: frozenset({R.COORDINATOR}),
    P.INVITE: frozenset({R.DESIGNATED_LEAD, R.SIGNATORY, R.COORDINATOR, R.ADMINISTRATOR}),
    P.MANAGE_PEOPLE: frozenset({R.COORDINATOR, R.ADMINISTRATOR}),
    P.READ_HISTORY: frozenset({R.COORDINATOR}),
    P.EXPORT: frozenset({R.COORDINATOR}),
    P.READ_MESSAGES: frozenset({R.COORDINATOR}),
    P.SEND_MESSAGES: frozenset({R.COORDINATOR}),
    P.READ_ACTIONS: frozenset(
        {R.CONTRIBUTOR, R.DESIGNATED_LEAD, R.SIGNATORY, R.MODERATOR, R.COORDINATOR}
    ),
    P.PLAN_ACTIONS: frozenset({R.CONTRIBUTOR, R.DESIGNATED_LEAD, R.SIGNATORY}),
}
"""The one table. What is not in it is refused, to everybody."""

IN_PLACE_OF: dict[Permission, Permission] = {
    P.ANSWER_RETURN: P.ANSWER_ON_BEHALF,
    P.SUBMIT_RETURN: P.ANSWER_ON_BEHALF,
}
"""What carries a permission at one return, for as long as somebody enters its answers for others.

It is begun for a named person and told to the organisation (services/entering_on_behalf).
"""

MAY_GIVE: dict[Role, frozenset[Role]] = {
    R.DESIGNATED_LEAD: frozenset({R.CONTRIBUTOR}),
    R.SIGNATORY: frozenset({R.CONTRIBUTOR}),
    R.COORDINATOR: HELD_AT_ORGANISATION | HELD_AT_PARTNERSHIP,
    R.ADMINISTRATOR: frozenset(Role),
}
"""Which roles the holder of a role may give, at the places that their own role looks after."""

NEED_SECOND_FACTOR = frozenset({R.MODERATOR, R.COORDINATOR, R.ADMINISTRATOR})
"""Whose sign-in needs more than one proof: they see the weaknesses of many organisations."""


def is_granted(permission: Permission, roles: frozenset[Role]) -> bool:
    """Say whether any of these roles carries the permission; signed-in people only."""
    if permission in (Permission.ANYONE, Permission.SIGNED_IN):
        return True
    return bool(GRANTED.get(permission, frozenset()) & roles)


def may_give(role: Role, *, held: frozenset[Role]) -> bool:
    """Say whether roles held over a place let somebody give this role there."""
    return any(role in MAY_GIVE.get(one, frozenset()) for one in held)
