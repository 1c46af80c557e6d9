"""Bringing last year's answers forward into a round that opens, to be checked and saved again."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.rounds.carrying import carried, still_fits
from audit_app.storage.models import Cycle
from audit_app.storage.queries.carrying import (
    LastAnswer,
    copy_answers,
    keep_first_versions,
    last_answers,
    put_forward,
)
from audit_app.storage.questionnaire_library import load


class Brought(NamedTuple):
    """How many answers came forward, and how many were left at which question of this year
    because they no longer fit it.
    """

    answers: int
    left: dict[str, int]


def bring_forward(session: Session, cycle: Cycle, *, now: datetime) -> Brought:
    """Bring answers into the returns of a round that nobody has begun; none counts until saved.

    The same meaning only: questions that can be compared like for like with last year's.
    """
    before = cycle.previous_cycle
    if before is None:
        return Brought(0, {})
    old, new = load(session, before.content_hash), load(session, cycle.content_hash)
    pairs = carried(old, new)
    plain = {one.old_id: one.new_id for one in pairs if one.fits_all}
    looked_at = {one.old_id: one.new_id for one in pairs if not one.fits_all}
    number = copy_answers(session, cycle, plain, at=now)
    fitting, left = _that_fit(session, cycle, new, looked_at, now=now)
    number += put_forward(session, fitting, at=now)
    keep_first_versions(session, cycle, at=now)
    return Brought(number, dict(left))


def _that_fit(
    session: Session, cycle: Cycle, new: Questionnaire, ids: dict[str, str], *, now: datetime
) -> tuple[list[tuple[str, LastAnswer]], Counter[str]]:
    fitting: list[tuple[str, LastAnswer]] = []
    left: Counter[str] = Counter()
    on = london_date(now)
    for answer in last_answers(session, cycle, ids) if ids else ():
        question_id = ids[answer.question_id]
        if answer.value is None and answer.not_applicable is None and not answer.commentary:
            continue
        if still_fits(
            new,
            question_id,
            value=answer.value,
            not_applicable=answer.not_applicable,
            kind=answer.kind,
            on=on,
            others={},
        ):
            fitting.append((question_id, answer))
        else:
            left[question_id] += 1
    return fitting, left
