"""Invitations, codes, passkeys and sign-ins: each opens once, for a while, for one person."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from audit_app.storage.base import utc_now
from audit_app.storage.models import Invitation, Purpose
from audit_app.storage.queries.accounts import people_at
from audit_app.storage.queries.email_codes import (
    codes_sent_since,
    held_code,
    held_code_by_hash,
    remove_old_codes,
    use_up_codes,
)
from audit_app.storage.queries.invitations import (
    held_invitation,
    invitation_by_token,
    invitations_open,
    open_invitation_to,
)
from audit_app.storage.queries.passkeys import (
    identities_of,
    passkey_by_credential,
    passkeys_of,
)
from audit_app.storage.queries.people import person_by_identity
from audit_app.storage.queries.sign_ins import (
    end_sign_ins,
    note_proof,
    note_use,
    sign_ins_of,
)
from tests.builders import (
    NOW,
    make_belonging,
    make_email_code,
    make_group,
    make_holding,
    make_identity,
    make_invitation,
    make_organisation,
    make_partnership,
    make_passkey,
    make_person,
    make_sign_in,
)


def test_an_invitation_is_found_by_its_token_alone(session: Session):
    invitation = make_invitation(session, token_hash="right")
    session.expire_all()
    assert invitation_by_token(session, "right") is invitation
    assert held_invitation(session, "right") is invitation
    assert invitation_by_token(session, "wrong") is None
    assert held_invitation(session, "wrong") is None


def test_an_address_is_kept_in_one_spelling(session: Session):
    invitation = make_invitation(session, email=" Zoe@Example.ORG ")
    assert invitation.email == "zoe@example.org"


def test_the_open_invitations_are_those_neither_accepted_nor_revoked(session: Session):
    partnership = make_partnership(session)
    coordinator = make_person(session, role="coordinator", at=partnership)
    organisation = make_organisation(session, at=partnership)
    expired = make_invitation(
        session, at=organisation, created_at=NOW - timedelta(days=30), expires_at=NOW
    )
    board = make_invitation(session, role="board_member", at=partnership)
    group = make_group(session)
    make_organisation(session, at=partnership, group=group)
    chain = make_invitation(session, at=group, created_at=NOW + timedelta(days=1))
    make_invitation(session, at=organisation, revoked_at=NOW)
    make_invitation(
        session, at=organisation, accepted_at=NOW, accepted_by_id=make_person(session).id
    )
    found = invitations_open(session, coordinator, partnership=partnership)
    assert found == [expired, board, chain]
    assert invitations_open(session, coordinator, organisation=organisation) == [expired]
    assert invitations_open(session, coordinator, partnership=make_partnership(session)) == []


def test_a_double_of_an_invitation_is_found_while_it_works(session: Session):
    organisation = make_organisation(session)
    first = make_invitation(session, at=organisation, email="a@example.org")
    second = make_invitation(session, at=organisation, email="a@example.org")
    make_invitation(session, at=organisation, email="b@example.org")
    make_invitation(session, email="a@example.org")
    assert open_invitation_to(session, second, now=NOW) is first
    assert open_invitation_to(session, second, now=first.expires_at) is None
    first.revoked_at = NOW
    assert open_invitation_to(session, second, now=NOW) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "coordinator"},
        {"role": "administrator"},
        {"accepted_at": NOW},
        {"expires_at": NOW},
        {"sent_count": -1},
    ],
)
def test_an_invitation_that_cannot_be_meant_is_refused(session: Session, wrong: dict[str, Any]):
    invitation = make_invitation(session)
    for name, value in wrong.items():
        setattr(invitation, name, value)
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_invitation_is_to_one_place(session: Session):
    invitation: Invitation = make_invitation(session)
    invitation.group_id = make_group(session).id
    with pytest.raises(IntegrityError):
        session.flush()


def test_only_the_code_sent_last_works_and_only_until_it_is_used_or_over(session: Session):
    person = make_person(session)
    make_email_code(session, person, created_at=NOW - timedelta(minutes=1))
    code = make_email_code(session, person)
    assert held_code(session, person, Purpose.SIGN_IN, now=NOW) is code
    assert held_code(session, person, Purpose.RESET_PASSWORD, now=NOW) is None
    assert held_code(session, make_person(session), Purpose.SIGN_IN, now=NOW) is None
    assert held_code(session, person, Purpose.SIGN_IN, now=code.expires_at) is None
    assert codes_sent_since(session, person, since=NOW) == 1
    use_up_codes(session, person, at=NOW)
    assert held_code(session, person, Purpose.SIGN_IN, now=NOW) is None


def test_a_link_is_found_by_its_hash_for_its_purpose_only(session: Session):
    person = make_person(session)
    link = make_email_code(
        session,
        person,
        code_hash="link",
        purpose=Purpose.CHANGE_EMAIL,
        new_email="new@example.org",
    )
    assert held_code_by_hash(session, "link", Purpose.CHANGE_EMAIL, now=NOW) is link
    assert held_code_by_hash(session, "link", Purpose.SIGN_IN, now=NOW) is None
    assert held_code_by_hash(session, "other", Purpose.CHANGE_EMAIL, now=NOW) is None
    remove_old_codes(session, before=NOW + timedelta(days=1))
    assert held_code_by_hash(session, "link", Purpose.CHANGE_EMAIL, now=NOW) is None


def test_a_change_of_address_names_the_new_one(session: Session):
    with pytest.raises(IntegrityError):
        make_email_code(session, make_person(session), purpose=Purpose.CHANGE_EMAIL)


def test_a_passkey_opens_for_its_person(session: Session):
    person = make_person(session)
    passkey = make_passkey(session, person, credential_id=b"one", transports=["internal"])
    assert passkey_by_credential(session, b"one") is passkey
    assert passkey_by_credential(session, b"two") is None
    assert passkeys_of(session, person) == person.webauthn == [passkey]
    assert passkey.get_user_mapping() == {"id": person.id}
    with pytest.raises(IntegrityError):
        make_passkey(session, make_person(session), credential_id=b"one")


def test_single_sign_on_knows_somebody_by_issuer_tenant_and_subject_together(session: Session):
    person = make_person(session)
    identity = make_identity(session, person, tenant="council", subject="7")
    issuer = identity.issuer
    known = person_by_identity(session, issuer=issuer, tenant="council", subject="7")
    assert known is person
    for asked in (
        {"issuer": "https://evil.example.org", "tenant": "council", "subject": "7"},
        {"issuer": issuer, "tenant": "other", "subject": "7"},
        {"issuer": issuer, "tenant": "council", "subject": "8"},
    ):
        assert person_by_identity(session, **asked) is None
    assert identities_of(session, person) == [identity]
    with pytest.raises(IntegrityError):
        make_identity(session, make_person(session), tenant="council", subject="7")


def test_signing_out_everywhere_ends_every_sign_in_but_the_one_kept(session: Session):
    here = make_sign_in(session)
    there = make_sign_in(session, here.person, begun_at=NOW + timedelta(minutes=1))
    make_sign_in(session, here.person, ended_at=NOW)
    somebody_else = make_sign_in(session)
    assert sign_ins_of(session, here.person, since=NOW) == [there, here]
    assert end_sign_ins(session, here.person, at=NOW, but=here.id) == 1
    assert sign_ins_of(session, here.person, since=NOW) == [here]
    assert end_sign_ins(session, here.person, at=NOW) == 1
    assert sign_ins_of(session, somebody_else.person, since=NOW) == [somebody_else]


def test_use_and_proof_are_noted_of_a_sign_in_that_stands(session: Session):
    stands, ended = make_sign_in(session), make_sign_in(session, ended_at=NOW)
    for sign_in in (stands, ended):
        note_use(session, sign_in.id, at=NOW)
        note_proof(session, sign_in.id, at=NOW)
    session.expire_all()
    assert (stands.last_used_at, stands.proved_at) == (NOW, NOW)
    assert (ended.last_used_at, ended.proved_at) == (None, None)


def test_people_are_found_by_place_by_words_and_by_not_having_come(session: Session):
    partnership, group = make_partnership(session), make_group(session)
    coordinator = make_person(
        session, role="coordinator", at=partnership, name="Zed", last_seen_at=NOW
    )
    one = make_organisation(session, at=partnership, group=group)
    two = make_organisation(session, at=partnership)
    long_ago = NOW - timedelta(days=400)
    ann = make_person(session, name="Ann", role="contributor", at=one, last_seen_at=long_ago)
    bob = make_person(session, name="bob", role="signatory", at=group, last_seen_at=NOW)
    eve = make_person(session, name="Eve", role="signatory", at=two, email="eve@sett.example")
    past = make_person(session)
    make_holding(session, past, role="signatory", at=two, until=utc_now() - timedelta(days=1))

    def found(**asked: Any) -> list[str]:
        return [one.name for one in people_at(session, coordinator, **asked).rows]

    assert found(partnership=partnership) == ["Ann", "bob", "Eve", "Zed"]
    assert found(organisation=one) == ["Ann", "bob"]
    assert found(group=group) == ["bob"]
    assert found(search="SETT") == found(search=" eve") == [eve.name]
    eve.created_at = NOW - timedelta(days=500)
    assert found(unseen_since=NOW - timedelta(days=365)) == [ann.name, eve.name]
    assert found(partnership=make_partnership(session)) == []
    make_belonging(session, two, at=make_partnership(session))
    assert found(partnership=partnership) == [ann.name, bob.name, eve.name, "Zed"]
