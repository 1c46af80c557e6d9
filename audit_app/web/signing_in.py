"""From an address and a proof to a session: what happens between form and database."""

from flask import request
from flask_security.utils import verify_password
from sqlalchemy import select

from audit_app.services.signing_in import MustWait, NotRecognised, prove
from audit_app.services.throttling import Of, keys_for, wait_until
from audit_app.storage.engine import reading_session
from audit_app.storage.queries.people import person_by_email
from audit_app.web.accounts import Account
from audit_app.web.clock import now
from audit_app.web.coming_in import come_in
from audit_app.web.database import engine, session
from audit_app.web.known_browsers import known_browser

NOBODYS_PASSWORD = (
    "$argon2id$v=19$m=65536,t=3,p=4$4+zBl1VxfBRCTFDy4Fmyfw"  # noqa: S105 - it opens nothing
    "$WMTFPxBHkJQ9/uzBGfU4+JOt8J7eHTdqYkyIENARSbM"
)
"""A hash that no password fits: an unknown address takes as long as a known one."""

LONGEST_PASSWORD = 1000


def prove_and_begin(email: str, password: str, *, onward: str) -> str:
    """Sign a person in by password and give where to go; raises MustWait and NotRecognised.

    The password is looked at before the session for changes is opened, because that takes a
    while on purpose and nobody else could save meanwhile.
    """
    keys = throttle_keys(email)
    with reading_session(engine()) as looking:
        until = wait_until(looking, keys, at=now())
        person = person_by_email(looking, email)
    if until is not None:
        raise MustWait(until)
    stored = person.password if person is not None else None
    proved = password_fits(password, stored)
    return let_in(email, proved=proved, method="password", onward=onward)


def let_in(email: str, *, proved: bool, method: str, onward: str) -> str:
    """Let one proof count for the account of an address; raises MustWait and NotRecognised."""
    found = account_of(email)
    try:
        prove(session(), found, proved=proved, keys=throttle_keys(email), now=now())
    except (MustWait, NotRecognised):
        session().commit()
        raise
    if found is None:
        raise NotRecognised
    return come_in(found, method=method, onward=onward)


def password_fits(password: str, stored: str | None) -> bool:
    """Say whether a password is the one; where there is none, it takes as long to say no."""
    fits = verify_password(password[:LONGEST_PASSWORD], stored or NOBODYS_PASSWORD)
    return fits and stored is not None and len(password) <= LONGEST_PASSWORD


def account_of(email: str) -> Account | None:
    """Give the account of an address, in this request's session."""
    return session().scalar(select(Account).where(Account.email == email.strip().lower()))


def throttle_keys(email: str) -> dict[Of, str]:
    """Give the keys under which failures of this address, from this place, are counted."""
    return keys_for(email=email, address=request.remote_addr or "", browser=known_browser(email))


__all__ = ["MustWait", "NotRecognised", "prove_and_begin"]
