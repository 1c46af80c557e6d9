"""How long a sign-in lasts: while somebody is at work, and never beyond the day."""

from datetime import timedelta

from flask import Flask, g, session

from audit_app.web.clock import now

SEEN_EVERY = 30
"""Seconds after which a session notes again that somebody is there; not on every click."""


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
        elif moment - seen > SEEN_EVERY:
            session["seen"] = moment

    app.before_request(end_what_is_over)


def begin_session() -> None:
    """Start an empty session for somebody who has just proved who they are."""
    session.clear()
    g.pop("csrf_token", None)
    session["begun"] = session["seen"] = now().timestamp()
