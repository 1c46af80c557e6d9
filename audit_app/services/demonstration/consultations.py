"""The demonstration's audit of consultations: six calls, each read by two agencies on their own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.london import london_date
from audit_app.core.questions import Question
from audit_app.services.demonstration.after_sending import Office
from audit_app.services.demonstration.agencies import open_round
from audit_app.services.demonstration.replying import LEFT_EMPTY
from audit_app.services.demonstration.rounds import Asked, load_return
from audit_app.storage.models import Partnership, SampledConsultation

SEED = 24
FRONT_DOOR = "Children’s advice line"

SAMPLE: tuple[tuple[str, int, int, State, State], ...] = (
    ("Community nursing team", 0, 6, State.SUBMITTED, State.SUBMITTED),
    ("Constabulary, custody suite", 0, 8, State.SUBMITTED, State.SUBMITTED),
    ("Day nursery", 8, 6, State.IN_PROGRESS, State.SUBMITTED),
    ("Housing officer", 0, 8, State.SUBMITTED, State.NOT_STARTED),
    ("Primary school", 4, 6, State.NOT_STARTED, State.IN_PROGRESS),
    ("Probation officer", 8, 0, State.NOT_STARTED, State.NOT_STARTED),
)
"""Who rang, the two agencies that audit by their numbers, and where each audit stands."""

LESSONS: tuple[str, ...] = (
    "The caller had three observations of the same kind and was asked about one. A question about "
    "how often, and since when, would have shown the pattern.",
    "Good advice, clearly given, and nobody wrote to the caller afterwards. The letter is what "
    "turns advice into something that can be followed up.",
    "Facts and opinion were kept apart, and the caller knew by whom and by when a decision comes.",
)


def load_consultations(
    session: Session,
    partnership: Partnership,
    heads: list[Asked],
    office: Office,
    questionnaires: Path,
    now: datetime,
) -> None:
    """Sample six consultations of the autumn, each for two agencies; some have audited theirs."""
    one = open_round(
        session,
        partnership,
        questionnaires,
        "consultation-audit",
        "Consultations without a name",
        now,
        due_in=12,
    )
    random = Random(SEED)  # noqa: S311 - a story, the same each time, not a secret
    for place, (caller, first, second, *states) in enumerate(SAMPLE):
        pair = (heads[first], heads[second])
        call = SampledConsultation(
            cycle_id=one.cycle.id,
            number=place + 1,
            held_on=london_date(now) - timedelta(days=60 + 9 * place),
            caller=caller,
            taker=FRONT_DOOR,
            first_auditor_id=pair[0].organisation.id,
            second_auditor_id=pair[1].organisation.id,
        )
        session.add(call)
        session.flush()
        for turn, (who, state) in enumerate(zip(pair, states, strict=True)):
            told = _told(call, place + turn)
            load_return(session, one, who, state, office, random, told=told, about=call)


def _told(call: SampledConsultation, turn: int) -> Callable[[Question, dict[str, Any]], Any]:
    """Tell what this auditor learned; the rest is drawn."""

    row = {
        "reference": f"CADS {call.number:04}",
        "made_on": call.held_on.isoformat(),
        "made_at": ("10:15", "16:50", "19:30")[call.number % 3],
        "hours": ("in_hours", "in_hours", "out_of_hours")[call.number % 3],
        "minutes": 4 + 3 * call.number,
    }
    said = {
        "C1": {"call": row},
        "C22": LEFT_EMPTY,
        "C23": LESSONS[turn % len(LESSONS)],
        "C24": LEFT_EMPTY,
    }

    def says(question: Question, values: dict[str, Any]) -> Any:
        return said.get(question.id)

    return says
