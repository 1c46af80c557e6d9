"""Accepting an invitation: a new person comes in, or somebody known gets one more role."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.services.recording import Event, record
from audit_app.services.roles_held import partnership_of
from audit_app.services.tokens import token_hash
from audit_app.storage.models import Holding, Invitation, Person
from audit_app.storage.queries.invitations import held_invitation, invitation_by_token
from audit_app.storage.queries.passkeys import passkeys_of
from audit_app.storage.queries.people import person_by_email
from audit_app.storage.queries.sign_ins import end_sign_ins


class Stand(StrEnum):
    """What can become of an invitation that somebody opens."""

    OPEN = "open"
    SIGN_IN_FIRST = "sign_in_first"
    SOMEBODY_ELSE = "somebody_else"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    REVOKED = "revoked"
    LEFT = "left"
    UNKNOWN = "unknown"


class InvitationNotOpen(Exception):
    """An invitation cannot be accepted; `stand` says why."""

    def __init__(self, stand: Stand) -> None:
        super().__init__(stand.value)
        self.stand = stand


@dataclass(frozen=True)
class Shown:
    """An invitation as its page shows it; there is none behind an unknown link."""

    stand: Stand
    invitation: Invitation | None = None


def look_at(session: Session, token: str, *, visitor: Person | None, now: datetime) -> Shown:
    """Say how an invitation stands for whoever opened its link; nothing is changed by looking."""
    invitation = invitation_by_token(session, token_hash(token))
    return Shown(_stand(session, invitation, visitor=visitor, now=now), invitation)


def accept_as_new(
    session: Session, token: str, *, name: str, password_hash: str | None, now: datetime
) -> Person:
    """Let a new person in, or somebody who had left and was invited afresh.

    Without a password they sign in by codes sent to their address. Raises InvitationNotOpen.
    """
    invitation = _held_open(session, token, visitor=None, now=now)
    person = person_by_email(session, invitation.email)
    if person is None:
        person = Person(email=invitation.email, name=name, created_at=now)
        session.add(person)
    else:
        _begin_afresh(session, person)
    person.name, person.password, person.confirmed_at = name, password_hash, now
    person.active, person.left_at = True, None
    session.flush()
    _give_role(session, invitation, person, now=now)
    return person


def accept_signed_in(session: Session, token: str, *, person: Person, now: datetime) -> None:
    """Give the role to the person who is signed in and was invited.

    Every sign-in of theirs ends: what they may do has changed, and the caller begins a new one.
    Raises InvitationNotOpen.
    """
    invitation = _held_open(session, token, visitor=person, now=now)
    _give_role(session, invitation, person, now=now)
    end_sign_ins(session, person, at=now)


def _held_open(
    session: Session, token: str, *, visitor: Person | None, now: datetime
) -> Invitation:
    """Give the invitation, held until the commit, if this visitor may accept it."""
    invitation = held_invitation(session, token_hash(token))
    stand = _stand(session, invitation, visitor=visitor, now=now)
    if invitation is None or stand is not Stand.OPEN:
        raise InvitationNotOpen(stand)
    return invitation


def _stand(
    session: Session, invitation: Invitation | None, *, visitor: Person | None, now: datetime
) -> Stand:
    if invitation is None:
        return Stand.UNKNOWN
    person = person_by_email(session, invitation.email)
    if person is not None and _has_left_since(person, invitation):
        return Stand.LEFT
    if invitation.accepted_at is not None:
        return Stand.ACCEPTED
    if invitation.revoked_at is not None:
        return Stand.REVOKED
    if invitation.expires_at <= now:
        return Stand.EXPIRED
    if visitor is not None and (person is None or person.id != visitor.id):
        return Stand.SOMEBODY_ELSE
    if visitor is None and person is not None and person.active:
        return Stand.SIGN_IN_FIRST
    return Stand.OPEN


def _has_left_since(person: Person, invitation: Invitation) -> bool:
    """Say whether somebody's account was closed after they were invited, or by hand."""
    if person.left_at is None:
        return not person.active
    return invitation.created_at < person.left_at


def _begin_afresh(session: Session, person: Person) -> None:
    """Forget how somebody used to prove who they are: the old telephone may be anybody's now."""
    person.tf_primary_method = person.tf_totp_secret = None
    person.mf_recovery_codes = None
    for passkey in passkeys_of(session, person):
        session.delete(passkey)


def _give_role(session: Session, invitation: Invitation, person: Person, *, now: datetime) -> None:
    invitation.accepted_at, invitation.accepted_by_id = now, person.id
    within = partnership_of(session, invitation)
    details = {"invitation": str(invitation.id), "role": invitation.role.value}
    tell = partial(
        record,
        session,
        by=person,
        at=now,
        within=within,
        organisation=invitation.organisation,
        details=details,
    )
    tell(Event.INVITATION_ACCEPTED, person)
    if not _holds_already(session, invitation, person, now=now):
        session.add(
            Holding(
                person_id=person.id,
                role=invitation.role,
                organisation_id=invitation.organisation_id,
                group_id=invitation.group_id,
                partnership_id=invitation.partnership_id,
                locality_id=invitation.locality_id,
                since=now,
            )
        )
        session.flush()
        tell(Event.ROLE_GIVEN, person)


def _holds_already(
    session: Session, invitation: Invitation, person: Person, *, now: datetime
) -> bool:
    same = select(Holding.id).where(
        Holding.person_id == person.id,
        Holding.role == invitation.role,
        Holding.organisation_id.is_not_distinct_from(invitation.organisation_id),
        Holding.group_id.is_not_distinct_from(invitation.group_id),
        Holding.partnership_id.is_not_distinct_from(invitation.partnership_id),
        Holding.locality_id.is_not_distinct_from(invitation.locality_id),
        (Holding.until.is_(None)) | (Holding.until > now),
    )
    return session.scalar(same.limit(1)) is not None
