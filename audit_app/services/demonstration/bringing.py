"""Last year's answers brought forward at one setting of the demonstration, to be confirmed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.rounds.carrying import carried, still_fits
from audit_app.storage.models import AuditReturn, Cycle, Organisation
from audit_app.storage.queries.carrying import keep_first_versions, last_answers, put_forward
from audit_app.storage.questionnaire_library import load

BROUGHT = 2
"""The setting where they are; everywhere else last year's answers stand beside the questions."""


def bring_forward_at(
    session: Session, cycle: Cycle, organisation: Organisation, *, now: datetime
) -> None:
    """Bring the answers that still fit into the return of one setting, which nobody has begun."""
    before = cycle.previous_cycle
    if before is None:
        return
    its_own = select(AuditReturn).filter_by(cycle_id=cycle.id, organisation_id=organisation.id)
    audit_return = session.scalars(its_own).one()
    new = load(session, cycle.content_hash)
    ids = {one.old_id: one.new_id for one in carried(load(session, before.content_hash), new)}
    on = london_date(now)
    fitting = [
        (ids[one.question_id], one)
        for one in last_answers(session, cycle, ids)
        if one.return_id == audit_return.id
        and still_fits(
            new,
            ids[one.question_id],
            value=one.value,
            not_applicable=one.not_applicable,
            kind=one.kind,
            on=on,
            others={},
        )
    ]
    put_forward(session, fitting, at=now)
    keep_first_versions(session, cycle, at=now)
