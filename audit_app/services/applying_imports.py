"""Applying an import: all that was previewed, as it was previewed, or nothing."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.register.layouts import REGISTER_OF
from audit_app.services.grouping import Groups, NotOneGroup
from audit_app.services.recording import Event, record
from audit_app.services.writing_rows import WRITERS, RegisterHasChanged, Writing
from audit_app.storage.counting import TOLD_OF
from audit_app.storage.models import (
    Belonging,
    ImportRow,
    ImportRun,
    ImportState,
    Locality,
    Organisation,
    Outcome,
    Person,
)
from audit_app.storage.queries.history_in_bulk import append_many
from audit_app.storage.queries.imports import every_row_of, hold_import
from audit_app.storage.queries.standing_organisations import standing_without_urn

AT_ONCE = 500

__all__ = ["ImportIsOver", "RegisterHasChanged", "RowsWereRefused", "apply_import"]


class ImportIsOver(Exception):
    """The import was applied or given up already."""


class RowsWereRefused(Exception):
    """The file has rows that cannot be used, and nobody has said to go on without them."""


def apply_import(
    session: Session,
    run: ImportRun,
    *,
    by: Person | None,
    now: datetime,
    without_refused: bool = False,
) -> None:
    """Write what was previewed, with its history, in the caller's transaction.

    Raises ImportIsOver, RowsWereRefused unless the rest is to be applied `without_refused`, and
    RegisterHasChanged where anything that was previewed no longer stands; then the caller rolls
    back, and nothing is written.
    """
    hold_import(session, run)
    if run.state is not ImportState.PREVIEWED:
        raise ImportIsOver
    if run.counts.get(Outcome.REFUSED, 0) and not without_refused:
        raise RowsWereRefused
    writing = Writing(
        session, run, london_date(now), Groups(session), _localities(session, run.partnership_id)
    )
    writing.names_without_urn = set(standing_without_urn(session, run.partnership))
    try:
        for outcome, write in WRITERS.items():
            for batch in _batches(every_row_of(session, run, outcome)):
                told = write(writing, batch)
                append_many(
                    session,
                    told,
                    stream=f"partnership:{run.partnership_id}",
                    at=now,
                    by_id=by.id if by else None,
                    partnership_id=run.partnership_id,
                )
        _note_seen(writing)
    except (IntegrityError, NotOneGroup) as meanwhile:
        raise RegisterHasChanged from meanwhile
    run.state, run.applied_at = ImportState.APPLIED, now
    run.applied_by_id = by.id if by else None
    details: dict[str, Any] = {"import": str(run.id), "file": run.file_name, "sha256": run.sha256}
    details |= {"layout": run.layout.value, "counts": run.counts}
    record(session, Event.REGISTER_IMPORTED, run.partnership, by=by, at=now, details=details)
    session.flush()
    session.expire_all()


def _note_seen(writing: Writing) -> None:
    """Note the day on those the file had; not where it could not be told which those were."""
    register = REGISTER_OF[writing.run.layout]
    if register is None or writing.run.counts.get("not_closed"):
        return
    belongs = exists().where(
        Belonging.organisation_id == Organisation.id,
        Belonging.partnership_id == writing.run.partnership_id,
    )
    writing.session.execute(
        update(Organisation)
        .where(Organisation.register == register, Organisation.closed_on.is_(None), belongs)
        .values(last_seen_in_register_on=writing.today)
        .execution_options(synchronize_session=False, **TOLD_OF)
    )


def _localities(session: Session, partnership_id: UUID) -> dict[str, UUID]:
    found = select(Locality).where(
        Locality.partnership_id == partnership_id, Locality.removed_at.is_(None)
    )
    return {locality.name: locality.id for locality in session.scalars(found)}


def _batches(rows: Iterator[ImportRow]) -> Iterator[list[ImportRow]]:
    while batch := list(islice(rows, AT_ONCE)):
        yield batch
