"""A form from a page that was given to another person, who was signed in on this browser before."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from audit_app.web.returns.saving_said import said, wants_data

CONFLICT = 409


def anothers_page(*, is_kept: bool) -> ResponseReturnValue:
    """Say that nothing was saved, and show nothing of what was typed: it is kept for its author.

    A page that saves by itself asks once more, and finds that somebody else is signed in.
    """
    if wants_data():
        return said("out_of_date", kept=is_kept)
    return make_response(render_template("errors/anothers_page.html", is_kept=is_kept), CONFLICT)
