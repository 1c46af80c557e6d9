"""The floor of a page: our own app, with views that print plain Jinja beside the real ones.

Sign-in, session, permission, headers, log and the loading of the return with its answers are the
program's own, and the frame of the page is too; only what is made of them is done by hand.
"""

import os
from uuid import UUID

from flask import Blueprint, Flask, abort, current_app, make_response, render_template
from flask import Response as Answer
from flask_wtf.csrf import generate_csrf
from jinja2 import Template

from audit_app.app import create_app
from audit_app.config import read_config
from audit_app.core.permissions import Permission
from audit_app.storage.queries.answers import answer_to, answers_of
from audit_app.storage.queries.assignments import sections_held
from audit_app.storage.queries.colleagues import names_of
from audit_app.storage.queries.last_cycle import last_return
from audit_app.storage.queries.working_now import seen_at
from audit_app.storage.questionnaire_library import load
from audit_app.web.access import current_person, needs
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.headers import csp_nonce
from audit_app.web.returns.my_returns_page import HERE_NOW
from audit_app.web.returns.opening import return_for
from tests.bench.plain_page import Facts, plain_page

SAME = "X-Same-Page"
plain = Blueprint("plain", __name__, url_prefix="/plain")

_learnt: dict[str, tuple[Template, Facts]] = {}


def make_app() -> Flask:
    """Make the app with its floor in it."""
    app = create_app(read_config(os.environ))
    app.register_blueprint(plain)
    return app


@plain.get("/returns/<uuid:return_id>")
@needs(Permission.READ_RETURN)
def task_list(return_id: UUID) -> Answer:
    """Print the task list of a return, with the names of those who are on it."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    load(session(), audit_return.content_hash)
    answers = answers_of(session(), audit_return)
    sections_held(session(), audit_return)
    names_of(session(), {one.saved_by_id for one in answers.values() if one.saved_by_id})
    seen_at(session(), [audit_return], since=now() - HERE_NOW, but=current_person())
    return _printed("returns.task_list", return_id=return_id)


@plain.get("/returns/<uuid:return_id>/questions/<question_id>")
@needs(Permission.ANSWER_RETURN)
def question(return_id: UUID, question_id: str) -> Answer:
    """Print one question with its answer, and last year's."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    load(session(), audit_return.content_hash)
    answers_of(session(), audit_return)
    before = last_return(session(), audit_return)
    if before is None or answer_to(session(), before, question_id) is None:
        abort(404)
    return _printed("returns.question", return_id=return_id, question_id=question_id)


def _printed(endpoint: str, **names: object) -> Answer:
    """Print a page by hand; the first time it is learnt from the real one, and compared with it."""
    key = f"{endpoint} {names}"
    if key not in _learnt:
        real = current_app.view_functions[endpoint](**names)
        made = plain_page(str(real), token=generate_csrf(), nonce=csp_nonce())
        _learnt[key] = current_app.jinja_env.from_string(made.template), made.facts
        template, facts = _learnt[key]
        by_hand = render_template(template, **facts)
        response = make_response(by_hand)
        response.headers[SAME] = "yes" if by_hand == real else "no"
        return response
    template, facts = _learnt[key]
    return make_response(render_template(template, **facts))
