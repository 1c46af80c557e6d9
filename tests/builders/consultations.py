"""Builders of sampled consultations with their two audits; everything here is invented."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.storage.models import (
    AuditReturn,
    Cycle,
    Organisation,
    Partnership,
    SampledConsultation,
)
from tests.builders.adding import added
from tests.builders.people import make_organisation
from tests.builders.returns import make_cycle, make_return
from tests.core.tiny import FOLDER

CONSULTATIONS = (FOLDER / "two_agencies_audit_one_consultation.yaml").read_text("utf-8")


def make_agency(session: Session, *, at: Any, **values: Any) -> Organisation:
    """Make an agency that may audit."""
    return make_organisation(session, at=at, kind=values.pop("kind", "nhs"), **values)


def make_consultation(
    session: Session,
    *,
    cycle: Cycle | None = None,
    auditors: tuple[Organisation, Organisation] | None = None,
    number: int = 1,
    **values: Any,
) -> SampledConsultation:
    """Make a consultation in the sample of a round, and no returns for it."""
    cycle = cycle or make_cycle(session, text=CONSULTATIONS)
    county = session.get_one(Partnership, cycle.partnership_id)
    first, second = auditors or (make_agency(session, at=county), make_agency(session, at=county))
    one = SampledConsultation(
        cycle_id=cycle.id,
        number=number,
        held_on=values.pop("held_on", date(2026, 5, 14)),
        caller=values.pop("caller", "A childminder"),
        taker=values.pop("taker", "the front door"),
        first_auditor_id=first.id,
        second_auditor_id=second.id,
    )
    return added(session, one)


def make_audits(
    session: Session,
    *,
    states: tuple[State | str, State | str] = (State.IN_PROGRESS, State.IN_PROGRESS),
    consultation: SampledConsultation | None = None,
    **values: Any,
) -> tuple[AuditReturn, AuditReturn]:
    """Make the two audits of a consultation, each in its state."""
    one = consultation or make_consultation(session, **values)
    first, second = (
        make_return(
            session,
            cycle=one.cycle,
            organisation=auditor,
            state=state,
            consultation_id=one.id,
            consultation_number=one.number,
        )
        for auditor, state in zip(one.auditors, states, strict=True)
    )
    return first, second
