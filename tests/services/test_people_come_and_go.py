"""Inviting, accepting, proving and leaving, on both databases: each once, whoever else tries."""

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.permissions import Role
from audit_app.services.accepting import InvitationNotOpen, Stand, accept_as_new, accept_signed_in
from audit_app.services.app_codes import CodeDoesNotFit, app_code_fits, remove_app, set_up_app
from audit_app.services.changing_email import ask_to_change_email, change_email
from audit_app.services.codes import MOST_TRIES, code_fits, send_code
from audit_app.services.inviting import InvitationIsOver, invite, revoke, send_again
from audit_app.services.leaving import RoleHasEnded, RoleNotTheirsToEnd, end_access, end_role
from audit_app.services.linking import IdentityIsTaken, known_by, link_identity
from audit_app.services.recovery_codes import make_recovery_codes, use_recovery_code
from audit_app.services.resetting import LinkDoesNotWork, reset_password, send_reset_link
from audit_app.services.sealing import SealIsBroken, seal, unseal
from audit_app.storage.models import Holding, Organisation, OutgoingMessage, Person, SignIn
from audit_app.storage.queries.history import verify
from tests.builders import (
    NOW,
    make_group,
    make_organisation,
    make_partnership,
    make_person,
    make_sign_in,
)

HOME = "https://audit.example.org"
KEY = "a-key-that-only-tests-know-0123456789"
SECRET = pyotp.random_base32()
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def nursery(session: Session) -> Organisation:
    return make_organisation(session, at=make_partnership(session), group=make_group(session))


@pytest.fixture
def coordinator(session: Session, nursery: Organisation) -> Person:
    return make_person(session, role="coordinator", at=nursery.belongings[0].partnership)


def token_in(link: str) -> str:
    return link.rsplit("/", 1)[1]


def last_body(session: Session) -> str:
    return (
        session.scalars(
            select(OutgoingMessage.body).order_by(
                OutgoingMessage.created_at.desc(), OutgoingMessage.id.desc()
            )
        ).first()
        or ""
    )


def test_somebody_is_invited_accepts_and_is_seen_out(
    session: Session, nursery: Organisation, coordinator: Person
):
    invitation, link = invite(
        session,
        nursery,
        role=Role.SIGNATORY,
        email="New@example.org",
        by=coordinator,
        now=NOW,
        base_address=HOME,
    )
    again = send_again(session, invitation, by=coordinator, now=LATER, base_address=HOME)
    with pytest.raises(InvitationNotOpen) as unknown:
        accept_as_new(session, token_in(link), name="New", password_hash=None, now=LATER)
    assert unknown.value.stand is Stand.UNKNOWN
    person = accept_as_new(session, token_in(again), name="New", password_hash=None, now=LATER)
    with pytest.raises(InvitationNotOpen) as used:
        accept_as_new(session, token_in(again), name="Other", password_hash=None, now=LATER)
    assert used.value.stand is Stand.ACCEPTED
    with pytest.raises(InvitationIsOver):
        revoke(session, invitation, by=coordinator, now=LATER)
    sign_in = make_sign_in(session, person)
    holding = session.scalars(select(Holding).where(Holding.person_id == person.id)).one()
    end_role(session, holding, by=coordinator, now=LATER)
    with pytest.raises(RoleHasEnded):
        end_role(session, holding, by=coordinator, now=LATER)
    session.expire_all()
    assert session.get_one(SignIn, sign_in.id).ended_at == LATER
    assert not verify(session)


def test_somebody_known_gets_a_role_once_even_if_invited_twice(
    session: Session, nursery: Organisation, coordinator: Person
):
    known = make_person(session, role="contributor", at=nursery)
    _, link = invite(
        session,
        nursery,
        role=Role.CONTRIBUTOR,
        email=known.email,
        by=coordinator,
        now=NOW,
        base_address=HOME,
    )
    accept_signed_in(session, token_in(link), person=known, now=LATER)
    held = session.scalars(select(Holding).where(Holding.person_id == known.id)).all()
    assert len(held) == 1


def test_a_role_at_a_group_of_two_partnerships_is_nobodys_alone_to_end(
    session: Session, nursery: Organisation, coordinator: Person
):
    elsewhere = make_partnership(session)
    make_organisation(session, at=elsewhere, group=nursery.group)
    person = make_person(session, role="signatory", at=nursery.group)
    holding = session.scalars(select(Holding).where(Holding.person_id == person.id)).one()
    with pytest.raises(RoleNotTheirsToEnd):
        end_role(session, holding, by=coordinator, now=NOW)
    with pytest.raises(RoleNotTheirsToEnd):
        end_access(session, person, [holding], by=coordinator, now=NOW)
    assert person.active


