"""What a page that saves by itself is told, as data: the same checks, and the same words.

    state       saved, draft, conflict, closed, not_asked, out_of_date or signed_out
    version     the version of the answer that now stands where it was saved
    said        what came of it in a sentence, to be shown to the person
    waits       whether it was brought forward and does not count until it is confirmed
    problems    what is wrong, in few lines, each with the `href` of the first input and its `text`
    may_stay    the marks that say "Save it as it is" of what the personal data guard asks about
    kept        whether what was typed is kept for this person until they save it

A page opened with `Accept: application/json` gives what the page needs to save again after the
person has signed in: `csrf_token`, `whose`, `version`, and `person` to see that it is the same one.
"""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify, render_template, request
from flask_wtf.csrf import generate_csrf

from audit_app.web.clock import now
from audit_app.web.dates import long_time
from audit_app.web.guarding import marks_to_keep
from audit_app.web.returns.fields import FieldProblem, said_together
from audit_app.web.returns.whose import Whose, sealed

STATUS: dict[str, int] = {
    "saved": 200,
    "draft": 422,
    "conflict": 409,
    "closed": 409,
    "not_asked": 409,
    "out_of_date": 400,
    "signed_out": 403,
}
"""What each state answers with."""


def wants_data() -> bool:
    """Say whether the answer is to be data: only a script asks so."""
    accepted = request.accept_mimetypes
    return accepted.accept_json and not accepted.accept_html


def said(
    state: str,
    *,
    version: int | None = None,
    problems: Sequence[FieldProblem] = (),
    kept: bool = True,
    awaits: bool = False,
    waits: bool = False,
    aside: str = "",
    **more: Any,
) -> Response:
    """Say what came of a save."""
    listed = [{"href": one.href, "text": one.text} for one in said_together(problems)]
    words = render_template(
        "returns/saving_said.txt",
        state=state,
        at=long_time(now()),
        problems=listed,
        kept=kept,
        awaits=awaits,
        waits=waits,
        aside=aside,
    )
    guarded = [one for one in problems if one.mark]
    response = jsonify(
        state=state,
        version=version,
        said=words.strip(),
        problems=listed,
        kept=kept,
        waits=waits,
        may_stay=marks_to_keep(guarded) if guarded else "",
        **more,
    )
    response.status_code = STATUS[state]
    return response


def token_for(whose: Whose, *, version: int | None) -> Response:
    """Give an opened page what it needs to save again."""
    return jsonify(
        csrf_token=generate_csrf(),
        whose=sealed(whose),
        version=version,
        person=str(whose.person_id),
    )
