"""How long somebody is still signed in, staying so, and being back after signing in again."""

from flask import render_template
from flask import session as cookie
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.web.access import during_set_up, needs
from audit_app.web.account.views import account
from audit_app.web.configured import config
from audit_app.web.session_limits import seconds_left


@account.get("/time-left")
@needs(Permission.SIGNED_IN)
@during_set_up
def time_left() -> ResponseReturnValue:
    """Say for how many seconds somebody who does nothing stays signed in.

    To ask is to be there, unless the page asks by itself (see session_limits.py): the button
    "Stay signed in" asks here too.
    """
    return {"seconds": seconds_left(cookie, config().idle_limit, config().absolute_limit)}


@account.get("/back-in")
@needs(Permission.SIGNED_IN)
def back_in() -> ResponseReturnValue:
    """Send somebody back to the page they left open when they were signed out."""
    return render_template("account/back_in.html")
