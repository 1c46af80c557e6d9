"""What the pages of signing show: the declaration, who signs, and everything that is signed."""

from typing import Any

from flask import render_template, request, url_for

from audit_app.core.action_moves import STATUS_WORDS
from audit_app.core.signing import Signature, usual_role
from audit_app.services.answering import open_until
from audit_app.services.reading_plans import plan_of_return
from audit_app.services.reading_returns import working_sheet
from audit_app.services.reading_to_sign import ASKED, PLAN, as_read
from audit_app.services.signing import declaration_for, declined_by_another, may_decide, ways_of
from audit_app.services.submitting import ReturnIsIncomplete, complete_sheet
from audit_app.storage.models import AuditReturn, SignOffRequest
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.sign_offs import open_sign_off, standing_refusal
from audit_app.storage.queries.submitters import roles_at, signatories_of
from audit_app.web.access import current_person
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.entering import entering_for
from audit_app.web.returns.fields import FieldProblem, said_wrong
from audit_app.web.returns.left_as_it_is import asked_again
from audit_app.web.returns.opening import opened
from audit_app.web.returns.question_words import words_of
from audit_app.web.returns.sheet_pages import printed_tables
from audit_app.web.typed_names import one_line


def signature_typed(audit_return: AuditReturn) -> Signature:
    """Read who signs; where a form has no room for it, it is whoever is signed in."""
    usual = usual_signature(audit_return)
    return Signature(
        one_line(request.form.get("name", usual.name)),
        one_line(request.form.get("role", usual.role)),
    )


def usual_signature(audit_return: AuditReturn) -> Signature:
    """Give the signature that is offered: of whoever is signed in, or for whom they enter."""
    entering = entering_for(audit_return.id)
    if entering is not None:
        return Signature(entering.name, "")
    person = current_person()
    return Signature(person.name, usual_role(roles_at(session(), audit_return, person)))


def sign_page(
    audit_return: AuditReturn,
    blocking: tuple[str, ...],
    *,
    errors: list[FieldProblem] | None = None,
    changed: tuple[str, ...] = (),
) -> str:
    """Show the declaration with what is signed, or what must be answered before it can be.

    Where a request waits, a signatory gets every answer above it, on the one page. What was
    `changed` since the page was read is named, each a link to the answer as it is now.
    """
    waiting = open_sign_off(session(), audit_return)
    declined = declined_by_another(session(), audit_return, current_person())
    if blocking:
        errors = [FieldProblem("open-questions", OPEN)] if errors else []
    is_form = request.method == "POST" and "name" in request.form
    shown = {
        "audit_return": audit_return,
        "person": current_person(),
        "entering": entering_for(audit_return.id),
        "declaration": declaration_for(audit_return),
        "signature": signature_typed(audit_return) if is_form else usual_signature(audit_return),
        # What was changed meanwhile has to be confirmed anew.
        "declared": is_form and "declare" in request.form and not changed,
        "seen": as_read(session(), audit_return, answers_of(session(), audit_return)),
        "waiting": waiting,
        "refused": declined or standing_refusal(session(), audit_return),
        "takes_reason": declined is not None,
        "in_spite": request.form.get("in_spite", "") if is_form else "",
        "open_questions": question_links(audit_return, blocking),
        "changed": changed_links(audit_return, changed),
        "is_late": now() >= audit_return.due_at,
        "errors": errors or [],
        "wrong": said_wrong(errors or []),
        **asked_again(audit_return),
    }
    if waiting is None:
        ways = ways_of(session(), audit_return, current_person())
        sheet = working_sheet(session(), audit_return, today=today())
        plan = plan_of_return(session(), audit_return, sheet=sheet, today=today())
        return render_template("returns/submit.html", may_ask=ways.may_ask, plan=plan, **shown)
    found = opened(audit_return)
    try:
        answers = answers_of(session(), audit_return)
        sheet = complete_sheet(session(), audit_return, answers, now=now())
    except ReturnIsIncomplete:
        sheet = working_sheet(session(), audit_return, today=today())
    return render_template(
        "returns/sign_off.html",
        found=found,
        sheet=sheet,
        tables=printed_tables(sheet, found),
        plan=plan_of_return(session(), audit_return, sheet=sheet, today=today()),
        may_sign=may_decide(session(), audit_return, waiting, current_person()),
        status_words=STATUS_WORDS,
        **_who_can_sign(audit_return, waiting),
        open_until=open_until(audit_return),
        **shown,
    )


def _who_can_sign(audit_return: AuditReturn, waiting: SignOffRequest) -> dict[str, Any]:
    """Say whether whoever was asked has left, and who can sign instead."""
    asked = waiting.asked_of
    has_left = asked is not None and not may_decide(session(), audit_return, waiting, asked)
    signers = [one.name for one in signatories_of(session(), audit_return)]
    return {"asked_has_left": has_left, "signers": signers}


def changed_links(audit_return: AuditReturn, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give what has changed since it was read, each with a link to it as it is now."""
    others = {
        PLAN: ("The action plan", url_for("returns.action_plan", return_id=audit_return.id)),
        ASKED: (
            "What your organisation is asked, or its name",
            url_for("returns.check", return_id=audit_return.id),
        ),
    }
    asked = opened(audit_return).questionnaire.placed
    known = tuple(name for name in names if name in asked)
    return [*question_links(audit_return, known), *(others[one] for one in names if one in others)]


def question_links(audit_return: AuditReturn, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give ids with links to questions as they are put to this organisation."""
    found, return_id = opened(audit_return), audit_return.id
    questionnaire = found.questionnaire
    listed = []
    for name in names:
        title = words_of(questionnaire, questionnaire.question(name), found.kind).title
        href = url_for("returns.question", return_id=return_id, question_id=name, then="check")
        if name in found.progress.lacking:
            title = f"{title} (evidence needed)"
            href = url_for("returns.evidence_for", return_id=return_id, question_id=name)
        listed.append((title, href))
    return listed


OPEN = "Answer the questions that are still open"
