"""Where a question is answered: on a page of its own, or with others on one page."""

from flask import url_for

from audit_app.core.lifecycle import State
from audit_app.core.pages import page_of
from audit_app.web.returns.opening import Opened


def page_href(opened: Opened, question_id: str) -> str:
    """Give the address of the page a question stands on, alone or with others.

    What the partnership asked to be changed stands alone, with the reason beside it.
    """
    return_id = opened.audit_return.id
    page = page_of(opened.questionnaire, question_id, kind=opened.kind)
    if len(page) == 1 or opened.audit_return.state is State.CHANGES_REQUESTED:
        return url_for("returns.question", return_id=return_id, question_id=question_id)
    return url_for(
        "returns.together",
        return_id=return_id,
        question_id=page[0],
        _anchor=f"q-{question_id}" if question_id != page[0] else None,
    )
