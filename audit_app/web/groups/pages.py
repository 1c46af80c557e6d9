"""What the page of a group shows: each round with the settings asked in it, and those in none."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from flask import url_for

from audit_app.core.lifecycle import NOT_DUE, RETURNED, WORDS, State, may_be_answered
from audit_app.core.organisations import KINDS
from audit_app.core.permissions import Permission
from audit_app.services.answering import is_over
from audit_app.storage.models import AuditReturn, Cycle, Organisation, OrganisationGroup
from audit_app.web.access import may
from audit_app.web.clock import now


class SettingLine(NamedTuple):
    """One setting in one round: how far it has come, and where to go into it."""

    audit_return: AuditReturn
    kind: str
    state: str
    far: str
    rating: str | None
    is_validated: bool
    is_late: bool
    href: str | None
    action: str


class RoundOfGroup(NamedTuple):
    """One round, and the group's settings in it."""

    cycle: Cycle
    lines: list[SettingLine]
    returned: int
    due: int
    still_open: int


class GroupPage(NamedTuple):
    """A group with its rounds, the latest first, and the settings that no round has asked."""

    group: OrganisationGroup
    organisations: int
    rounds: list[RoundOfGroup]
    not_asked: list[Organisation]


def group_page(
    group: OrganisationGroup, organisations: list[Organisation], returns: list[AuditReturn]
) -> GroupPage:
    """Put together the page of a group; the returns come with the latest round first."""
    rounds = [
        _round(cycle, of_cycle) for cycle, of_cycle in groupby(returns, lambda one: one.cycle)
    ]
    asked = {one.organisation_id for one in returns}
    standing = [one for one in organisations if one.closed_on is None]
    not_asked = [one for one in standing if one.id not in asked]
    return GroupPage(group, len(standing), rounds, not_asked)


def _round(cycle: Cycle, returns: Iterable[AuditReturn]) -> RoundOfGroup:
    lines = [_line(one) for one in returns]
    due = [line for line in lines if line.audit_return.state not in NOT_DUE]
    returned = [line for line in due if line.audit_return.state in RETURNED]
    still_open = sum(_is_open(line.audit_return) for line in lines)
    return RoundOfGroup(cycle, lines, len(returned), len(due), still_open)


def _line(one: AuditReturn) -> SettingLine:
    is_returned = one.state in RETURNED
    result = one.standing_result if is_returned else None
    href, action = _way_in(one)
    return SettingLine(
        audit_return=one,
        kind=KINDS[one.organisation.kind],
        state=WORDS[one.state],
        far=_how_far(one),
        rating=result.overall_rating if result is not None else None,
        is_validated=one.state is State.VALIDATED,
        is_late=_is_open(one) and one.due_at <= now() and not is_returned,
        href=href,
        action=action,
    )


def _how_far(one: AuditReturn) -> str:
    """Say how much is answered, to whoever answers the return or watches over the round."""
    theirs = may(Permission.ANSWER_RETURN, one) or may(Permission.WATCH_COMPLETION, one)
    begun = one.progress is not None and one.progress.answered > 0
    if one.progress is None or not begun or not theirs or one.state in RETURNED:
        return ""
    return f"{one.progress.answered} of {one.progress.asked} answered"


def _way_in(one: AuditReturn) -> tuple[str | None, str]:
    """Give where a person goes into a return from here; drafts open to those who answer them."""
    if may(Permission.ANSWER_RETURN, one):
        if _is_open(one):
            action = "Start" if one.state is State.NOT_STARTED else "Continue"
            return url_for("returns.task_list", return_id=one.id), action
        return url_for("returns.read", return_id=one.id), "Read"
    if one.state in RETURNED:
        return url_for("returns.read", return_id=one.id), "Read"
    return None, ""


def _is_open(one: AuditReturn) -> bool:
    return may_be_answered(one.state) and not is_over(one, now())
