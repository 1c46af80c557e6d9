"""The sample of a round that audits consultations: drawn while it is planned, watched after."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from audit_app.core.comparing_audits import Figures
from audit_app.core.permissions import Permission
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.moves import CycleMove, CycleMoveNotPossible, cycle_may
from audit_app.services.comparing_audits import figures_of_sample, is_in
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.replacing_auditors import may_be_replaced
from audit_app.services.sampling import (
    SampledFacts,
    add_consultation,
    auditors_offered,
    audits_consultations,
    take_out,
)
from audit_app.storage.models import AuditReturn, Cycle, SampledConsultation
from audit_app.storage.queries.consultations import audits_of_sample, sample_of
from audit_app.web.access import current_person, needs
from audit_app.web.admin.choices import Choice
from audit_app.web.admin.rounds.planning import REFUSED, TOO_LONG_OPEN
from audit_app.web.admin.rounds.reading import (
    day_parts,
    problems,
    read_day,
    said_wrong,
    typed_day,
    words,
)
from audit_app.web.admin.rounds.views import round_or_404, rounds
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.errors import shows_again

FIELDS = ("caller", "taker", "first", "second")
HELD = "The day of the consultation"


class Audit(NamedTuple):
    """One of the two audits: whose it is, and whether it is in."""

    auditor: str
    is_in: bool
    return_id: UUID | None
    may_be_replaced: bool


class SampleLine(NamedTuple):
    """One consultation of the sample; `is_complete` where both audits are in."""

    consultation: SampledConsultation
    audits: list[Audit]
    is_complete: bool


class SamplePage(NamedTuple):
    """The sample of one round, and how far its auditors agree so far."""

    lines: list[SampleLine]
    complete: int
    figures: Figures
    may_change: bool


@rounds.get("/<uuid:cycle_id>/sample")
@needs(Permission.RUN_ROUNDS)
def sample(cycle_id: UUID) -> ResponseReturnValue:
    """The consultations of a round, their auditors, and which audits are in."""
    return _page(sampling_or_404(cycle_id), {**dict.fromkeys(FIELDS, ""), "held": day_parts(None)})


@rounds.post("/<uuid:cycle_id>/sample")
@needs(Permission.RUN_ROUNDS)
def add_to_sample(cycle_id: UUID) -> ResponseReturnValue:
    """Add a consultation, or say what is wrong with it."""
    cycle, typed = sampling_or_404(cycle_id), _typed()
    held = read_day(typed["held"], "held", HELD)
    wrong = [held] if isinstance(held, Wrong) else []
    facts = SampledFacts(
        None if isinstance(held, Wrong) else held,
        typed["caller"],
        typed["taker"],
        _id(typed["first"]),
        _id(typed["second"]),
    )
    try:
        made = add_consultation(session(), cycle, facts=facts, by=current_person(), now=now())
    except CycleRefused as refused:
        session().rollback()
        # A day that could not be read is told once, as what it is.
        told = [one for one in refused.wrong if not (wrong and one.part == "held")]
        return _page(sampling_or_404(cycle_id), typed, [*wrong, *told]), REFUSED
    except CycleMoveNotPossible as late:
        return _too_late(cycle, late)
    if wrong:
        session().rollback()
        return _page(sampling_or_404(cycle_id), typed, wrong), REFUSED
    session().commit()
    flash(f"Consultation {made.number} was added.", "success")
    return _back(cycle)


@rounds.post("/<uuid:cycle_id>/sample/<int:number>/take-out")
@needs(Permission.RUN_ROUNDS)
def take_out_of_sample(cycle_id: UUID, number: int) -> ResponseReturnValue:
    """Take a consultation out again."""
    cycle = sampling_or_404(cycle_id)
    try:
        was_there = take_out(session(), cycle, number, by=current_person(), now=now())
    except CycleMoveNotPossible as late:
        return _too_late(cycle, late)
    session().commit()
    if was_there:
        flash(f"Consultation {number} was taken out; those after it moved up.", "success")
    return _back(cycle)


@shows_again("rounds.add_to_sample")
def sample_again(cycle_id: UUID) -> ResponseReturnValue:
    """Show the form with everything that was typed, when its token was out of date."""
    return _page(sampling_or_404(cycle_id), _typed(), [TOO_LONG_OPEN]), 400


def sampling_or_404(cycle_id: UUID) -> Cycle:
    """Give a round that audits consultations and that this person coordinates."""
    cycle = round_or_404(cycle_id)
    if not audits_consultations(session(), cycle):
        abort(404)
    return cycle


def _page(cycle: Cycle, typed: Mapping[str, Any], wrong: list[Wrong] | None = None) -> str:
    audits = audits_of_sample(session(), cycle)
    lines = [_line(one, audits.get(one.id, [])) for one in sample_of(session(), cycle)]
    page = SamplePage(
        lines,
        sum(line.is_complete for line in lines),
        figures_of_sample(session(), audits, today=today()),
        cycle_may(cycle.state, CycleMove.CHANGE),
    )
    errors = problems(wrong or [], elsewhere={"held": "held-day", "save": "caller"})
    return render_template(
        "admin/rounds/sample.html",
        cycle=cycle,
        page=page,
        auditors=[
            Choice(str(one.organisation_id), one.name)
            for one in auditors_offered(session(), cycle, now=now())
        ],
        typed=typed,
        errors=errors,
        wrong=said_wrong(errors),
    )


def _line(one: SampledConsultation, audits: list[AuditReturn]) -> SampleLine:
    by_agency = {audit.organisation_id: audit for audit in audits}
    found = []
    for auditor in one.auditors:
        audit = by_agency.get(auditor.id)
        found.append(
            Audit(
                auditor.name,
                audit is not None and is_in(audit),
                audit.id if audit else None,
                audit is not None and may_be_replaced(audit),
            )
        )
    return SampleLine(one, found, all(audit.is_in for audit in found))


def _typed() -> dict[str, Any]:
    return {
        **{name: words(request.form, name) for name in FIELDS},
        "held": typed_day(request.form, "held"),
    }


def _id(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


def _too_late(cycle: Cycle, late: Exception) -> Response:
    session().rollback()
    flash(f"{late}.", "error")
    return _back(cycle)


def _back(cycle: Cycle) -> Response:
    return redirect(url_for("rounds.sample", cycle_id=cycle.id), 303)