def test_a_code_opens_once_and_dies_of_five_tries(session: Session):
    person = make_person(session)
    send_code(session, person, key=KEY, now=NOW)
    code = re.findall(r"Your code is (\d{6})", last_body(session))[0]
    assert not code_fits(session, person, code, key="another key altogether", now=LATER)
    assert code_fits(session, person, code, key=KEY, now=LATER)
    assert not code_fits(session, person, code, key=KEY, now=LATER)
    send_code(session, person, key=KEY, now=LATER)
    for _ in range(MOST_TRIES):
        assert not code_fits(session, person, "nonsense", key=KEY, now=LATER)
    code = re.findall(r"Your code is (\d{6})", last_body(session))[0]
    assert not code_fits(session, person, code, key=KEY, now=LATER)


def test_codes_of_an_app_count_once_and_survive_a_new_key(session: Session):
    person, clock = make_person(session), pyotp.TOTP(SECRET)
    with pytest.raises(CodeDoesNotFit):
        set_up_app(session, person, secret=SECRET, code="000000x", keys=(KEY,), now=NOW)
    set_up_app(session, person, secret=SECRET, code=clock.at(NOW), keys=(KEY,), now=NOW)
    assert not app_code_fits(session, person, clock.at(NOW), keys=(KEY,), now=NOW)
    new_keys = ("a-newer-key-that-signs-from-now-on-01", KEY)
    assert app_code_fits(session, person, clock.at(LATER), keys=new_keys, now=LATER)
    after = LATER + timedelta(minutes=1)
    assert app_code_fits(session, person, clock.at(after), keys=new_keys[:1], now=after)
    far = after + timedelta(minutes=1)
    assert not app_code_fits(session, person, clock.at(far), keys=("a lost key",), now=far)
    long_ago = clock.at(far - timedelta(minutes=5))
    assert not app_code_fits(session, person, long_ago, keys=new_keys, now=far)
    remove_app(session, person, now=far)
    assert not app_code_fits(session, person, clock.at(far), keys=new_keys, now=far)


def test_a_recovery_code_is_its_owners_and_counts_once(session: Session):
    person, other = make_person(session), make_person(session)
    codes = make_recovery_codes(session, person, now=NOW)
    make_recovery_codes(session, other, now=NOW)
    assert not use_recovery_code(session, other, codes[0], now=NOW)
    assert use_recovery_code(session, person, f" {codes[0].upper()} ", now=NOW)
    assert not use_recovery_code(session, person, codes[0], now=NOW)
    assert len(person.mf_recovery_codes or []) == 9


def test_a_reset_link_and_every_other_is_dead_once_one_was_used(session: Session):
    person = make_person(session)
    links = []
    for _ in range(2):
        send_reset_link(session, person, now=NOW, base_address=HOME)
        links.append(re.findall(rf"{HOME}/password-reset/(\S+)", last_body(session))[0])
    reset_password(session, links[1], password_hash="new", now=LATER, base_address=HOME)
    with pytest.raises(LinkDoesNotWork):
        reset_password(session, links[0], password_hash="newer", now=LATER, base_address=HOME)
    assert person.password == "new"


def test_an_address_moves_by_its_own_link(session: Session):
    person = make_person(session)
    here = make_sign_in(session, person)
    ask_to_change_email(session, person, new_email="New@example.org", now=NOW, base_address=HOME)
    token = re.findall(rf"{HOME}/account/email/(\S+)", last_body(session))[0]
    with pytest.raises(LinkDoesNotWork):
        change_email(session, make_person(session), token, but=here.id, now=LATER)
    change_email(session, person, token, but=here.id, now=LATER)
    assert person.email == "new@example.org"


def test_an_identity_is_one_persons(session: Session):
    person, other = make_person(session), make_person(session)
    who = {"issuer": "https://login.example.org", "tenant": "t", "subject": "s"}
    link_identity(session, person, **who, by=None, now=NOW)
    link_identity(session, person, **who, by=None, now=NOW)
    with pytest.raises(IdentityIsTaken):
        link_identity(session, other, **who, by=None, now=NOW)
    found = known_by(session, **who, now=LATER)
    assert found is not None
    assert found.id == person.id
    assert known_by(session, **{**who, "tenant": "another"}, now=LATER) is None


def test_a_seal_opens_with_any_of_the_keys_and_not_when_changed():
    sealed = seal("a secret", keys=(KEY,))
    assert unseal(sealed, keys=("a newer key", KEY)) == "a secret"
    for broken, keys in ((sealed, ("a newer key",)), (sealed[:-2] + "AA", (KEY,)), ("", (KEY,))):
        with pytest.raises(SealIsBroken):
            unseal(broken, keys=keys)
