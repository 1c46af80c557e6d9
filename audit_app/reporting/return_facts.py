"""What every paper about one return says of it on its cover and at its foot."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import WORDS
from audit_app.core.organisations import KINDS
from audit_app.reporting.render import ACCENT
from audit_app.services.reading_returns import last_year_of
from audit_app.services.reading_submissions import Version, versions_of_return
from audit_app.storage.models import AuditReturn, SignOffRequest


class Copy(NamedTuple):
    """What makes the paper of one version a copy to keep: which it is, who signed, and its check.

    `number` is its place among the `of` versions that were sent. `address` is where the version is
    read on screen, with the same check number; empty where the service has no address.
    """

    number: int
    of: int
    check: str
    address: str
    name: str | None = None
    role: str | None = None
    declaration: str | None = None


class ReturnFacts(NamedTuple):
    """What the cover and the foot say of a return; `reference` is None in a draft.

    `last_overall` is the overall rating of the cycle before, and `last_cycle` its title.
    """

    organisation: str
    kind_words: str
    urn: str | None
    locality: str | None
    partnership: str
    cycle: str
    reference: str | None
    status: str
    submitted_at: datetime | None
    submitted_by: str | None
    printed_at: datetime
    signed: str | None = None
    declined: str | None = None
    on_behalf: str | None = None
    last_overall: str | None = None
    last_cycle: str | None = None
    copy: Copy | None = None
    accent: str = ACCENT


def facts_of_return(
    session: Session, audit_return: AuditReturn, moderated: str, now: datetime
) -> ReturnFacts:
    """Gather them of a return the caller was let into; `moderated` says how far it was checked."""
    organisation, partnership = audit_return.organisation, audit_return.cycle.partnership
    before = last_year_of(session, audit_return)
    by = audit_return.submitted_by
    versions = [one for one in versions_of_return(session, audit_return) if one.stands]
    signed = versions[0].signature if versions else None
    return ReturnFacts(
        organisation=audit_return.called,
        kind_words=KINDS[organisation.kind],
        urn=organisation.urn,
        locality=next(
            (
                belonging.locality.name
                for belonging in organisation.belongings
                if belonging.partnership_id == partnership.id and belonging.locality is not None
            ),
            None,
        ),
        partnership=partnership.name,
        cycle=audit_return.cycle.title,
        reference=audit_return.reference,
        status=moderated if audit_return.submitted_at else WORDS[audit_return.state],
        submitted_at=audit_return.submitted_at,
        submitted_by=by.name if by is not None else None,
        printed_at=now,
        signed=signed_words(signed) if signed is not None else None,
        declined=declined_words(versions[0]) if versions else None,
        on_behalf=audit_return.submitted_on_behalf_of,
        last_overall=before.result.overall.rating if before is not None else None,
        last_cycle=before.title if before is not None else None,
        accent=partnership.accent or ACCENT,
    )


def signed_words(signed: SignOffRequest) -> str:
    """Say who signed, as what, and the declaration word for word."""
    return f"{signed.name}, {signed.role_in_words}: “{signed.declaration}”"


def declined_words(version: Version) -> str | None:
    """Say who declined before, and why it was signed all the same; None where nobody had."""
    declined, signed = version.declined, version.signature
    if declined is None or signed is None:
        return None
    who = declined.decided_by.name if declined.decided_by is not None else ""
    return (
        f"{who}: “{declined.reason}” {signed.name} signed all the same, because: “{signed.reason}”"
    )
