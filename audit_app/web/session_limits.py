"""How long a sign-in lasts: while somebody is at work, and never beyond the day."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask, g, request, session

from audit_app.web.clock import now

SEEN_EVERY = 30
"""Seconds after which a session notes again that somebody is there; not on every click."""

NOBODY_THERE = "Audit-Nobody-There"
"""The header of what a page sends by itself: it keeps nobody signed in. Whoever leaves it out is
taken to be at work, as by any click."""


def limit_sessions(app: Flask, *, idle: timedelta, absolute: timedelta) -> None:
    """End sessions that were idle or signed in for too long, before anybody asks who it is."""

    def end_what_is_over() -> None:
        if "_user_id" not in session:
            return
        moment = now().timestamp()
        begun, seen = session.get("begun", 0), session.get("seen", 0)
        if moment - seen > idle.total_seconds() or moment - begun > absolute.total_seconds():
            session.clear()
            session["was_ended"] = True
        elif moment - seen > SEEN_EVERY and NOBODY_THERE not in request.headers:
            session["seen"] = moment

    app.before_request(end_what_is_over)


def seconds_left(session: Mapping[str, Any], idle: timedelta, absolute: timedelta) -> int:
    """Give for how many seconds a session stands if nothing more is done in it."""
    moment = now().timestamp()
    left = (session["seen"] + idle.total_seconds(), session["begun"] + absolute.total_seconds())
    return max(0, int(min(left) - moment))


def begin_session() -> None:
    """Start an empty session for somebody who has just proved who they are."""
    session.clear()
    g.pop("csrf_token", None)
    session["begun"] = session["seen"] = now().timestamp()
