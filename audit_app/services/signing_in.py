"""Signing in and out: what is written when somebody comes, fails to, or goes."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.services.recording import Event, record
from audit_app.services.throttling import Of, count_failure, forget_failures, hold
from audit_app.storage.models import Person, SignIn
from audit_app.storage.queries.sign_ins import end_sign_in, remove_old_sign_ins

KEPT = timedelta(days=2)
"""How long the row of a sign-in is kept; none lasts longer than a day's work."""


class MustWait(Exception):
    """Too many attempts failed; `until` says when the next one will be looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many attempts to sign in")
        self.until = until


class NotRecognised(Exception):
    """The address and the password do not belong together; which of them is wrong is not said."""


def prove(
    session: Session, person: Person | None, *, proved: bool, keys: dict[Of, str], now: datetime
) -> Person:
    """Let one proof of who somebody is count, or count the failure.

    Raises MustWait where earlier attempts, or others at this moment, have used up the tries;
    then a right password does not help. Raises NotRecognised for nobody, for somebody who has
    left, and for a wrong proof. What was counted must be committed in each case.

    Failures are forgotten only once somebody is in: a right password must not give whoever stole
    it any number of guesses at the second step.
    """
    until = hold(session, keys, at=now)
    if until is not None:
        raise MustWait(until)
    if person is None or not proved or not person.active:
        count_failure(session, keys, at=now)
        if person is not None:
            record(session, Event.SIGN_IN_FAILED, person, by=None, at=now)
        raise NotRecognised
    return person


def begin(
    session: Session,
    person: Person,
    *,
    method: str,
    keys: dict[Of, str],
    now: datetime,
    browser: str | None = None,
) -> SignIn:
    """Begin a sign-in of somebody who has proved who they are, by `method`."""
    forget_failures(session, keys)
    remove_old_sign_ins(session, person, before=now - KEPT)
    begun = SignIn(
        person_id=person.id,
        begun_at=now,
        proved_at=now,
        method=method,
        address_hash=keys[Of.ADDRESS],
        browser=browser,
    )
    session.add(begun)
    person.last_seen_at = now
    session.flush()
    record(session, Event.SIGNED_IN, person, by=person, at=now, details={"method": method})
    return begun


def sign_in(
    session: Session, person: Person | None, *, proved: bool, keys: dict[Of, str], now: datetime
) -> SignIn:
    """Let a person in whose password was `proved`; raises MustWait and NotRecognised."""
    found = prove(session, person, proved=proved, keys=keys, now=now)
    return begin(session, found, method="password", keys=keys, now=now)


def sign_out(session: Session, person: Person, *, sign_in_id: UUID, now: datetime) -> None:
    """End one sign-in for good: a copy of its cookie opens nothing any more."""
    end_sign_in(session, sign_in_id, at=now)
    record(session, Event.SIGNED_OUT, person, by=person, at=now)
