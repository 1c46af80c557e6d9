"""What follows a proof of who somebody is: a second step, a session, or setting up that step."""

from typing import NamedTuple
from uuid import UUID

from flask import request
from flask import session as cookie
from flask_login import logout_user
from flask_security.utils import login_user

from audit_app.core.permissions import NEED_SECOND_FACTOR
from audit_app.services.signing_in import begin, sign_out
from audit_app.services.throttling import keys_for
from audit_app.storage.models import Person
from audit_app.storage.queries.holdings import holdings_of
from audit_app.storage.queries.passkeys import passkeys_of
from audit_app.web.accounts import Account, account
from audit_app.web.browsers import browser_in_words
from audit_app.web.clock import now
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.known_browsers import known_browser, remember_browser
from audit_app.web.session_limits import begin_session

SECOND_STEP = "/sign-in/second-step"
SET_UP = "/account/second-step"
HALF_LASTS = 600
"""Seconds between the first proof and the second."""

MUST_SET_UP = "must_set_up"


class Half(NamedTuple):
    """Somebody who has given the first proof and owes the second."""

    person: Account
    method: str
    onward: str


def come_in(found: Account, *, method: str, onward: str, is_strong: bool = False) -> str:
    """Let in whoever gave a first proof, commit, and give where to go.

    With a second factor of their own they are asked for it first, unless the proof was worth two
    (`is_strong`): a passkey that asked for a finger or a face is.
    """
    if not is_strong and has_second_factor(found):
        session().commit()
        begin_session()
        cookie["half"] = {
            "person": str(found.id),
            "method": method,
            "onward": onward,
            "at": now().timestamp(),
        }
        return SECOND_STEP
    return be_in(found, method=method, onward=onward, is_strong=is_strong)


def be_in(found: Account, *, method: str, onward: str, is_strong: bool) -> str:
    """Begin the session of somebody who has given every proof that they can, and commit."""
    keys = keys_for(
        email=found.email, address=request.remote_addr or "", browser=known_browser(found.email)
    )
    begun = begin(
        session(),
        found,
        method=method,
        keys=keys,
        now=now(),
        browser=browser_in_words(request.headers.get("User-Agent", "")),
    )
    must_set_up = not is_strong and needs_second_factor(found) and not has_second_factor(found)
    session().commit()
    begin_session()
    login_user(found, remember=False, authn_via=[method])
    cookie["sign_in"] = str(begun.id)
    remember_browser(found.email)
    if must_set_up:
        cookie[MUST_SET_UP] = True
        return SET_UP
    return onward


def half_in() -> Half | None:
    """Give who owes the second proof in this browser, while there is still time for it."""
    half = cookie.get("half")
    if not isinstance(half, dict) or now().timestamp() - half["at"] > HALF_LASTS:
        return None
    person = session().get(Account, UUID(half["person"]))
    if person is None or not person.active:
        return None
    return Half(person, half["method"], half["onward"])


def has_second_factor(person: Person) -> bool:
    """Say whether somebody has set up codes from an app, or a passkey."""
    return has_app_codes(person) or bool(passkeys_of(session(), person))


def has_app_codes(person: Person) -> bool:
    """Say whether somebody has set up codes from an app."""
    return person.tf_primary_method == "authenticator" and person.tf_totp_secret is not None


def needs_second_factor(person: Person) -> bool:
    """Say whether somebody must have a second factor, by the roles they hold now."""
    if not config().needs_second_factor:
        return False
    return any(one.role in NEED_SECOND_FACTOR for one in holdings_of(session(), person))


def is_set_up() -> None:
    """Note that the second factor, which was asked for, is there."""
    cookie.pop(MUST_SET_UP, None)


def end() -> None:
    """Sign out whoever is signed in; the session is emptied in any case."""
    person = account()
    if person is not None:
        sign_out(session(), person, sign_in_id=UUID(cookie["sign_in"]), now=now())
        session().commit()
    logout_user()
    cookie.clear()
