"""Who may sign a return, and keeping what was signed word for word."""

from datetime import datetime
from functools import cache
from pathlib import Path
from string import Template

from sqlalchemy.orm import Session

from audit_app.core.permissions import Role
from audit_app.core.signing import Signature, SignedBy, Ways, ways_to_send, wrong_in_spite
from audit_app.storage.models import (
    AuditReturn,
    Cycle,
    Person,
    Result,
    SignOff,
    SignOffRequest,
)
from audit_app.storage.queries.sign_offs import open_sign_off, standing_refusals
from audit_app.storage.queries.submitters import roles_at, signatories_of
from audit_app.storage.questionnaire_library import load

DECLARATION = Path(__file__).with_name("declaration.txt")


class SignatureNeeded(Exception):
    """Somebody else has to sign this return; `signatories` names who may."""

    def __init__(self, signatories: list[Person]) -> None:
        super().__init__("This return takes the signature of a signatory: nothing was sent")
        self.signatories = signatories


class DeclineStands(Exception):
    """Somebody else declined to sign this return, and `wrong` says what the reason lacks."""

    def __init__(self, refused: SignOffRequest, wrong: str) -> None:
        super().__init__(wrong)
        self.refused, self.wrong = refused, wrong


def declaration_for(audit_return: AuditReturn) -> str:
    """Give the words that are signed, for the organisation of a return."""
    return Template(_declaration()).substitute(organisation=audit_return.organisation.name)


def signed_by(session: Session, cycle: Cycle) -> SignedBy:
    """Say whose signature a round takes: what it says itself, else what its questionnaire says."""
    return cycle.signed_by or SignedBy(load(session, cycle.content_hash).signed_by)


def ways_of(session: Session, audit_return: AuditReturn, person: Person) -> Ways:
    """Say whether somebody who may submit a return signs it, or asks somebody else to."""
    signatories = signatories_of(session, audit_return)
    return ways_to_send(
        signed_by(session, audit_return.cycle),
        is_signatory=any(one.id == person.id for one in signatories),
        has_another=any(one.id != person.id for one in signatories),
    )


def may_decide(
    session: Session, audit_return: AuditReturn, request: SignOffRequest, person: Person
) -> bool:
    """Say whether a request may be signed or declined by somebody: a signatory, or who was asked.

    Both must have a role at the organisation still.
    """
    held = roles_at(session, audit_return, person)
    return Role.SIGNATORY in held or (bool(held) and request.asked_of_id == person.id)


def refuse_signing(session: Session, audit_return: AuditReturn, *, by: Person) -> None:
    """Raise SignatureNeeded where this person's signature is not the one that is needed."""
    request = open_sign_off(session, audit_return)
    if request is not None:
        allowed = may_decide(session, audit_return, request, by)
    else:
        allowed = ways_of(session, audit_return, by).may_sign
    if not allowed:
        raise SignatureNeeded(signatories_of(session, audit_return))


def declined_by_another(
    session: Session, audit_return: AuditReturn, person: Person
) -> SignOffRequest | None:
    """Give what somebody else declined last and nobody has signed since: to sign takes a reason."""
    return next(iter(_declined_by_others(session, audit_return, person)), None)


def refuse_in_spite(
    session: Session, audit_return: AuditReturn, *, reason: str, by: Person
) -> list[SignOffRequest]:
    """Give what is signed in spite of, the last first; raises DeclineStands where the reason for
    it is not right.

    Whoever declined may sign after all: it takes a reason only where somebody else did so too.
    """
    refusals = _declined_by_others(session, audit_return, by)
    if refusals and (wrong := wrong_in_spite(reason)):
        raise DeclineStands(refusals[0], wrong)
    return refusals


def _declined_by_others(
    session: Session, audit_return: AuditReturn, person: Person
) -> list[SignOffRequest]:
    standing = standing_refusals(session, audit_return)
    return [one for one in standing if one.decided_by_id != person.id]


def keep_signature(
    session: Session,
    audit_return: AuditReturn,
    result: Result,
    *,
    signature: Signature,
    by: Person,
    now: datetime,
    in_spite: str | None = None,
) -> SignOffRequest:
    """Keep who signed and the declaration as it was signed: it answers the request, if one is open.

    Where nobody was asked, whoever submits asks and signs in one go. `in_spite` says why it is
    signed although somebody else declined to.
    """
    request = open_sign_off(session, audit_return)
    if request is None:
        request = SignOffRequest(
            audit_return_id=audit_return.id,
            requested_at=now,
            requested_by_id=by.id,
            asked_of_id=by.id,
        )
        session.add(request)
    request.decision, request.decided_at, request.decided_by_id = SignOff.SIGNED, now, by.id
    request.name, request.role_in_words = signature.name.strip(), signature.role.strip()
    request.declaration = declaration_for(audit_return)
    request.result_id, request.reason = result.id, in_spite
    session.flush()
    return request


@cache
def _declaration() -> str:
    return " ".join(DECLARATION.read_text(encoding="utf-8").split())
