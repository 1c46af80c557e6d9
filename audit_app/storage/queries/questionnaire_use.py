"""Which rounds use a version of a questionnaire, and whether it was withdrawn."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.models import Cycle, CycleState, QuestionnaireVersion


class Withdrawal(NamedTuple):
    """When a version was withdrawn, and why; of some withdrawn long ago nobody knows why."""

    at: datetime
    because: str | None


def withdrawal_of(session: Session, content_hash: str) -> Withdrawal | None:
    """Say whether a version was withdrawn, without reading what it asks."""
    found = session.execute(
        select(QuestionnaireVersion.withdrawn_at, QuestionnaireVersion.withdrawn_because).where(
            QuestionnaireVersion.content_hash == content_hash
        )
    ).one_or_none()
    if found is None or found.withdrawn_at is None:
        return None
    return Withdrawal(found.withdrawn_at, found.withdrawn_because)


def rounds_asking(session: Session, version: QuestionnaireVersion) -> list[Cycle]:
    """Give the rounds of every partnership that are planned or open with a version, the first to
    open first; the caller decides what of them may be told.
    """
    statement = (
        select(Cycle)
        .where(
            Cycle.content_hash == version.content_hash,
            Cycle.state.in_((CycleState.PLANNED, CycleState.OPEN)),
        )
        .options(joinedload(Cycle.partnership))
        .order_by(Cycle.opens_at, Cycle.id)
    )
    return list(session.scalars(statement))


def hold_version(session: Session, version: QuestionnaireVersion) -> None:
    """Read whether a version is withdrawn again, and hold it alone until the commit."""
    session.refresh(version, ["withdrawn_at", "withdrawn_because"], with_for_update=True)
