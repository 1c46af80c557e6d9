"""The start page, signing in and out, and what the service says of itself."""

from datetime import timedelta
from shutil import disk_usage

from flask import Blueprint, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from audit_app.core.permissions import Permission, Role
from audit_app.storage.migrating import State, check_engine
from audit_app.storage.queries.outbox import oldest_waiting
from audit_app.web.access import during_set_up, needs, roles
from audit_app.web.accounts import account
from audit_app.web.clock import now
from audit_app.web.coming_in import end
from audit_app.web.configured import config
from audit_app.web.database import engine, session
from audit_app.web.errors import shows_again
from audit_app.web.navigation import places_for
from audit_app.web.own_paths import SIGN_IN, own_path
from audit_app.web.signing_in import MustWait, NotRecognised, prove_and_begin
from audit_app.web.start.forms import SignInForm
from audit_app.web.waiting import TOO_MANY_REQUESTS, minutes_until, retry_after

start = Blueprint("start", __name__)

LATE = timedelta(minutes=15)
"""How long a message may wait before whoever watches the service should look."""

LEAST_ROOM = 16 * 2**20
"""Bytes that must be free in the data folder: a database that cannot grow takes no answer."""


@start.get("/")
@needs(Permission.ANYONE)
def start_page() -> ResponseReturnValue:
    """Show what the service is for; take whoever is signed in to their own part of it."""
    if account() is None:
        return render_template("start/start_page.html")
    places = places_for(roles())
    work = [place for place in places if not place.is_for_reading]
    if len(work) == 1:
        return redirect(work[0].href)
    return render_template(
        "start/home.html", places=places, is_administrator=Role.ADMINISTRATOR in roles()
    )


@start.route(SIGN_IN, methods=["GET", "POST"])
@needs(Permission.ANYONE)
def sign_in() -> ResponseReturnValue:
    """Let people in by address and password."""
    form = SignInForm(next=request.args.get("next"))
    onward = own_path(form.next.data)
    if account() is not None:
        return redirect(onward)
    if not form.validate_on_submit():
        return sign_in_page(form)
    try:
        onward = prove_and_begin(form.email.data or "", form.password.data or "", onward=onward)
    except NotRecognised:
        return sign_in_page(form, not_recognised=True)
    except MustWait as wait:
        page = sign_in_page(form, wait=minutes_until(wait.until))
        return page, TOO_MANY_REQUESTS, retry_after(wait.until)
    return redirect(onward)


@shows_again("start.sign_in")
def sign_in_again() -> ResponseReturnValue:
    """Show the sign-in page afresh: it had been open since before the last session ended."""
    return sign_in_page(SignInForm(), out_of_date=True), 400


@start.post("/sign-out")
@needs(Permission.SIGNED_IN)
@during_set_up
def sign_out() -> ResponseReturnValue:
    """End this sign-in, and go back to the start."""
    end()
    return redirect("/")


@start.get("/accessibility")
@needs(Permission.ANYONE)
def accessibility() -> ResponseReturnValue:
    """Say how far everybody can use the service."""
    return render_template("start/accessibility.html")


@start.get("/privacy")
@needs(Permission.ANYONE)
def privacy() -> ResponseReturnValue:
    """Say what is kept about people, why, and how long."""
    return render_template("start/privacy.html", demonstration=config().demonstration)


@start.get("/health/live")
@needs(Permission.ANYONE)
def live() -> ResponseReturnValue:
    """Say that this process answers."""
    return {"live": True}


@start.get("/health/ready")
@needs(Permission.ANYONE)
def ready() -> ResponseReturnValue:
    """Say whether the database answers, has the tables of this version and can be written to, and
    since when the message waits that is due longest.

    Messages that wait do not make this process unfit: the pages work while the mail is away, and
    a balancer that heard "not ready" would take every process out. The age is there to be watched.
    """
    try:
        state = check_engine(engine())
        if state is not State.CURRENT:
            return {"ready": False, "database": state.value}, 503
        waiting = oldest_waiting(session(), now=now())
    except SQLAlchemyError:
        return {"ready": False, "database": "away"}, 503
    is_full = disk_usage(config().data).free < LEAST_ROOM
    if is_full and engine().dialect.name == "sqlite":
        return {"ready": False, "database": "full", "disk": "full"}, 503
    age = now() - waiting if waiting is not None else timedelta(0)
    return {
        "ready": True,
        "database": state.value,
        "disk": "full" if is_full else "room left",
        "messages": "late" if age > LATE else "on time",
        "oldest_message_seconds": max(0, int(age.total_seconds())),
    }


def sign_in_page(
    form: SignInForm, *, not_recognised: bool = False, wait: int = 0, out_of_date: bool = False
) -> str:
    """Print the sign-in page, with the reason why it is shown again."""
    return render_template(
        "start/sign_in.html",
        form=form,
        next=own_path(form.next.data, otherwise=""),
        not_recognised=not_recognised,
        wait=wait,
        out_of_date=out_of_date,
        was_ended=cookie.pop("was_ended", False),
        idle_minutes=int(config().idle_limit.total_seconds() // 60),
        demonstration=config().demonstration,
        single_sign_on=config().oidc,
    )
