"""What the personal data guard pointed out in a round: how often, where, and never the words."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.core.personal_data import RULES, Kind
from audit_app.storage.queries.guard_counts import GuardTotal, guard_counts_of_cycle
from audit_app.web.access import current_person, needs
from audit_app.web.admin.rounds.views import round_or_404, rounds
from audit_app.web.database import session


class Pointed(NamedTuple):
    """One kind in one return: how often it was asked about, and how often it stayed."""

    words: str
    shown: int
    kept: int


class Line(NamedTuple):
    """One return, and what was pointed out in it."""

    return_id: UUID
    organisation: str
    found: list[Pointed]


@rounds.get("/<uuid:cycle_id>/personal-data")
@needs(Permission.RUN_ROUNDS)
def personal_data(cycle_id: UUID) -> ResponseReturnValue:
    """What was pointed out in the returns of a round, all together and one by one."""
    cycle = round_or_404(cycle_id)
    counts = guard_counts_of_cycle(session(), cycle, person=current_person())
    return render_template(
        "admin/rounds/personal_data.html",
        cycle=cycle,
        all_together=list(_all_together(counts)),
        lines=list(_lines(counts)),
    )


def _all_together(counts: list[GuardTotal]) -> Iterable[Pointed]:
    """Add up each kind that was found at all, in the order of the rules."""
    for kind in Kind:
        of_kind = [one for one in counts if one.kind == kind]
        if of_kind:
            shown, kept = sum(one.shown for one in of_kind), sum(one.kept for one in of_kind)
            yield Pointed(RULES[kind].words, shown, kept)


def _lines(counts: list[GuardTotal]) -> Iterable[Line]:
    """Put what was found in one return into one line; the counts come in order of returns."""
    for (return_id, name), found in groupby(
        counts, key=lambda one: (one.return_id, one.organisation)
    ):
        yield Line(
            return_id,
            name,
            [Pointed(RULES[Kind(one.kind)].words, one.shown, one.kept) for one in found],
        )
