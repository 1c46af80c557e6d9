"""Leaving: a role or a person's access ends at once, and what they did stays in the history."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.core.permissions import may_give
from audit_app.services.recording import Event, record
from audit_app.services.roles_held import partnership_of, place_of
from audit_app.storage.models import Holding, Person
from audit_app.storage.queries.email_codes import use_up_codes
from audit_app.storage.queries.holdings import holdings_of
from audit_app.storage.queries.invitations import invitations_to_come_back
from audit_app.storage.queries.looking_after import roles_over
from audit_app.storage.queries.sign_ins import end_sign_ins


class RoleNotTheirsToEnd(Exception):
    """Somebody wanted to end a role at a place that they do not look after, or their own."""


class RoleHasEnded(Exception):
    """A role had ended already."""


def end_role(session: Session, holding: Holding, *, by: Person, now: datetime) -> None:
    """End a role at once, and every sign-in of whoever held it; they may sign in for the others.

    Nobody ends a role of their own, so that nobody locks everybody out by mistake. Raises
    RoleNotTheirsToEnd and RoleHasEnded.
    """
    person = session.get_one(Person, holding.person_id)
    if not may_end(session, holding, by=by):
        raise RoleNotTheirsToEnd(holding.id)
    session.refresh(holding, with_for_update={"of": Holding})
    if holding.until is not None and holding.until <= now:
        raise RoleHasEnded(holding.id)
    _end(session, holding, person, by=by, now=now)
    end_sign_ins(session, person, at=now)


def end_access(
    session: Session, person: Person, holdings: Sequence[Holding], *, by: Person, now: datetime
) -> bool:
    """End all these roles of a person, and say whether the account was closed with them.

    Invitations to the same places are taken back with them: none leads back in by an old link.
    It is closed where no role remains. Where one does, somebody else looks after it, and it is
    theirs to end. Raises RoleNotTheirsToEnd.
    """
    if any(not may_end(session, holding, by=by) for holding in holdings):
        raise RoleNotTheirsToEnd(person.id)
    for holding in holdings:
        if holding.until is None or holding.until > now:
            _end(session, holding, person, by=by, now=now)
            _take_back_invitations(session, holding, person, by=by, now=now)
    end_sign_ins(session, person, at=now)
    use_up_codes(session, person, at=now)
    if any(one.until is None for one in holdings_of(session, person)):
        return False
    person.active, person.left_at = False, now
    session.flush()
    partnerships = [partnership_of(session, holding) for holding in holdings]
    within = next((one for one in partnerships if one is not None), None)
    record(session, Event.PERSON_LEFT, person, by=by, at=now, within=within)
    return True


def may_end(session: Session, holding: Holding, *, by: Person) -> bool:
    """Say whether a person may end this role of somebody."""
    held = roles_over(session, by, place_of(holding))
    return holding.person_id != by.id and may_give(holding.role, held=held)


def _take_back_invitations(
    session: Session, holding: Holding, person: Person, *, by: Person, now: datetime
) -> None:
    for invitation in invitations_to_come_back(session, person, holding):
        invitation.revoked_at, invitation.revoked_by_id = now, by.id
        session.flush()
        record(
            session,
            Event.INVITATION_REVOKED,
            person,
            by=by,
            at=now,
            within=partnership_of(session, holding),
            organisation=holding.organisation,
            details={"invitation": str(invitation.id), "role": invitation.role.value},
        )


def _end(session: Session, holding: Holding, person: Person, *, by: Person, now: datetime) -> None:
    holding.until = now
    session.flush()
    record(
        session,
        Event.ROLE_ENDED,
        person,
        by=by,
        at=now,
        within=partnership_of(session, holding),
        organisation=holding.organisation,
        details={"role": holding.role.value},
    )
