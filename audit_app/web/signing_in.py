"""From an address and a password to a session, and back: what happens between form and database."""

from uuid import UUID

from flask import request
from flask import session as cookie
from flask_login import logout_user
from flask_security.utils import login_user, verify_password
from sqlalchemy import select

from audit_app.services.signing_in import MustWait, NotRecognised, sign_in, sign_out
from audit_app.services.throttling import keys_for, wait_until
from audit_app.storage.engine import reading_session
from audit_app.storage.queries.people import person_by_email
from audit_app.web.accounts import Account, account
from audit_app.web.clock import now
from audit_app.web.database import engine, session
from audit_app.web.session_limits import begin_session

NOBODYS_PASSWORD = (
    "$argon2id$v=19$m=65536,t=3,p=4$4+zBl1VxfBRCTFDy4Fmyfw"  # noqa: S105 - it opens nothing
    "$WMTFPxBHkJQ9/uzBGfU4+JOt8J7eHTdqYkyIENARSbM"
)
"""A hash that no password fits: an unknown address takes as long as a known one."""

LONGEST_PASSWORD = 1000


def prove_and_begin(email: str, password: str) -> None:
    """Sign a person in; raises MustWait and NotRecognised.

    The password is looked at before the session for changes is opened, because that takes a
    while on purpose and nobody else could save meanwhile.
    """
    keys = keys_for(email=email, address=request.remote_addr or "")
    with reading_session(engine()) as looking:
        until = wait_until(looking, keys, at=now())
        person = person_by_email(looking, email)
    if until is not None:
        raise MustWait(until)
    stored = person.password if person is not None else None
    fits = verify_password(password[:LONGEST_PASSWORD], stored or NOBODYS_PASSWORD)
    proved = fits and stored is not None and len(password) <= LONGEST_PASSWORD
    found = session().scalar(select(Account).where(Account.email == email.lower()))
    try:
        begun = sign_in(session(), found, proved=proved, keys=keys, now=now())
    except (MustWait, NotRecognised):
        session().commit()
        raise
    session().commit()
    if found is None:
        raise NotRecognised
    begin_session()
    login_user(found, remember=False, authn_via=["password"])
    cookie["sign_in"] = str(begun.id)


def end() -> None:
    """Sign out whoever is signed in; the session is emptied in any case."""
    person = account()
    if person is not None:
        sign_out(session(), person, sign_in_id=UUID(cookie["sign_in"]), now=now())
        session().commit()
    logout_user()
    cookie.clear()


__all__ = ["MustWait", "NotRecognised", "end", "prove_and_begin"]
