"""Inviting people: a role at a place, offered to an address by a link that works once."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from audit_app.core.permissions import WORDS, Role, may_give
from audit_app.services.letters import letter
from audit_app.services.letters.times import day_in_words
from audit_app.services.messaging import write_message
from audit_app.services.recording import Event, record
from audit_app.services.roles_held import columns_for, partnership_of, place_of, place_words
from audit_app.services.tokens import new_token, token_hash
from audit_app.storage.models import Invitation, Person
from audit_app.storage.queries.invitations import open_invitation_to
from audit_app.storage.queries.looking_after import Place, roles_over

WORKS_FOR = timedelta(days=14)


class RoleNotTheirsToGive(Exception):
    """Somebody offered a role that they may not give at this place."""


class AlreadyInvited(Exception):
    """The same address has an invitation to the same role and place that still works."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__("invited already")
        self.invitation = invitation


class InvitationIsOver(Exception):
    """An invitation was accepted or taken back meanwhile, and cannot be sent again."""


def invite(
    session: Session,
    place: Place,
    *,
    role: Role,
    email: str,
    name: str = "",
    by: Person | None,
    now: datetime,
    base_address: str,
    mailed: bool = True,
) -> tuple[Invitation, str]:
    """Invite an address, and give the invitation with its link, which nobody can read again.

    `by` is None for whoever works at the installation itself. Raises RoleNotTheirsToGive,
    AlreadyInvited and RoleDoesNotFit.
    """
    if by is not None and not may_give(role, held=roles_over(session, by, place)):
        raise RoleNotTheirsToGive(role)
    token = new_token()
    invitation = Invitation(
        token_hash=token_hash(token),
        email=email,
        name=name,
        role=role,
        invited_by_id=by.id if by is not None else None,
        created_at=now,
        expires_at=now + WORKS_FOR,
        **columns_for(role, place),
    )
    standing = open_invitation_to(session, invitation, now=now)
    if standing is not None:
        raise AlreadyInvited(standing)
    session.add(invitation)
    session.flush()
    _tell(session, invitation, Event.PERSON_INVITED, by=by, at=now)
    link = link_of(token, base_address=base_address)
    if mailed:
        _mail(session, invitation, link, by=by, now=now)
    return invitation, link


def send_again(
    session: Session, invitation: Invitation, *, by: Person, now: datetime, base_address: str
) -> str:
    """Send an invitation again under a new link; the old one opens nothing from now on.

    Raises InvitationIsOver and RoleNotTheirsToGive.
    """
    _refuse_what_is_over(session, invitation)
    if not may_give(invitation.role, held=roles_over(session, by, place_of(invitation))):
        raise RoleNotTheirsToGive(invitation.role)
    token = new_token()
    invitation.token_hash, invitation.expires_at = token_hash(token), now + WORKS_FOR
    link = link_of(token, base_address=base_address)
    _tell(session, invitation, Event.INVITATION_SENT_AGAIN, by=by, at=now)
    _mail(session, invitation, link, by=by, now=now)
    return link


def revoke(session: Session, invitation: Invitation, *, by: Person, now: datetime) -> None:
    """Take an invitation back; raises InvitationIsOver and RoleNotTheirsToGive."""
    _refuse_what_is_over(session, invitation)
    if not may_give(invitation.role, held=roles_over(session, by, place_of(invitation))):
        raise RoleNotTheirsToGive(invitation.role)
    invitation.revoked_at, invitation.revoked_by_id = now, by.id
    _tell(session, invitation, Event.INVITATION_REVOKED, by=by, at=now)


def link_of(token: str, *, base_address: str) -> str:
    """Give the address at which an invitation is accepted, on the configured host and no other."""
    return f"{base_address}/invitations/{token}"


def _refuse_what_is_over(session: Session, invitation: Invitation) -> None:
    session.refresh(invitation, with_for_update={"of": Invitation})
    if invitation.accepted_at is not None or invitation.revoked_at is not None:
        raise InvitationIsOver(invitation.id)


def _mail(
    session: Session, invitation: Invitation, link: str, *, by: Person | None, now: datetime
) -> None:
    words = letter(
        "invitation",
        inviter=by.name if by is not None else "Whoever looks after the service",
        role=WORDS[invitation.role].lower(),
        place=place_words(invitation),
        link=link,
        until=day_in_words(invitation.expires_at),
    )
    write_message(
        session,
        to=invitation.email,
        kind="invitation",
        subject=words.subject,
        body=words.body,
        at=now,
        partnership=partnership_of(session, invitation),
        by=by,
    )
    invitation.sent_count += 1
    invitation.last_sent_at = now
    session.flush()


def _tell(
    session: Session, invitation: Invitation, event: Event, *, by: Person | None, at: datetime
) -> None:
    """Tell the history. The address is left out: it is a row that can be erased, history is not."""
    within = partnership_of(session, invitation)
    subject = invitation.organisation or within or by
    if subject is None:
        return
    details = {"invitation": str(invitation.id), "role": invitation.role.value}
    record(session, event, subject, by=by, at=at, within=within, details=details)
