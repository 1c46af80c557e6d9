"""The e-mails of a round: the usual words of each, one text file a kind, or the round's own."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.rounds.deadlines import deadline_words
from audit_app.core.rounds.reminding import when_words
from audit_app.core.rounds.wording import KINDS, Letter, fill
from audit_app.services.messaging import DOMAIN
from audit_app.storage.base import uuid7
from audit_app.storage.models import AuditReturn, Cycle, Person
from audit_app.storage.queries.chasing import Recipient, recipients_of
from audit_app.storage.queries.outbox_in_bulk import put_messages

FOLDER = Path(__file__).parent


class Asked(NamedTuple):
    """A return as an e-mail needs to know it."""

    return_id: UUID
    organisation_id: UUID
    organisation: str
    due_at: datetime


class Posted(NamedTuple):
    """What came of writing to many: how many e-mails, about which returns, and who has nobody."""

    messages: int
    returns: frozenset[UUID]
    already: frozenset[UUID]
    unreachable: tuple[Asked, ...]


@cache
def usual_letter(kind: str) -> Letter:
    """Give the usual words of a kind of e-mail: the subject on the first line of its file."""
    subject, _, body = (FOLDER / f"{kind}.txt").read_text("utf-8").partition("\n")
    return Letter(subject.strip(), body.strip() + "\n")


def letter_of(cycle: Cycle, kind: str) -> Letter:
    """Give the words of a kind of e-mail in a round."""
    own = (cycle.texts or {}).get(kind)
    return Letter(own["subject"], own["body"]) if own else usual_letter(kind)


def letters_of(cycle: Cycle) -> dict[str, Letter]:
    """Give every e-mail of a round, by its kind."""
    return {kind: letter_of(cycle, kind) for kind in KINDS}


def asked_of(audit_return: AuditReturn) -> Asked:
    """Give what an e-mail needs to know of a return."""
    return Asked(
        audit_return.id,
        audit_return.organisation_id,
        audit_return.called,
        audit_return.due_at,
    )


def addressed(
    cycle: Cycle, letter: Letter, to: Recipient, about: Asked, *, today: date, base_address: str
) -> Letter:
    """Fill in an e-mail for one person about one return."""
    due_on = london_date(about.due_at)
    return fill(
        letter,
        {
            "name": to.name,
            "organisation": about.organisation,
            "audit": cycle.title,
            "partnership": cycle.partnership.name,
            "due": deadline_words(about.due_at),
            "when": when_words(due_on, today),
            "link": f"{base_address.rstrip('/')}/returns/{about.return_id}",
            "contact": contact_words(cycle),
        },
    )


def contact_words(cycle: Cycle) -> str:
    """Say whom to ask, a line for each way; the partnership itself where nobody was named."""
    said = (cycle.contact_name, cycle.contact_email, cycle.contact_telephone)
    return "\n".join(part for part in said if part) or cycle.partnership.name


def post(
    session: Session,
    cycle: Cycle,
    kind: str,
    about: Iterable[tuple[Asked, str]],
    *,
    by: Person | None,
    now: datetime,
    base_address: str,
) -> Posted:
    """Write an e-mail of a kind to everybody at each organisation, all at once.

    Each return comes with the occasion: nobody is written to twice about one return on one
    occasion, however often and by however many this is done.
    """
    wanted = list(about)
    today, letter = london_date(now), letter_of(cycle, kind)
    recipients = recipients_of(session, [one.organisation_id for one, _ in wanted], on=today)
    rows, key_of = [], {}
    for one, occasion in wanted:
        for to in recipients[one.organisation_id]:
            words = addressed(cycle, letter, to, one, today=today, base_address=base_address)
            key = f"{kind}:{one.return_id}:{occasion}:{to.email}"
            key_of[key] = one.return_id
            rows.append(
                {
                    "id": uuid7(),
                    "dedup_key": key,
                    "kind": kind,
                    "to_address": to.email,
                    "to_person_id": to.person_id,
                    "subject": words.subject,
                    "body": words.body,
                    "message_id": f"<{uuid7()}@{DOMAIN}>",
                    "partnership_id": cycle.partnership_id,
                    "audit_return_id": one.return_id,
                    "created_by_id": by.id if by is not None else None,
                    "created_at": now,
                    "send_after": now,
                    "attempts": 0,
                }
            )
    written = put_messages(session, rows)
    reached = frozenset(key_of[key] for key in written)
    return Posted(
        len(written),
        reached,
        frozenset(key_of.values()) - reached,
        tuple(one for one, _ in wanted if not recipients[one.organisation_id]),
    )
