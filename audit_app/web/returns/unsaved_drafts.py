"""What a person typed in a return and has not saved, named so that they find their way back."""

from typing import NamedTuple

from audit_app.core.lifecycle import State
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import AnswerDraft
from audit_app.storage.queries.drafts import drafts_of
from audit_app.web.access import current_person
from audit_app.web.database import session
from audit_app.web.returns.asking import Asking, drafted
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_addresses import page_href
from audit_app.web.returns.question_page import columns_of
from audit_app.web.returns.typed import typed_from


class Unsaved(NamedTuple):
    """A question with something on it that does not count, and its page."""

    question_id: str
    href: str


def unsaved_in(found: Opened) -> list[Unsaved]:
    """Give this person's own drafts, in the order of the questions.

    A draft of a question that is not asked now, or that may not be answered, can be saved by
    nobody: it is shown at its own address only. Nor is one named that says what is saved.
    """
    mine = drafts_of(session(), found.audit_return, current_person())
    drafts = {draft.question_id: draft for draft in mine}
    if not drafts:
        return []
    is_changing = found.audit_return.state is State.CHANGES_REQUESTED
    opened = open_questions(session(), found.audit_return) if is_changing else None
    return [
        Unsaved(name, page_href(found, name))
        for place in found.progress.sections
        for name in place.asked
        if name in drafts and (opened is None or name in opened) and _differs(found, drafts[name])
    ]


def _differs(found: Opened, draft: AnswerDraft) -> bool:
    question = found.questionnaire.question(draft.question_id)
    asked = Asking(found, question, found.section_of(question.id), columns_of(found, question))
    saved = typed_from(question, found.replies.get(question.id), asked.columns)
    return drafted(asked, draft) != saved
