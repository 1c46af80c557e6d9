"""Every way in which a save can come to nothing: what was typed is kept, shown, and why is said."""

from uuid import UUID

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from audit_app.services.keeping_drafts import keep_draft, typed_fields
from audit_app.storage.models import AuditReturn, Person
from audit_app.storage.queries.returns import return_open_to
from audit_app.web.access import current_person
from audit_app.web.clock import now
from audit_app.web.database import late_changes, session
from audit_app.web.errors import keeps_when_signed_out, shows_again
from audit_app.web.own_paths import sign_in_address
from audit_app.web.returns.adding_rows import Changed
from audit_app.web.returns.anothers import anothers_page
from audit_app.web.returns.asking import (
    Asking,
    as_closed,
    as_not_asked,
    as_typed,
    asking,
    beside_theirs,
)
from audit_app.web.returns.awaiting import awaits_signature
from audit_app.web.returns.entered import Entered
from audit_app.web.returns.fields import FieldProblem, problem_at
from audit_app.web.returns.forms import NEVER_SEEN, read_form, seen_version
from audit_app.web.returns.opening import is_open_for
from audit_app.web.returns.saving_said import said, wants_data
from audit_app.web.returns.typed import Typed
from audit_app.web.returns.whose import whose_form
from audit_app.web.typed_text import typed_text

REFUSED, CONFLICT, BAD, SIGNED_OUT = 422, 409, 400, 403
BACK_IN = "/account/back-in"


def refused(given: Entered, typed: Typed, errors: list[FieldProblem]) -> ResponseReturnValue:
    """Show the form again with what is wrong; what was typed is kept and does not count."""
    _keep(given)
    if wants_data():
        return said("draft", problems=errors)
    asked = _again(given)
    if asked.place is None:
        return as_not_asked(asked, typed), CONFLICT
    return as_typed(asked, asked.place, typed, version=_seen(), errors=errors), REFUSED


def rows_changed(given: Entered, changed: Changed) -> ResponseReturnValue:
    """Show a table with a row more or less; what stands in the others is kept."""
    _keep(given)
    asked = _again(given)
    if asked.place is None:
        return as_not_asked(asked, changed.typed), CONFLICT
    problems = [problem_at(given.question, "", changed.problem, asked.columns)]
    errors = problems if changed.problem else []
    page = as_typed(
        asked,
        asked.place,
        changed.typed,
        version=_seen(),
        errors=errors,
        rows_changed=not errors,
    )
    return page, REFUSED if errors else 200


def closed(given: Entered, typed: Typed) -> ResponseReturnValue:
    """Say that the return takes no answer any more."""
    _keep(given)
    if wants_data():
        return said("closed", awaits=awaits_signature(given.audit_return))
    return as_closed(_again(given), typed), CONFLICT


def not_asked(given: Entered, typed: Typed) -> ResponseReturnValue:
    """Say that another answer has hidden the question."""
    _keep(given)
    return said("not_asked") if wants_data() else (as_not_asked(_again(given), typed), CONFLICT)


def stale(given: Entered, typed: Typed) -> ResponseReturnValue:
    """Say that another answer was saved since this page was opened, and show both."""
    _keep(given)
    if wants_data():
        return said("conflict")
    asked = _again(given)
    if asked.place is None:
        return as_not_asked(asked, typed), CONFLICT
    return beside_theirs(asked, asked.place, typed, asked.saved), CONFLICT


@shows_again("returns.save")
def out_of_date(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Show the form again with everything that was typed, when its token was out of date.

    The request may not be this person's own: only what bears the seal of a page of theirs is kept.
    What bears the seal of somebody else's page is kept for them and not shown.
    """
    whose = whose_form()
    if whose is not None and whose.person_id != current_person().id:
        return anothers_page(is_kept=_kept_for_whoever_was_here(return_id, question_id))
    asked = asking(return_id, question_id)
    typed = read_form(asked.question, request.form, asked.columns)
    is_theirs = whose == (current_person().id, return_id, question_id)
    if is_theirs:
        with late_changes() as changes:
            _put_aside(changes, asked.audit_return, question_id, by=current_person())
            changes.commit()
    if wants_data():
        return said("out_of_date", kept=is_theirs)
    if not is_open_for(asked.audit_return, question_id):
        return as_closed(asked, typed, is_kept=is_theirs), CONFLICT
    if asked.place is None:
        return as_not_asked(asked, typed, is_kept=is_theirs), CONFLICT
    text = "This page was open too long, so nothing was saved: save it again"
    errors = [FieldProblem("save", text)]
    return as_typed(asked, asked.place, typed, version=_seen(), errors=errors), BAD


@keeps_when_signed_out("returns.save")
def signed_out(return_id: UUID, question_id: str) -> ResponseReturnValue:
    """Put what was typed aside for whoever was given the page, and ask them to sign in.

    Nothing is kept of a form without the seal of a page: it may come from anywhere.
    """
    is_kept = _kept_for_whoever_was_here(return_id, question_id)
    if wants_data():
        return said("signed_out", kept=is_kept, sign_in=sign_in_address(next_path=BACK_IN))
    page = render_template(
        "errors/signed_out.html",
        typed=typed_text(),
        is_kept=is_kept,
        sign_in=sign_in_address(next_path=request.path),
    )
    return make_response(page, SIGNED_OUT)


def _kept_for_whoever_was_here(return_id: UUID, question_id: str) -> bool:
    whose = whose_form()
    if whose is None or (whose.return_id, whose.question_id) != (return_id, question_id):
        return False
    with late_changes() as changes:
        person = changes.get(Person, whose.person_id)
        if person is None or not person.active:
            return False
        audit_return = return_open_to(changes, person, return_id)
        if audit_return is None:
            return False
        _put_aside(changes, audit_return, question_id, by=person)
        changes.commit()
    return True


def only_kept(given: Entered) -> ResponseReturnValue:
    """Keep what is typed beside somebody else's answer, until the person has chosen.

    It is kept as typed by somebody who has not seen what stands now: opened again, the page
    shows both.
    """
    _keep(given, seen=NEVER_SEEN)
    if wants_data():
        return said("draft")
    return redirect(request.path, 303)


def _keep(given: Entered, *, seen: int | None = None) -> None:
    """Keep what was typed for the person who is signed in, and commit it."""
    with late_changes() as changes:
        _put_aside(changes, given.audit_return, given.question.id, by=current_person(), seen=seen)
        changes.commit()


def _put_aside(
    changes: Session,
    audit_return: AuditReturn,
    question_id: str,
    *,
    by: Person,
    seen: int | None = None,
) -> None:
    keep_draft(
        changes,
        audit_return,
        question_id,
        fields=typed_fields(request.form.items(multi=True)),
        seen_version=_seen() if seen is None else seen,
        by=by,
        now=now(),
    )


def _again(given: Entered) -> Asking:
    """Read the return again as it stands now, with all that its page shows."""
    session().expire(given.audit_return)
    return asking(given.audit_return.id, given.question.id)


def _seen() -> int | None:
    return seen_version(request.form)
