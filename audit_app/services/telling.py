"""Telling an organisation what was done about its return: everybody there, each once."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.services.letters import Letter
from audit_app.services.messaging import write_message
from audit_app.storage.models import AuditReturn, Person
from audit_app.storage.queries.chasing import recipients_of


def tell_organisation(
    session: Session,
    audit_return: AuditReturn,
    words: Letter,
    *,
    kind: str,
    occasion: str,
    by: Person | None,
    now: datetime,
) -> int:
    """Write a letter to everybody at the organisation of a return, and count them.

    Nobody is written to twice on one occasion. None at all means that there is nobody to write to.
    """
    organisation_id = audit_return.organisation_id
    recipients = recipients_of(session, [organisation_id], on=london_date(now))[organisation_id]
    for one in recipients:
        write_message(
            session,
            to=one.email,
            kind=kind,
            subject=words.subject,
            body=words.body,
            at=now,
            dedup_key=f"{kind}:{audit_return.id}:{occasion}:{one.email}",
            partnership=audit_return.cycle.partnership,
            audit_return=audit_return,
            by=by,
        )
    return len(recipients)
