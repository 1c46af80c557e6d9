"""An invented county of 120 settings, two thirds returned, for the board's report."""

from datetime import UTC, datetime
from typing import Any

from audit_app.core.lifecycle import State
from audit_app.core.organisations import SETTING_KINDS
from audit_app.core.rag import Rag, worst
from audit_app.core.results import METHOD_VERSION
from audit_app.core.summary import Returned, Summary
from audit_app.core.summing_up import summarise
from audit_app.reporting.board_report import BoardFacts
from tests.reporting.examples import NOW, early_years

LOCALITIES = ("Coast", "East", "Fens and Marshes", "North", "Old Town")
KINDS = ("group", "group", "childminder", "group", "out_of_school", "childminder", "school_nursery")
NAMES = ("Larkfield", "Millpond", "Harbour", "Orchard", "Beacon", "Willow", "Kestrel", "Saltmarsh")
STATES = (State.NOT_STARTED, State.IN_PROGRESS, State.AWAITING_SIGN_OFF, State.IN_PROGRESS)
SECTIONS = tuple((section.id, section.title) for section in early_years().sections)
AREAS = tuple((area.id, area.title) for area in early_years().priority_areas)
UNSCORED = {"1", "12"}


def returned(number: int, *, year: int) -> Returned:
    """One invented setting's return; the East and the childminders find it harder."""
    kind = KINDS[number % len(KINDS)]
    place = LOCALITIES[number % len(LOCALITIES)]
    is_in = (number * 7 + year) % 3 != 0 or year == 2025
    state = STATES[number % 4]
    if is_in:
        state = State.VALIDATED if number % 6 == 1 else State.SUBMITTED
    sections = {
        name: _rating(number * 13 + int(name) * 29 + year, hard=place == "East")
        if name not in UNSCORED
        else "not_applicable"
        for name, _ in SECTIONS
    }
    rated = [Rag(rating) for rating in sections.values() if rating != "not_applicable"]
    lowest = worst(rated)
    return Returned(
        return_id=f"{year}-{number:04d}",
        organisation=f"{NAMES[number % 8]} {SETTING_KINDS[kind]} {number}",
        kind=SETTING_KINDS[kind],
        locality=place,
        state=state,
        was_on_time=is_in and number % 5 != 2,
        overall=("amber" if lowest == Rag.RED and number % 3 else lowest) if is_in else None,
        sections=dict(sections) if is_in else {},
        areas={"cumulative-risk": sections["6"], "record-transfer": sections["11"]}
        if is_in
        else {},
        is_validated=state is State.VALIDATED,
    )


def _rating(number: int, *, hard: bool) -> str:
    spread = number * 2654435761 % 100
    if spread < (6 if hard else 1):
        return "red"
    if spread > 97:
        return "not_applicable"
    return "amber" if spread < (24 if hard else 8) else "green"


def rows(count: int = 120, *, year: int = 2026) -> list[Returned]:
    """So many invented returns of a year."""
    return [returned(number, year=year) for number in range(count)]


def county(count: int = 120) -> Summary:
    """The summary of the invented county, with the cycle before beside it."""
    return summarise(rows(count), sections=SECTIONS, areas=AREAS, last=rows(count, year=2025))


def board_facts(**changes: Any) -> BoardFacts:
    """What the cover says of the invented county."""
    told = BoardFacts(
        partnership="Wendlemere Safeguarding Children Partnership",
        cycle="Early Years Safeguarding Audit 2026",
        questionnaire="Early Years Safeguarding Audit",
        questionnaire_key="early-years-audit/2026",
        content_hash=early_years().content_hash,
        method_version=METHOD_VERSION,
        due_at=datetime(2026, 11, 13, 17, 0, tzinfo=UTC),
        printed_at=NOW,
        reference="EYA-2026-BOARD-1",
        last_cycle="Early Years Safeguarding Audit 2025",
    )
    return told._replace(**changes)
