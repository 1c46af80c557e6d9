"""The summary of a cycle, from its recorded results, with the cycle before beside it."""

from sqlalchemy.orm import Session

from audit_app.core.differences import differences
from audit_app.core.lifecycle import State
from audit_app.core.organisations import KINDS
from audit_app.core.summary import Returned, Summary, summarise
from audit_app.storage.models import Cycle, Person
from audit_app.storage.queries.cycle_figures import ReturnOfCycle, returns_of_cycle
from audit_app.storage.questionnaire_library import load

NO_LOCALITY = "No locality"


def summary_of_cycle(session: Session, cycle: Cycle, *, person: Person | None) -> Summary:
    """Give the figures of a cycle as the person reaches them; `person=None` is for jobs."""
    questionnaire = load(session, cycle.content_hash)
    before = cycle.previous_cycle
    summary = summarise(
        [_row(row) for row in returns_of_cycle(session, cycle, person=person)],
        sections=[
            (section.id, section.title) for section in questionnaire.sections if section.rated
        ],
        areas=[(area.id, area.title) for area in questionnaire.priority_areas],
        last=(
            [_row(row) for row in returns_of_cycle(session, before, person=person)]
            if before is not None
            else None
        ),
    )
    if before is None or before.content_hash == cycle.content_hash:
        return summary
    same = differences(load(session, before.content_hash), questionnaire).like_for_like
    return summary._replace(compared=(len(same), len(questionnaire.placed)))


def _row(row: ReturnOfCycle) -> Returned:
    return Returned(
        return_id=str(row.return_id),
        organisation=row.organisation,
        kind=KINDS[row.kind],
        locality=row.locality or NO_LOCALITY,
        state=row.state,
        was_on_time=row.submitted_at is not None and row.submitted_at < row.due_at,
        overall=row.overall_rating,
        sections=row.sections,
        areas=row.areas,
        is_validated=row.state is State.VALIDATED,
    )
