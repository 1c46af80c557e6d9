"""Builders of invitations, contacts and what people sign in with; everything here is invented."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.permissions import HELD_AT_ORGANISATION, Role
from audit_app.storage.models import (
    Contact,
    EmailCode,
    Invitation,
    Locality,
    OidcIdentity,
    Organisation,
    OrganisationGroup,
    Partnership,
    Passkey,
    Person,
    SignIn,
)
from tests.builders.adding import NOW, NUMBERS, added
from tests.builders.people import make_organisation, make_person


def make_contact(session: Session, organisation: Organisation, **values: Any) -> Contact:
    """Make a contact of an organisation, with an address to write to."""
    number = next(NUMBERS)
    values.setdefault("email", f"contact.{number}@example.org")
    contact = Contact(
        organisation_id=organisation.id,
        name=values.pop("name", f"Contact {number}"),
        since=values.pop("since", NOW.date() - timedelta(days=365)),
        **values,
    )
    return added(session, contact)


def make_invitation(
    session: Session,
    *,
    role: Role | str = Role.DESIGNATED_LEAD,
    at: Organisation | OrganisationGroup | Partnership | Locality | None = None,
    **values: Any,
) -> Invitation:
    """Make an invitation that still works, to an organisation unless the test says otherwise."""
    number, role = next(NUMBERS), Role(role)
    if at is None and role in HELD_AT_ORGANISATION:
        at = make_organisation(session)
    invitation = Invitation(
        token_hash=values.pop("token_hash", f"hash-{number}"),
        email=values.pop("email", f"invited.{number}@example.org"),
        role=role,
        created_at=values.pop("created_at", NOW),
        expires_at=values.pop("expires_at", NOW + timedelta(days=14)),
        **values,
    )
    if isinstance(at, Organisation):
        invitation.organisation_id = at.id
    elif isinstance(at, OrganisationGroup):
        invitation.group_id = at.id
    elif isinstance(at, Locality):
        invitation.partnership_id, invitation.locality_id = at.partnership_id, at.id
    elif at is not None:
        invitation.partnership_id = at.id
    return added(session, invitation)


def make_email_code(session: Session, person: Person, **values: Any) -> EmailCode:
    """Make a code to sign in with that still works."""
    code = EmailCode(
        person_id=person.id,
        code_hash=values.pop("code_hash", f"code-{next(NUMBERS)}"),
        created_at=values.pop("created_at", NOW),
        expires_at=values.pop("expires_at", NOW + timedelta(minutes=15)),
        **values,
    )
    return added(session, code)


def make_passkey(session: Session, person: Person, **values: Any) -> Passkey:
    """Make a passkey of a person."""
    number = next(NUMBERS)
    passkey = Passkey(
        person_id=person.id,
        name=values.pop("name", f"Key {number}"),
        credential_id=values.pop("credential_id", f"credential-{number}".encode()),
        public_key=b"not a real key",
        backup_state=False,
        device_type="multi_device",
        usage="first",
        **values,
    )
    return added(session, passkey)


def make_identity(session: Session, person: Person, **values: Any) -> OidcIdentity:
    """Make what single sign-on knows a person by."""
    identity = OidcIdentity(
        person_id=person.id,
        issuer=values.pop("issuer", "https://login.example.org"),
        subject=values.pop("subject", f"subject-{next(NUMBERS)}"),
        **values,
    )
    return added(session, identity)


def make_sign_in(session: Session, person: Person | None = None, **values: Any) -> SignIn:
    """Make a sign-in that stands."""
    person = person or make_person(session)
    values.setdefault("begun_at", NOW)
    return added(session, SignIn(person_id=person.id, **values))
