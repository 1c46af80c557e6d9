"""Submitting a return: its result is recorded once, with its reference, and never changes."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.core.awaiting import Change
from audit_app.core.lifecycle import Move, MoveNotPossible, State, after
from audit_app.core.london import london_date
from audit_app.core.on_behalf import OnBehalf
from audit_app.core.results import Stage
from audit_app.core.sheet import Sheet, sheet_of
from audit_app.core.signing import Signature, usual_role
from audit_app.services.answering import ReturnIsClosed, is_over
from audit_app.services.awaiting import refuse_awaiting
from audit_app.services.looking_again import say_why_left
from audit_app.services.planning_actions import promise_plan
from audit_app.services.reading_returns import backed_replies
from audit_app.services.reading_to_sign import as_read, changed_since_read
from audit_app.services.receipts import links_to, write_receipts
from audit_app.services.recording import Event, record
from audit_app.services.recording_results import record_result
from audit_app.services.signing import keep_signature, refuse_in_spite, refuse_signing
from audit_app.services.telling_in_spite import tell_in_spite
from audit_app.storage.models import Answer, AuditReturn, Person, Result
from audit_app.storage.models import Stage as RecordedStage
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.change_requests import resolve_changes
from audit_app.storage.queries.references import next_reference
from audit_app.storage.queries.returns import hold_return
from audit_app.storage.queries.sign_offs import open_sign_off
from audit_app.storage.queries.submitters import roles_at
from audit_app.storage.questionnaire_library import asked_of


class ReturnIsIncomplete(Exception):
    """Questions that must be answered are not; `blocking` names them in the order asked."""

    def __init__(self, blocking: tuple[str, ...]) -> None:
        super().__init__(f"{len(blocking)} questions must still be answered")
        self.blocking = blocking


class AnswersHaveChanged(Exception):
    """Something was changed after whoever signs had read it: `names`. Nothing was sent.

    They are as `reading_to_sign.changed_since_read` gives them.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"{len(names)} things have changed since they were read")
        self.names = names


def submit(
    session: Session,
    audit_return: AuditReturn,
    *,
    by: Person,
    now: datetime,
    signature: Signature | None = None,
    seen: str = "",
    on_behalf: OnBehalf | None = None,
    base_address: str = "",
    in_spite: str = "",
    request: str = "",
    left: Mapping[str, str] | None = None,
) -> Result:
    """Submit a return, record its result and give it its reference; sent again, it keeps both.

    `seen` is what `as_read` gave for the page that was signed. Without a `signature` it is that of
    whoever submits, by name and role. With a `base_address` the receipts say where it is read.
    `in_spite` is why it is signed where somebody else declined to; `request` is the id of the
    request that was read, where one was. `left` says, by question, why an answer that was asked to
    be looked at again stays as it was.

    Raises MoveNotPossible where the state does not allow it (a second click, for one) or the
    request was decided or taken back meanwhile,
    ReturnIsClosed after the cycle's end, ReturnIsIncomplete while a question is open,
    AnswersHaveChanged, SignatureNeeded where somebody else has to sign, AwaitsSignature where that
    is sent for somebody which awaits a signature, DeclineStands where somebody else declined to
    sign and no reason is given to do so all the same, and NotLookedAt where an answer that was
    asked about is as it was and nobody said why.
    """
    hold_return(session, audit_return, alone=True)
    state = after(audit_return.state, Move.SUBMIT)
    if request:
        waiting = open_sign_off(session, audit_return)
        if waiting is None or str(waiting.id) != request:
            raise MoveNotPossible(audit_return.state, Move.SUBMIT)
    if is_over(audit_return, now):
        raise ReturnIsClosed(audit_return)
    if on_behalf is None:
        refuse_signing(session, audit_return, by=by)
    else:
        refuse_awaiting(session, audit_return, Change.ENTER_ON_BEHALF)
    refusals = refuse_in_spite(session, audit_return, reason=in_spite, by=by)
    answers = answers_of(session, audit_return)
    sheet = complete_sheet(session, audit_return, answers, now=now)
    if changed := changed_since_read(seen, as_read(session, audit_return, answers)):
        raise AnswersHaveChanged(changed)
    is_again = audit_return.state is State.CHANGES_REQUESTED
    asked = say_why_left(session, audit_return, reasons=left or {}) if is_again else []
    for name, answer in answers.items():
        # The colour kept beside each answer is the one the result was recorded with.
        found = sheet.result.questions.get(name)
        rated = found.self_rag if found is not None else None
        if answer.self_rating != rated:
            answer.self_rating = rated
    # Before the result, so that the plan is kept beside it as it was promised.
    promise_plan(session, audit_return, by=by, now=now)
    result = record_result(
        session, audit_return, sheet, stage=RecordedStage.SUBMITTED, by=by, now=now
    )
    audit_return.state = state
    if is_again:
        audit_return.sent_again_at, audit_return.sent_again_by_id = now, by.id
        resolve_changes(session, audit_return, by_id=by.id, at=now)
    else:
        audit_return.submitted_at, audit_return.submitted_by_id = now, by.id
        audit_return.submitted_on_behalf_of = on_behalf.words if on_behalf is not None else None
    audit_return.version += 1
    if audit_return.reference is None:
        audit_return.reference = next_reference(
            session, sheet.questionnaire.reference, audit_return.cycle.year
        )
    session.flush()
    signed = signature or Signature(by.name, usual_role(roles_at(session, audit_return, by)))
    why = in_spite.strip() if refusals else None
    kept = keep_signature(
        session, audit_return, result, signature=signed, by=by, now=now, in_spite=why
    )
    told = {"reference": audit_return.reference, "result": str(result.id), "signed_by": signed.name}
    if is_again:
        told["again"] = "yes"
        told["left_as_they_were"] = ", ".join(a.question_id for a in asked if not a.was_changed)
    if refusals and why is not None:
        last = refusals[0]
        told["declined_by"] = last.decided_by.name if last.decided_by else ""
        told |= {"declined_because": last.reason or "", "signed_in_spite_because": why}
    if on_behalf is not None:
        told |= on_behalf.details
    record(session, Event.RETURN_SUBMITTED, audit_return, by=by, at=now, details=told)
    links = links_to(session, audit_return, base_address)
    passed_over = tell_in_spite(session, kept, refusals, by=by, now=now, links=links)
    write_receipts(
        session,
        audit_return,
        result,
        besides=passed_over,
        by=by,
        now=now,
        on_behalf=on_behalf,
        links=links,
    )
    return result


def complete_sheet(
    session: Session, audit_return: AuditReturn, answers: Mapping[str, Answer], *, now: datetime
) -> Sheet:
    """Give a return as it would be sent now; raises ReturnIsIncomplete while a question is open."""
    sheet = sheet_of(
        asked_of(session, audit_return),
        backed_replies(session, audit_return, answers),
        kind=audit_return.organisation.kind,
        on=london_date(now),
        stage=Stage.SUBMITTED,
    )
    if not sheet.progress.may_submit:
        raise ReturnIsIncomplete(sheet.progress.blocking)
    return sheet
