"""What the answers of a return come to so far, and what somebody who checks it would ask about."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.explaining import CAP_WORDS, listed, why_section
from audit_app.core.permissions import Permission
from audit_app.core.rag import WORDS
from audit_app.core.rating_sections import Cap
from audit_app.core.results import Stage
from audit_app.core.what_would_change import Draft, so_far
from audit_app.services.hinting import hints_of_return
from audit_app.services.reading_returns import sheet_of_return
from audit_app.web.access import needs
from audit_app.web.clock import today
from audit_app.web.database import session
from audit_app.web.returns.opening import is_open, opened, return_for
from audit_app.web.returns.question_words import section_title
from audit_app.web.returns.views import returns


@returns.get("/<uuid:return_id>/rating-so-far")
@needs(Permission.ANSWER_RETURN)
def rating_so_far(return_id: UUID) -> ResponseReturnValue:
    """Show each section's score and coverage so far, and which answers would change it."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    if not is_open(audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    found = opened(audit_return)
    return render_template(
        "returns/rating_so_far.html",
        found=found,
        so_far=so_far(Draft(found.questionnaire, found.replies, found.kind, today())),
        brought_forward=sum(reply.needs_review for reply in found.replies.values()),
        words=WORDS,
        listed=listed,
        why=lambda one: why_section(
            one.submitted, Stage.SUBMITTED, word=found.questionnaire.section_word
        ),
        held_by=_held_by,
        title=lambda section: section_title(section, found.kind),
    )


@returns.get("/<uuid:return_id>/hints")
@needs(Permission.ANSWER_RETURN)
def hints(return_id: UUID) -> ResponseReturnValue:
    """Show what somebody who checks the return would ask about, each with its questions."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    if not is_open(audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    sheet = sheet_of_return(session(), audit_return, today=today())
    return render_template(
        "returns/hints.html",
        found=opened(audit_return),
        hints=hints_of_return(session(), audit_return, sheet=sheet),
        words={line.question.id: line.words for one in sheet.sections for line in one.lines},
    )


def _held_by(caps: tuple[Cap, ...]) -> str:
    """Say what holds a section down, as the result will say it."""
    return "; ".join(
        CAP_WORDS[cap].format(
            names=listed(names), is_="is" if len(names) == 1 else "are", s="s" * (len(names) > 1)
        )
        for cap, names in caps
    )
