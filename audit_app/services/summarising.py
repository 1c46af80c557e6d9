"""The summary of a cycle, from its recorded results, with the cycle before beside it."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.differences import differences
from audit_app.core.lifecycle import State
from audit_app.core.organisations import KINDS
from audit_app.core.summary import Returned, Summary
from audit_app.core.summing_up import Titles, sum_up, summarise
from audit_app.core.tallies import PartTally, ReturnTally, Tallies
from audit_app.storage.counting import count_changes
from audit_app.storage.models import Cycle, Person
from audit_app.storage.queries.board_counts import (
    SECTION,
    Reach,
    counts_of_parts,
    counts_of_returns,
    reach_of,
    states_counted,
)
from audit_app.storage.queries.consultations import pairs_in
from audit_app.storage.queries.cycle_figures import ReturnOfCycle, returns_of_cycle
from audit_app.storage.questionnaire_library import load

NO_LOCALITY = "No locality"


class _Titles(NamedTuple):
    sections: Titles
    areas: Titles


def figures_of_cycle(session: Session, cycle: Cycle, *, person: Person | None) -> Summary:
    """Give the figures of a cycle as the person reaches them, without the rows of single returns.

    They come from the counts that are kept with every change; `person=None` is for jobs.
    """
    if _audits_consultations(session, cycle):
        # They are few, and count in pairs: no count of single returns tells of them.
        return summary_of_cycle(session, cycle, person=person)._replace(rows=(), not_returned=())
    count_changes(session)
    before = cycle.previous_cycle
    now, then = _tallies(session, cycle, before, reach_of(session, cycle, person))
    summary = sum_up(now, **_titles(session, cycle)._asdict(), last=then if before else None)
    return _compared(session, cycle, summary)


def summary_of_cycle(session: Session, cycle: Cycle, *, person: Person | None) -> Summary:
    """Give the figures with every return in them, counted from the returns themselves."""
    before = cycle.previous_cycle
    summary = summarise(
        [_row(row) for row in returns_of_cycle(session, cycle, person=person)],
        **_titles(session, cycle)._asdict(),
        last=(
            [_row(row) for row in returns_of_cycle(session, before, person=person)]
            if before is not None
            else None
        ),
    )
    return _compared(session, cycle, summary)


def _audits_consultations(session: Session, cycle: Cycle) -> bool:
    return load(session, cycle.content_hash).unit == "consultation"


def _titles(session: Session, cycle: Cycle) -> _Titles:
    questionnaire = load(session, cycle.content_hash)
    return _Titles(
        [(section.id, section.title) for section in questionnaire.sections if section.rated],
        [(area.id, area.title) for area in questionnaire.priority_areas],
    )


def _compared(session: Session, cycle: Cycle, summary: Summary) -> Summary:
    before, questionnaire = cycle.previous_cycle, load(session, cycle.content_hash)
    off = frozenset(name for name, on in questionnaire.scoring.caps if not on)
    summary = summary._replace(section_word=questionnaire.section_word, caps_off=off)
    if questionnaire.unit == "consultation":
        summary = summary._replace(sample=pairs_in(session, cycle))
    if before is None or before.content_hash == cycle.content_hash:
        return summary
    versions = before.content_hash, cycle.content_hash
    if versions not in _COMPARED:
        then, now = (load(session, one) for one in versions)
        _COMPARED[versions] = len(differences(then, now).like_for_like), len(now.placed)
    return summary._replace(compared=_COMPARED[versions])


_COMPARED: dict[tuple[str, str], tuple[int, int]] = {}
"""How many questions of two versions are the same, of how many: a version never changes."""


def _tallies(
    session: Session, cycle: Cycle, before: Cycle | None, reach: Reach
) -> tuple[Tallies, Tallies]:
    """Read the counts of a cycle and of the one before, all three kinds for both at once."""
    cycles = [one for one in (cycle, before) if one is not None]
    now, then = Tallies([], [], [], {}), Tallies([], [], [], {})
    for is_now, locality, kind, *rest in counts_of_returns(session, cycles, reach):
        found = ReturnTally(locality or NO_LOCALITY, KINDS[kind], *rest)  # type: ignore[arg-type]
        (now if is_now else then).returns.append(found)
    for is_now, part, name, locality, rating, number in counts_of_parts(session, cycles, reach):
        tallies = now if is_now else then
        counted = PartTally(name, locality or NO_LOCALITY, rating, number)
        (tallies.sections if part == SECTION else tallies.areas).append(counted)
    for is_now, state, number in states_counted(session, cycles, reach):
        (now if is_now else then).states[state] = number
    return now, then


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
