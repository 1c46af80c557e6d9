"""Turns of the clock: each is taken by one worker."""

from datetime import datetime

from sqlalchemy import delete, update
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


def remove_old_ticks(session: Session, *, before: datetime) -> None:
    """Remove turns that were taken before a moment."""
    session.execute(
        delete(JobTick)
        .where(JobTick.begun_at < before)
        .execution_options(synchronize_session=False)
    )
