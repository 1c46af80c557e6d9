"""Imports of registers: the previews, row by row, and the mapped columns."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.models import (
    ColumnMapping,
    ImportRow,
    ImportRun,
    Layout,
    Outcome,
    Partnership,
    Person,
)
from audit_app.storage.queries.paging import PER_PAGE, Page, page_of
from audit_app.storage.queries.scoping import coordinates


def imports_of(session: Session, person: Person, partnership: Partnership) -> list[ImportRun]:
    """Give a partnership's imports to its coordinator, latest first."""
    statement = (
        select(ImportRun)
        .where(
            ImportRun.partnership_id == partnership.id,
            coordinates(person, ImportRun.partnership_id),
        )
        .options(joinedload(ImportRun.by), joinedload(ImportRun.applied_by))
        .order_by(ImportRun.at.desc(), ImportRun.id.desc())
    )
    return list(session.scalars(statement))


def import_open_to(session: Session, person: Person, import_run_id: UUID) -> ImportRun | None:
    """Give one import with its partnership to a coordinator of it."""
    return session.scalar(
        select(ImportRun)
        .where(ImportRun.id == import_run_id, coordinates(person, ImportRun.partnership_id))
        .options(joinedload(ImportRun.partnership), joinedload(ImportRun.by))
    )


def hold_import(session: Session, run: ImportRun) -> None:
    """Read an import again and hold it until the commit: it is applied once."""
    session.refresh(run, with_for_update=True)


def rows_of(
    session: Session,
    run: ImportRun,
    *,
    outcome: Outcome | None = None,
    page: int = 1,
    size: int = PER_PAGE,
) -> Page[ImportRow]:
    """Give the rows of an import the caller was let into, as previewed, a page at a time."""
    statement = (
        select(ImportRow).where(ImportRow.import_run_id == run.id).order_by(ImportRow.position)
    )
    if outcome is not None:
        statement = statement.where(ImportRow.outcome == outcome)
    return page_of(session, statement, page=page, size=size)


def every_row_of(session: Session, run: ImportRun, outcome: Outcome) -> Iterator[ImportRow]:
    """Walk through all rows of one outcome in their order, a thousand in memory at a time.

    The rows are not kept in the session: a large import takes no more memory than a small one.
    """
    last = -1
    while True:
        statement = (
            select(ImportRow)
            .where(
                ImportRow.import_run_id == run.id,
                ImportRow.outcome == outcome,
                ImportRow.position > last,
            )
            .order_by(ImportRow.position)
            .limit(1000)
        )
        rows = list(session.scalars(statement))
        for row in rows:
            last = row.position
            session.expunge(row)
            yield row
        if not rows:
            return


def count_rows(session: Session, run: ImportRun) -> dict[Outcome, int]:
    """Count the kept rows of an import by outcome."""
    statement = (
        select(ImportRow.outcome, func.count())
        .where(ImportRow.import_run_id == run.id)
        .group_by(ImportRow.outcome)
    )
    return {Outcome(outcome): number for outcome, number in session.execute(statement)}


def remove_rows(session: Session, run: ImportRun) -> None:
    """Remove the rows of an import that was abandoned; the counts of the run stay."""
    session.execute(
        delete(ImportRow)
        .where(ImportRow.import_run_id == run.id)
        .execution_options(synchronize_session=False)
    )


def mapping_of(session: Session, partnership: Partnership, layout: Layout) -> ColumnMapping | None:
    """Give how a partnership mapped the columns of a layout by hand."""
    return session.get(ColumnMapping, (partnership.id, layout))
