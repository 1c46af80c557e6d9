"""Saying whom an organisation answers for: the owners that the reviews name."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from audit_app.services.counting_progress import count_progress
from audit_app.services.recording import Event, record
from audit_app.storage.models import AuditReturn, Organisation, Partnership, Person
from audit_app.storage.queries.chasing import STILL_OUT
from audit_app.storage.questionnaire_library import load


def set_answers_for(
    session: Session,
    organisation: Organisation,
    *,
    owners: Collection[str],
    within: Partnership,
    by: Person | None,
    now: datetime,
) -> int:
    """Keep whom an organisation answers for, and let its returns that are still to come ask so.

    What has been submitted stays as it was asked. An answer to a question that is no longer asked
    is kept out of sight. Gives how many returns ask something else now.
    """
    chosen = sorted(set(owners)) or None
    if chosen == organisation.answers_for:
        return 0
    before, organisation.answers_for = organisation.answers_for, chosen
    changed = [
        one
        for one in session.scalars(_still_out(organisation))
        if load(session, one.content_hash).names_owners
    ]
    for one in changed:
        one.answers_for = chosen
    session.flush()
    for one in changed:
        count_progress(session, one, by=by, now=now)
    record(
        session,
        Event.ORGANISATION_CHANGED,
        organisation,
        by=by,
        at=now,
        within=within,
        details={"answers_for": {"before": before or [], "after": chosen or []}},
    )
    return len(changed)


def _still_out(organisation: Organisation) -> Select[AuditReturn]:
    return (
        select(AuditReturn)
        .where(
            AuditReturn.organisation_id == organisation.id,
            AuditReturn.state.in_(STILL_OUT),
        )
        .order_by(AuditReturn.id)
        .with_for_update()
    )
