"""Builders of what belongs to completing a return; everything here is invented."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from audit_app.storage.models import (
    Action,
    ActionStatus,
    AnswerVersion,
    AuditReturn,
    ChangeRequest,
    Evidence,
    EvidenceLink,
    EvidenceVersion,
    Organisation,
    Origin,
    Partnership,
    Person,
    Result,
    ReturnSpreadsheet,
    SectionAssignment,
    SignOffRequest,
    SubmittedAnswers,
)
from tests.builders.adding import NOW, NUMBERS, added
from tests.builders.people import make_organisation, make_partnership, make_person


def make_answer_version(
    session: Session, audit_return: AuditReturn, question_id: str = "1.1", **values: Any
) -> AnswerVersion:
    """Keep a version of an answer, the first unless the test says otherwise."""
    values.setdefault("version", 1)
    values.setdefault("value", "green")
    values.setdefault("at", NOW)
    version = AnswerVersion(audit_return_id=audit_return.id, question_id=question_id, **values)
    return added(session, version)


def make_submitted_answers(session: Session, result: Result, **values: Any) -> SubmittedAnswers:
    """Keep what a return said when a result was recorded."""
    answers = values.pop("answers", {"1.1": {"value": "green", "commentary": "Yes."}})
    return added(session, SubmittedAnswers(result_id=result.id, answers=answers))


def make_assignment(
    session: Session, audit_return: AuditReturn, person: Person, **values: Any
) -> SectionAssignment:
    """Give the first section of a return to a person."""
    values.setdefault("section_id", "1")
    values.setdefault("at", NOW)
    assignment = SectionAssignment(audit_return_id=audit_return.id, person_id=person.id, **values)
    return added(session, assignment)


def make_sign_off(
    session: Session, audit_return: AuditReturn, by: Person, **values: Any
) -> SignOffRequest:
    """Ask for a signature."""
    values.setdefault("requested_at", NOW)
    request = SignOffRequest(audit_return_id=audit_return.id, requested_by_id=by.id, **values)
    return added(session, request)


def make_change_request(
    session: Session, audit_return: AuditReturn, question_id: str = "1.1", **values: Any
) -> ChangeRequest:
    """Ask for one question to be looked at again."""
    values.setdefault("reason", "Say who checks it.")
    values.setdefault("at", NOW)
    request = ChangeRequest(audit_return_id=audit_return.id, question_id=question_id, **values)
    return added(session, request)


BEFORE_SENDING = NOW - timedelta(days=2)


def make_evidence(
    session: Session,
    *,
    organisation: Organisation | None = None,
    behind: AuditReturn | None = None,
    question_id: str = "1.1",
    **values: Any,
) -> Evidence:
    """Make an item with one file; `behind` a return it stands behind an answer of it."""
    if organisation is None:
        organisation = behind.organisation if behind else make_organisation(session)
    values.setdefault("title", f"Policy {next(NUMBERS):04}")
    values.setdefault("created_at", NOW)
    evidence = added(session, Evidence(organisation_id=organisation.id, **values))
    make_evidence_version(session, evidence)
    if behind is not None:
        make_evidence_link(session, evidence, behind, question_id)
    return evidence


def make_evidence_version(session: Session, evidence: Evidence, **values: Any) -> EvidenceVersion:
    """Make a file of an item, the first unless the test says otherwise."""
    version = EvidenceVersion(
        evidence_id=evidence.id,
        file_name=values.pop("file_name", "policy.pdf"),
        stored_name=values.pop("stored_name", f"{next(NUMBERS):040x}"),
        size=values.pop("size", 1000),
        content_type="application/pdf",
        sha256="0" * 64,
        at=values.pop("at", BEFORE_SENDING),
        **values,
    )
    return added(session, version)


def make_evidence_link(
    session: Session,
    evidence: Evidence,
    audit_return: AuditReturn,
    question_id: str = "1.1",
    **values: Any,
) -> EvidenceLink:
    """Let an item stand behind an answer, from before a return of the builders was sent."""
    values.setdefault("at", BEFORE_SENDING)
    link = EvidenceLink(
        evidence_id=evidence.id,
        audit_return_id=audit_return.id,
        question_id=question_id,
        **values,
    )
    return added(session, link)


def make_action(
    session: Session,
    *,
    partnership: Partnership | None = None,
    organisation: Organisation | None = None,
    audit_return: AuditReturn | None = None,
    status: ActionStatus | str = ActionStatus.OPEN,
    **values: Any,
) -> Action:
    """Make a whole action, due a month after NOW; of a return, it is its organisation's."""
    status = ActionStatus(status)
    if audit_return is not None:
        partnership = partnership or audit_return.cycle.partnership
        organisation = organisation or audit_return.organisation
        values["audit_return_id"] = audit_return.id
    partnership = partnership or make_partnership(session)
    if status in (ActionStatus.CLOSED, ActionStatus.CANCELLED):
        values.setdefault("closed_at", NOW)
    action = Action(
        partnership_id=partnership.id,
        organisation_id=organisation.id if organisation else None,
        origin=values.pop("origin", Origin.RETURN),
        what=values.pop("what", "Train every member of staff."),
        who=values.pop("who", "The manager"),
        by_when=values.pop("by_when", NOW.date() + timedelta(days=30)),
        how_known=values.pop("how_known", "The training record shows it."),
        status=status,
        created_at=values.pop("created_at", NOW),
        **values,
    )
    return added(session, action)


def make_return_spreadsheet(
    session: Session, audit_return: AuditReturn, **values: Any
) -> ReturnSpreadsheet:
    """Make a spreadsheet of a return that came back, with nothing in it unless the test says so."""
    spreadsheet = ReturnSpreadsheet(
        audit_return_id=audit_return.id,
        file_name=values.pop("file_name", "return.xlsx"),
        sha256="0" * 64,
        at=values.pop("at", NOW),
        by_id=(values.pop("by", None) or make_person(session)).id,
        rows=values.pop("rows", []),
        refused=values.pop("refused", []),
        **values,
    )
    return added(session, spreadsheet)
