"""One question before one person, and its page in every state it can be in."""

from typing import NamedTuple
from uuid import UUID

from flask import abort, render_template, request
from werkzeug.datastructures import MultiDict

from audit_app.core.awaiting import Change
from audit_app.core.confirming import Touched, touched
from audit_app.core.lifecycle import State
from audit_app.core.permissions import Permission
from audit_app.core.progress import SectionProgress
from audit_app.core.questionnaire import is_put_to
from audit_app.core.questions import Question
from audit_app.core.replies import Reply
from audit_app.core.tables import Column
from audit_app.storage.models import Answer, AnswerDraft, AuditReturn, ChangeRequest
from audit_app.storage.queries.change_requests import open_changes
from audit_app.web.access import current_person
from audit_app.web.database import session
from audit_app.web.returns.awaiting import awaiting_said
from audit_app.web.returns.checking_answers import check_typed
from audit_app.web.returns.evidence_part import evidence_part
from audit_app.web.returns.fields import FieldProblem, said_together
from audit_app.web.returns.forms import read_form
from audit_app.web.returns.last_answers import last_answer, said
from audit_app.web.returns.opening import Opened, opened, return_for
from audit_app.web.returns.question_page import (
    BACK_TO,
    Draft,
    Theirs,
    columns_of,
    question_page,
)
from audit_app.web.returns.question_words import words_of
from audit_app.web.returns.reasons import reasons_for
from audit_app.web.returns.typed import Typed, typed_from
from audit_app.web.returns.typed_words import typed_words
from audit_app.web.returns.whose import Whose, sealed


class Asking(NamedTuple):
    """A question of a return; `place` is its section, or None where an answer has hidden it."""

    found: Opened
    question: Question
    place: SectionProgress | None
    columns: list[Column]

    @property
    def audit_return(self) -> AuditReturn:
        """Give the return."""
        return self.found.audit_return

    @property
    def replies(self) -> dict[str, Reply]:
        """Give what the return says, by question."""
        return self.found.replies

    @property
    def saved(self) -> Answer | None:
        """Give the answer that is kept."""
        return self.found.answers.get(self.question.id)

    @property
    def is_answered(self) -> bool:
        """Say whether the answer that is kept stands."""
        reply = self.found.replies.get(self.question.id)
        return reply is not None and reply.stands


def asking(return_id: UUID, question_id: str) -> Asking:
    """Load a question that is put to this organisation, for somebody who may answer it."""
    found = opened(return_for(return_id, Permission.ANSWER_RETURN))
    placed = found.questionnaire.placed.get(question_id)
    if placed is None or not is_put_to(placed, found.kind):
        abort(404)
    question = placed.question
    return Asking(found, question, found.section_of(question_id), columns_of(found, question))


def as_saved(asked: Asking, place: SectionProgress) -> str:
    """Show the question with the answer that is kept."""
    reply = asked.found.replies.get(asked.question.id)
    typed = typed_from(asked.question, reply, asked.columns)
    return _page(asked, place, typed, version=asked.saved.version if asked.saved else None)


def as_typed(
    asked: Asking,
    place: SectionProgress,
    typed: Typed,
    *,
    version: int | None,
    errors: list[FieldProblem],
    rows_changed: bool = False,
) -> str:
    """Show the question with everything that was typed, and what is wrong with it."""
    typed = typed.filled_from(saved_in(asked))
    return _page(asked, place, typed, version=version, errors=errors, rows_changed=rows_changed)


def beside_theirs(
    asked: Asking, place: SectionProgress, typed: Typed, current: Answer | None
) -> str:
    """Show both texts, and the form with the person's own, to be saved over the other or not."""
    theirs = theirs_beside(asked, typed, current)
    version = current.version if current is not None else None
    return _page(asked, place, typed, version=version, theirs=theirs)


def theirs_beside(asked: Asking, typed: Typed, current: Answer | None) -> Theirs:
    """Say what somebody else saved, and what this person typed, in words."""
    found, words = asked.found, ""
    if current is not None:
        words = said(current, asked.question, found.questionnaire, found.values)
    return Theirs(current, words, _typed_words(asked, typed))


def as_drafted(asked: Asking, place: SectionProgress, draft: AnswerDraft) -> str:
    """Show the question with what was typed and not saved, and why it does not count."""
    typed = drafted(asked, draft)
    reply, problems = check_typed(asked.question, typed, asked.found.context, asked.columns)
    saved = asked.saved
    if reply is not None and saved is not None and touched(saved, reply) is Touched.NOTHING:
        return as_saved(asked, place)
    if draft.seen_version != (saved.version if saved else None):
        return beside_theirs(asked, place, typed, saved)
    kept = Draft(draft.typed_at, said_together(problems))
    return _page(asked, place, typed, version=draft.seen_version, draft=kept)


def drafted(asked: Asking, draft: AnswerDraft) -> Typed:
    """Read what was kept as it is read from a form."""
    typed = read_form(asked.question, MultiDict(draft.fields), asked.columns)
    return typed.filled_from(saved_in(asked))


def saved_in(asked: Asking) -> Typed:
    """Give the fields as the saved answer fills them in."""
    return typed_from(asked.question, asked.replies.get(asked.question.id), asked.columns)


def as_closed(asked: Asking, typed: Typed, *, is_kept: bool = True) -> str:
    """Say that the return is closed, and give back what was typed."""
    words = words_of(asked.found.questionnaire, asked.question, asked.found.kind)
    mine = _typed_words(asked, typed)
    return render_template(
        "returns/closed.html",
        found=asked.found,
        words=words,
        mine=mine,
        is_kept=is_kept,
        awaits=awaiting_said(asked.audit_return, Change.ANSWER),
    )


def as_not_asked(asked: Asking, typed: Typed | None, *, is_kept: bool = True) -> str:
    """Say that an earlier answer has hidden the question, and give back what was typed."""
    words = words_of(asked.found.questionnaire, asked.question, asked.found.kind)
    mine = _typed_words(asked, typed) if typed is not None and not typed.is_blank else None
    return render_template(
        "returns/not_asked.html",
        found=asked.found,
        words=words,
        mine=mine,
        is_kept=is_kept,
        has_answer=asked.saved is not None,
    )


def _typed_words(asked: Asking, typed: Typed) -> list[tuple[str, str]]:
    return typed_words(asked.question, typed, asked.found.questionnaire, asked.columns)


def _page(
    asked: Asking,
    place: SectionProgress,
    typed: Typed,
    *,
    version: int | None,
    errors: list[FieldProblem] | None = None,
    theirs: Theirs | None = None,
    draft: Draft | None = None,
    rows_changed: bool = False,
) -> str:
    person = current_person()
    page = question_page(
        asked.found,
        place,
        asked.question,
        typed,
        version=version,
        columns=asked.columns,
        errors=errors,
        last=last_answer(asked.found, asked.question),
        reasons=reasons_for(asked.question, asked.found.kind),
        theirs=theirs,
        draft=draft,
        whose=sealed(Whose(person.id, asked.audit_return.id, asked.question.id)),
        then=then if (then := request.values.get("then", "")) in BACK_TO else "",
    )
    return render_template(
        "returns/question.html",
        page=page,
        errors=page.errors,
        found=asked.found,
        evidence=evidence_part(asked.found, asked.question),
        asked_for=_change_asked_for(asked),
        person_id=person.id,
        rows_changed=rows_changed,
    )


def _change_asked_for(asked: Asking) -> ChangeRequest | None:
    if asked.audit_return.state is not State.CHANGES_REQUESTED:
        return None
    return open_changes(session(), asked.audit_return).get(asked.question.id)
