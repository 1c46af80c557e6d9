"""Having something sent to an address: the same answer, in the same time, whoever has it."""

from collections.abc import Callable

from flask import request

from audit_app.services.signing_in import MustWait
from audit_app.services.throttling import count_failure, hold, sending_keys_for
from audit_app.web.accounts import Account
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.known_browsers import known_browser
from audit_app.web.signing_in import account_of, password_fits


def have_sent(email: str, send: Callable[[Account], None]) -> None:
    """Send something to whoever has this address, if anybody has, and commit; raises MustWait.

    Every request counts towards a growing wait, so that nobody's mailbox is filled by others. The
    work of a password is done each time: beside it, the writing of a message does not show.
    """
    password_fits("", None)
    keys = sending_keys_for(
        email=email, address=request.remote_addr or "", browser=known_browser(email)
    )
    until = hold(session(), keys, at=now())
    if until is not None:
        session().commit()
        raise MustWait(until)
    count_failure(session(), keys, at=now())
    found = account_of(email)
    if found is not None and found.active:
        send(found)
    session().commit()
