"""Asking another agency to audit a consultation, while the first has entered nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.moves import CycleState
from audit_app.services.letters import letter
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.recording import Event, record
from audit_app.services.round_letters import Posted, asked_of, post
from audit_app.services.running_cycles import OPENED
from audit_app.services.sampling import auditors_offered, wrong_pair
from audit_app.services.telling import tell_organisation
from audit_app.storage.models import AuditReturn, Person, SampledConsultation
from audit_app.storage.queries.consultations import forget_beginnings, has_anything_entered
from audit_app.storage.queries.cycle_scope import InScope
from audit_app.storage.queries.returns import hold_return
from audit_app.storage.queries.rounds import hold_cycle

NO_AUDIT = "Only an audit of a consultation has an auditor"
NOT_OPEN = "An auditor can be replaced while the round is open"
ENTERED = "{} has begun this audit, so another agency cannot take it over"


def may_be_replaced(audit_return: AuditReturn) -> bool:
    """Say whether an audit stands where its auditor can be replaced, as far as its state tells."""
    return (
        audit_return.consultation_id is not None
        and audit_return.cycle.state is CycleState.OPEN
        and audit_return.state is State.NOT_STARTED
    )


def why_not_replaced(session: Session, audit_return: AuditReturn) -> str | None:
    """Say in words why an auditor cannot be replaced; None where that is possible."""
    if audit_return.consultation_id is None:
        return NO_AUDIT
    if audit_return.cycle.state is not CycleState.OPEN:
        return NOT_OPEN
    if not may_be_replaced(audit_return) or has_anything_entered(session, audit_return):
        return ENTERED.format(audit_return.organisation.name)
    return None


def auditors_instead(
    session: Session, audit_return: AuditReturn, *, now: datetime
) -> list[InScope]:
    """Give the agencies that could take an audit over, by name: neither of the two there are."""
    taken = {one.id for one in _consultation(audit_return).auditors}
    offered = auditors_offered(session, audit_return.cycle, now=now)
    return [one for one in offered if one.organisation_id not in taken]


def replace_auditor(
    session: Session,
    audit_return: AuditReturn,
    *,
    organisation_id: UUID | None,
    by: Person | None,
    now: datetime,
    base_address: str,
) -> Posted:
    """Give an audit to another agency, which is invited; the first is told that it is not needed.

    Sections that were given to somebody at the first are given to nobody. Raises CycleRefused
    with words, as where anything was entered: a word, a file, an action, a spreadsheet.
    """
    hold_cycle(session, audit_return.cycle)
    hold_return(session, audit_return)
    wrong = _wrong(session, audit_return, organisation_id, now=now)
    if wrong or organisation_id is None:
        raise CycleRefused(wrong)
    before = audit_return.organisation
    _tell_the_first(session, audit_return, by=by, now=now)
    consultation = _consultation(audit_return)
    if consultation.first_auditor_id == before.id:
        consultation.first_auditor_id = organisation_id
    else:
        consultation.second_auditor_id = organisation_id
    audit_return.organisation_id = organisation_id
    audit_return.version += 1
    forget_beginnings(session, audit_return)
    session.flush()
    session.refresh(audit_return, ["organisation"])
    session.refresh(consultation, ["first_auditor", "second_auditor"])
    record(
        session,
        Event.AUDITOR_REPLACED,
        audit_return,
        by=by,
        at=now,
        details={
            "cycle": str(audit_return.cycle_id),
            "consultation": consultation.number,
            "before": before.name,
            "after": audit_return.organisation.name,
        },
    )
    return post(
        session,
        audit_return.cycle,
        OPENED,
        [(asked_of(audit_return), f"instead:{audit_return.version}")],
        by=by,
        now=now,
        base_address=base_address,
    )


def _wrong(
    session: Session, audit_return: AuditReturn, organisation_id: UUID | None, *, now: datetime
) -> list[Wrong]:
    why_not = why_not_replaced(session, audit_return)
    if why_not:
        return [Wrong("state", why_not)]
    offered = {one.organisation_id for one in auditors_instead(session, audit_return, now=now)}
    if organisation_id not in offered or organisation_id is None:
        return [Wrong("auditor", "Choose another agency")]
    auditors = _consultation(audit_return).auditors
    (other,) = (one for one in auditors if one.id != audit_return.organisation_id)
    return [Wrong("auditor", one.text) for one in wrong_pair(session, organisation_id, other.id)]


def _tell_the_first(
    session: Session, audit_return: AuditReturn, *, by: Person | None, now: datetime
) -> None:
    words = letter(
        "audit_taken_back",
        audit=audit_return.cycle.title,
        partnership=audit_return.cycle.partnership.name,
        organisation=audit_return.organisation.name,
        consultation=_consultation(audit_return).name,
    )
    tell_organisation(
        session,
        audit_return,
        words,
        kind="audit_taken_back",
        occasion=str(audit_return.version),
        by=by,
        now=now,
    )


def _consultation(audit_return: AuditReturn) -> SampledConsultation:
    if audit_return.consultation is None:
        raise CycleRefused([Wrong("state", NO_AUDIT)])
    return audit_return.consultation
