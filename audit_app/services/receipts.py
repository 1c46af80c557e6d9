"""Receipts: whoever submits, and whoever asked them to, gets one for each submission."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.on_behalf import OnBehalf
from audit_app.services.letters import letter
from audit_app.services.letters.times import time_in_words
from audit_app.services.messaging import write_message
from audit_app.services.telling import tell_organisation
from audit_app.storage.models import AuditReturn, Person, Result, Stage
from audit_app.storage.queries.sign_offs import sign_offs_of
from audit_app.storage.queries.submitted_answers import submissions_of


class Links(NamedTuple):
    """Where a version that was sent is read as a page, and where its copy to keep is, as PDF."""

    page: str
    copy: str


NOWHERE = Links("", "")


def write_receipts(
    session: Session,
    audit_return: AuditReturn,
    result: Result,
    *,
    by: Person,
    now: datetime,
    on_behalf: OnBehalf | None = None,
    links: Links = NOWHERE,
    besides: Collection[Person] = (),
) -> None:
    """Write to whoever submitted that it arrived, and to whoever asked for the signature.

    What was entered for an organisation is told to everybody there. Whoever asked and is among
    `besides` has had another letter about this signature.
    """
    if on_behalf is not None:
        words = letter(
            "submitted_on_behalf",
            audit=audit_return.cycle.title,
            organisation=audit_return.organisation.name,
            partnership=audit_return.cycle.partnership.name,
            reference=audit_return.reference or "",
            time=time_in_words(now),
            person=by.name,
            behalf=on_behalf.words,
            link=links.page,
            copy=links.copy,
        )
        tell_organisation(
            session,
            audit_return,
            words,
            kind="submitted_on_behalf",
            occasion=str(result.id),
            by=by,
            now=now,
        )
        return
    words = letter(
        "return_submitted",
        audit=audit_return.cycle.title,
        organisation=audit_return.organisation.name,
        reference=audit_return.reference or "",
        time=time_in_words(now),
        link=links.page,
        copy=links.copy,
    )
    _receipt(session, audit_return, words.subject, words.body, by, by, now, f"{result.id}")
    for one in sign_offs_of(session, audit_return):
        is_asker = one.result_id == result.id and one.requested_by_id != by.id
        if is_asker and one.requested_by not in besides:
            words = letter(
                "return_signed",
                audit=audit_return.cycle.title,
                organisation=audit_return.organisation.name,
                reference=audit_return.reference or "",
                time=time_in_words(now),
                signatory=one.name or by.name,
                link=links.page,
                copy=links.copy,
            )
            key = f"{result.id}:{one.requested_by_id}"
            _receipt(
                session, audit_return, words.subject, words.body, one.requested_by, by, now, key
            )


def address_of(audit_return: AuditReturn, base_address: str) -> str:
    """Give the address with the reference: it leads to the return a year later as it does today."""
    if not base_address:
        return ""
    return f"{base_address.rstrip('/')}/returns/reference/{audit_return.reference}"


def links_to(session: Session, audit_return: AuditReturn, base_address: str) -> Links:
    """Give where the version that was just sent is read, and where its copy is."""
    page = address_of(audit_return, base_address)
    number = sum(
        one.result.stage is Stage.SUBMITTED for one in submissions_of(session, audit_return)
    )
    return Links(page, f"{page}/version-{number}.pdf" if page else "")


def _receipt(
    session: Session,
    audit_return: AuditReturn,
    subject: str,
    body: str,
    to: Person,
    by: Person,
    now: datetime,
    key: str,
) -> None:
    write_message(
        session,
        to=to,
        kind="return_submitted",
        subject=subject,
        body=body,
        at=now,
        dedup_key=f"return_submitted:{key}",
        partnership=audit_return.cycle.partnership,
        audit_return=audit_return,
        by=by,
    )
