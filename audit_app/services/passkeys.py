"""Passkeys: a key on somebody's own device, opened by a finger, a face or a PIN (WebAuthn)."""

import secrets
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from audit_app.services.recording import Event
from audit_app.services.telling_of_factors import tell_of_factor
from audit_app.storage.models import Passkey, Person
from audit_app.storage.queries.passkeys import passkey_by_credential, passkeys_of

MOST = 10


class Site(NamedTuple):
    """Where a passkey is good: the name of the host, and the whole address before the path."""

    host: str
    origin: str
    name: str = "Section 11 audit"


class Asked(NamedTuple):
    """What the browser is asked, and the challenge that its answer must hold."""

    options: str
    challenge: str


class PasskeyRefused(Exception):
    """What a browser answered is not a passkey for this site, or not in answer to this question."""


class NameIsTaken(Exception):
    """The person has a passkey of this name already."""


def ask_for_new(session: Session, person: Person, site: Site) -> Asked:
    """Ask the browser to make a passkey; nothing is kept until it has answered."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=person.name,
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=one.credential_id)
            for one in passkeys_of(session, person)
        ],
        # Platform or separate, as people like; but it must ask who is there, for it stands alone.
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return Asked(options_to_json(options), bytes_to_base64url(options.challenge))


def add_passkey(
    session: Session,
    person: Person,
    credential: str,
    *,
    challenge: str,
    name: str,
    site: Site,
    now: datetime,
) -> Passkey:
    """Keep a new passkey; raises PasskeyRefused and NameIsTaken."""
    mine = passkeys_of(session, person)
    if any(one.name == name for one in mine):
        raise NameIsTaken(name)
    if len(mine) >= MOST:
        raise PasskeyRefused
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
    if passkey_by_credential(session, made.credential_id) is not None:
        raise PasskeyRefused
    passkey = Passkey(
        person_id=person.id,
        name=name,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        backup_state=made.credential_backed_up,
        device_type=made.credential_device_type.value,
        usage="first",
        create_datetime=now,
        lastuse_datetime=now,
    )
    person.fs_webauthn_user_handle = person.fs_webauthn_user_handle or secrets.token_hex(32)
    session.add(passkey)
    session.flush()
    what = f"the passkey {name} was added"
    tell_of_factor(session, person, Event.PASSKEY_ADDED, what=what, now=now)
    return passkey


def ask_for_proof(site: Site) -> Asked:
    """Ask the browser for any passkey of this site; it knows which it has."""
    options = generate_authentication_options(
        rp_id=site.host, user_verification=UserVerificationRequirement.REQUIRED
    )
    return Asked(options_to_json(options), bytes_to_base64url(options.challenge))


def whose_passkey(
    session: Session, credential: str, *, challenge: str, site: Site, now: datetime
) -> Person:
    """Give whose passkey has answered the challenge; raises PasskeyRefused.

    A counter that went back tells of a copy of the key, and is refused by the library.
    """
    try:
        offered = parse_authentication_credential_json(credential)
        passkey = passkey_by_credential(session, offered.raw_id)
        if passkey is None or not passkey.person.active:
            raise PasskeyRefused
        proved = verify_authentication_response(
            credential=offered,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefused from None
    passkey.sign_count, passkey.lastuse_datetime = proved.new_sign_count, now
    passkey.backup_state = proved.credential_backed_up
    session.flush()
    return passkey.person


def remove_passkey(session: Session, person: Person, passkey: Passkey, *, now: datetime) -> None:
    """Let a passkey open nothing any more."""
    name = passkey.name
    session.delete(passkey)
    session.flush()
    what = f"the passkey {name} was removed"
    tell_of_factor(session, person, Event.PASSKEY_REMOVED, what=what, now=now)
