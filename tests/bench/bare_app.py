"""The floor of a server: a bare Flask app that prints a page, or commits a row, and does no more.

It runs on the same server and writes to the same database through the same engine. `save` is a
view that commits one row; `plain_save` has what any honest save needs - a signed session, CSRF,
the person, the return and the answer as records, and a row of history - and nothing of ours.
"""

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from flask import Flask, abort, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from jinja2 import Template
from sqlalchemy import Engine, insert

from audit_app.storage.base import uuid7
from audit_app.storage.engine import make_engine, writing_session
from audit_app.storage.models import Answer, AuditReturn, Person
from tests.bench.bare_tables import BareHistory, BareRow
from tests.bench.plain_page import Facts, plain_page

PAGES = "BENCH_PAGES"
"""In the environment: the folder of the pages that are printed again."""

CSRF = CSRFProtect()


class Given(NamedTuple):
    """What a browser sent, and when it came."""

    question_id: str
    value: str
    saved_at: datetime


def make_app() -> Flask:
    """Make the app; the engine opens nothing before the first save."""
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(SECRET_KEY=os.environ["AUDIT_SECRET_KEYS"], WTF_CSRF_TIME_LIMIT=None)
    app.extensions["bare_engine"] = engine = make_engine(os.environ["AUDIT_DATABASE_URL"])
    CSRF.init_app(app)

    @app.get("/pages/<name>")
    def page(name: str) -> ResponseReturnValue:
        template, facts = _learnt(app, name)
        return render_template(template, csp_nonce=lambda: "nonce", **facts)

    @app.post("/save")
    def save() -> ResponseReturnValue:
        with engine.begin() as connection:
            connection.execute(insert(BareRow).values(id=uuid7(), **_given()._asdict()))
        return redirect("/saved", 303)

    CSRF.exempt(save)

    @app.get("/begin/<uuid:person_id>")
    def begin(person_id: UUID) -> ResponseReturnValue:
        session["person"] = str(person_id)
        return f'<input name="csrf_token" value="{generate_csrf()}">'

    @app.post("/plain-save/<uuid:return_id>")
    def plain_save(return_id: UUID) -> ResponseReturnValue:
        _save_plainly(engine, return_id)
        return redirect("/saved", 303)

    return app


def _save_plainly(engine: Engine, return_id: UUID) -> None:
    """Save an answer by the ORM, with who and what in a row of history."""
    given = _given()
    with writing_session(engine) as records:
        person = records.get(Person, UUID(session["person"]))
        audit_return = records.get(AuditReturn, return_id)
        if person is None or audit_return is None:
            abort(404)
        answer = records.get(Answer, (return_id, given.question_id))
        if answer is None:
            answer = Answer(audit_return_id=return_id, question_id=given.question_id, version=0)
            records.add(answer)
        answer.value, answer.commentary = "green", given.value
        answer.version, answer.saved_by_id = answer.version + 1, person.id
        answer.saved_at = given.saved_at
        records.add(
            BareHistory(
                id=uuid7(),
                at=given.saved_at,
                by_id=person.id,
                subject_id=return_id,
                details={"question": answer.question_id, "version": answer.version},
            )
        )
        records.commit()


def _given() -> Given:
    return Given(request.form["question"], request.form["commentary"], datetime.now(UTC))


@cache
def _learnt(app: Flask, name: str) -> tuple[Template, Facts]:
    html = (Path(os.environ[PAGES]) / f"{name}.html").read_text()
    made = plain_page(html, token="no token here", nonce="no nonce here")
    return app.jinja_env.from_string(made.template), made.facts
