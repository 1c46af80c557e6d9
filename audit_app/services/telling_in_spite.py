"""Telling whoever declined to sign, and whoever asked, that somebody else signed all the same."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.services.letters import letter
from audit_app.services.letters.times import time_in_words
from audit_app.services.messaging import write_message
from audit_app.services.receipts import Links
from audit_app.storage.models import Person, SignOffRequest
from audit_app.storage.queries.colleagues import people_of


def tell_in_spite(
    session: Session,
    signed: SignOffRequest,
    refusals: Sequence[SignOffRequest],
    *,
    by: Person,
    now: datetime,
    links: Links,
) -> list[Person]:
    """Write to everybody whose word was passed over, once each, and give them.

    `refusals` are what was declined before `signed`, the last first. Whoever declined hears of
    their own reason, and so does whoever had asked them; whoever asked for the signature hears of
    the last one. Nobody is written to who signed, or who no longer works at the organisation.
    """
    audit_return = signed.audit_return
    here = {one.id for one in people_of(session, audit_return.organisation_id)}
    about: dict[Person, SignOffRequest] = {}
    for one in refusals:
        if one.decided_by is not None:
            about.setdefault(one.decided_by, one)
    for one in refusals:
        about.setdefault(one.requested_by, one)
    if refusals:
        about.setdefault(signed.requested_by, refusals[0])
    told = [one for one in about if one.id in here and one.id != by.id]
    for person in told:
        _write(session, signed, about[person], to=person, by=by, now=now, links=links)
    return told


def _write(
    session: Session,
    signed: SignOffRequest,
    refused: SignOffRequest,
    *,
    to: Person,
    by: Person,
    now: datetime,
    links: Links,
) -> None:
    audit_return, decliner = signed.audit_return, refused.decided_by
    words = letter(
        "signed_in_spite",
        audit=audit_return.cycle.title,
        organisation=audit_return.organisation.name,
        partnership=audit_return.cycle.partnership.name,
        reference=audit_return.reference or "",
        time=time_in_words(now),
        who="You" if decliner is None or decliner.id == to.id else decliner.name,
        declined_at=time_in_words(refused.decided_at or now),
        declined_because=refused.reason or "",
        signatory=signed.name or by.name,
        role=signed.role_in_words or "",
        because=signed.reason or "",
        link=links.page,
        copy=links.copy,
    )
    write_message(
        session,
        to=to,
        kind="signed_in_spite",
        subject=words.subject,
        body=words.body,
        at=now,
        dedup_key=f"signed_in_spite:{signed.id}:{to.id}",
        partnership=audit_return.cycle.partnership,
        audit_return=audit_return,
        by=by,
    )
