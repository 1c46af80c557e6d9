"""What was typed on a page of several questions and is not saved: each is kept as on its own page.

A draft belongs to its question and to whoever typed it, so it stands on the question's own page
as well. Only what differs from the saved answer is kept.
"""

from collections.abc import Iterator
from uuid import UUID

from flask import request

from audit_app.core.confirming import Touched, touched
from audit_app.core.pages import page_of
from audit_app.services.keeping_drafts import discard_draft, keep_draft, typed_fields
from audit_app.storage.models import AnswerDraft, AuditReturn, Person
from audit_app.storage.queries.drafts import drafts_of
from audit_app.storage.queries.returns import return_open_to
from audit_app.web.access import current_person
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.returns.asking import Asking, drafted, saved_in, theirs_beside
from audit_app.web.returns.checking_answers import check_typed
from audit_app.web.returns.fields import said_together
from audit_app.web.returns.forms import read_form, seen_version
from audit_app.web.returns.opening import Opened, opened
from audit_app.web.returns.prefixed import PartOfForm
from audit_app.web.returns.question_page import Draft
from audit_app.web.returns.together_page import Entered, every_question
from audit_app.web.returns.whose import Whose, whose_form


def drafts_on(found: Opened, first: str) -> dict[str, AnswerDraft]:
    """Give what this person typed and has not saved at the questions of a page, by question."""
    names = page_of(found.questionnaire, first, kind=found.kind)
    kept = drafts_of(session(), found.audit_return, current_person())
    return {draft.question_id: draft for draft in kept if draft.question_id in names}


def entered_before(found: Opened, first: str) -> dict[str, Entered]:
    """Give the drafts of a page as they stand in its fields, and why they do not count."""
    drafts = drafts_on(found, first)
    entered = {}
    for asked in every_question(found, first) if drafts else ():
        draft = drafts.get(asked.question.id)
        shown = _as_drafted(asked, draft) if draft is not None else None
        if shown is not None:
            entered[asked.question.id] = shown
    return entered


def put_aside(asked: Asking, *, by: Person | None = None) -> bool:
    """Keep what was sent for one question, if it is not what is saved; the caller commits."""
    part = PartOfForm(request.form, asked.question.id)
    typed = read_form(asked.question, part, asked.columns)
    if typed._replace(was_sent=True) == saved_in(asked):
        return False
    keep_draft(
        session(),
        asked.audit_return,
        asked.question.id,
        fields=typed_fields((name, text) for name in part for text in part.getlist(name)),
        seen_version=seen_version(part),
        by=by or current_person(),
        now=now(),
    )
    return True


def put_page_aside(found: Opened, first: str) -> bool:
    """Keep all that was sent and is not saved; says whether there was any. The caller commits."""
    kept = [asked for asked in _sent(found, first) if put_aside(asked)]
    return bool(kept)


def put_own_aside(found: Opened, first: str, person: Person) -> bool:
    """Keep what bears the seal of a page that was given to this person; the caller commits.

    Whoever sent it may be somebody else, so nothing without the seal is kept.
    """
    own = [
        asked
        for asked in _sent(found, first)
        if whose_form(PartOfForm(request.form, asked.question.id))
        == Whose(person.id, found.audit_return.id, asked.question.id)
    ]
    kept = [asked for asked in own if put_aside(asked, by=person)]
    return bool(kept)


def discard(found: Opened, names: list[str]) -> None:
    """Throw away what this person typed at some questions; the caller commits."""
    for name in names:
        discard_draft(session(), found.audit_return, name, by=current_person())


def keep_for_whoever_was_here(return_id: UUID, first: str) -> tuple[Person | None, bool]:
    """Keep what was sent for the person whom its page was given to, and commit it.

    Gives that person, None where there is none, and whether anything was kept.
    """
    here = _whoever_was_here(return_id)
    if here is None:
        return None, False
    person, audit_return = here
    found = opened(audit_return)
    if first not in found.questionnaire.placed:
        return person, False
    is_kept = put_own_aside(found, first, person)
    session().commit()
    return person, is_kept


def _whoever_was_here(return_id: UUID) -> tuple[Person, AuditReturn] | None:
    """Give the person whom a page of this return was given to, if they may still answer it."""
    for name in request.form:
        question_id, _, field = name.rpartition(":")
        whose = whose_form(PartOfForm(request.form, question_id)) if field == "whose" else None
        if whose is None or whose.return_id != return_id:
            continue
        person = session().get(Person, whose.person_id)
        if person is None or not person.active:
            return None
        audit_return = return_open_to(session(), person, return_id)
        return (person, audit_return) if audit_return is not None else None
    return None


def _sent(found: Opened, first: str) -> Iterator[Asking]:
    for asked in every_question(found, first):
        if f"{asked.question.id}:version" in request.form:
            yield asked


def _as_drafted(asked: Asking, draft: AnswerDraft) -> Entered | None:
    """Give a draft as its field shows it; None where it says nothing that is not saved."""
    typed, saved = drafted(asked, draft), asked.saved
    reply, problems = check_typed(asked.question, typed, asked.found.context, asked.columns)
    if typed.is_blank and saved is None:
        return None
    if reply is not None and saved is not None and touched(saved, reply) is Touched.NOTHING:
        return None
    version = saved.version if saved is not None else None
    if draft.seen_version != version:
        return Entered(typed, version, theirs=theirs_beside(asked, typed, saved))
    return Entered(typed, version, draft=Draft(draft.typed_at, said_together(problems)))
