"""Turns of the clock: each is taken by one worker."""

from datetime import datetime

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from audit_app.storage.inserting import insert_into
from audit_app.storage.models import JobTick


def take_tick(session: Session, name: str, slot: str, *, at: datetime) -> bool:
    """Take one turn of a periodic job; False where another worker has it already.

    Commit before the work: on PostgreSQL another worker waits for that to know.
    """
    session.flush()
    taking = (
        insert_into(session, JobTick)
        .values(name=name, slot=slot, begun_at=at)
        .on_conflict_do_nothing()
        .returning(JobTick.name)
    )
    return session.connection().scalar(taking) is not None


def latest_slot(session: Session, name: str) -> str:
    """Give the slot of the latest turn of a periodic job that was ever taken; none is empty."""
    return session.scalar(select(func.max(JobTick.slot)).where(JobTick.name == name)) or ""


def finish_tick(
    session: Session, name: str, slot: str, *, at: datetime, failure: str | None = None
) -> None:
    """Note that a turn is over, and what went wrong in it."""
    session.execute(
        update(JobTick)
        .where(JobTick.name == name, JobTick.slot == slot)
        .values(finished_at=at, failure=failure)
        .execution_options(synchronize_session=False)
    )


def last_turns(session: Session) -> dict[str, JobTick]:
    """Give the latest turn of each job, by its name."""
    latest = select(JobTick.name, func.max(JobTick.slot)).group_by(JobTick.name)
    statement = select(JobTick).where(tuple_(JobTick.name, JobTick.slot).in_(latest))
    return {turn.name: turn for turn in session.scalars(statement)}


def remove_old_ticks(session: Session, *, before: datetime) -> None:
    """Remove turns that were taken before a moment."""
    session.execute(
        delete(JobTick)
        .where(JobTick.begun_at < before)
        .execution_options(synchronize_session=False)
    )
