"""The least that opening a round and drawing its monitor could cost: the same rows, bare."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import (
    AuditReturn,
    Base,
    Belonging,
    Locality,
    Organisation,
    ReturnProgress,
)
from tests.databases import Database

Rows = list[tuple[Table, list[dict[str, Any]]]]


def inserts_of(database: Database, act: Callable[[Session], object]) -> float:
    """Give how long it takes to insert what an act inserts, as plain rows, in one transaction.

    The act is done once and rolled back, to see which rows those are. The floor is not committed
    either: it leaves out what the act pays for its commit.
    """
    tables = list(Base.metadata.sorted_tables)
    with writing_session(database.engine) as session:
        before = {table: _keys(session, table) for table in tables}
        act(session)
        session.flush()
        added = [(table, _added(session, table, before[table])) for table in tables]
        session.rollback()
    with writing_session(database.engine) as session:
        connection = session.connection()
        begun = time.perf_counter()
        for table, rows in added:
            if rows:
                connection.execute(insert(table), rows)
        took = time.perf_counter() - begun
        session.rollback()
    return took


def read_returns(database: Database, cycle_id: UUID) -> None:
    """Read every return of a round with what the monitor says of it, as plain tuples."""
    statement = (
        select(
            AuditReturn.id,
            AuditReturn.state,
            AuditReturn.due_at,
            AuditReturn.submitted_at,
            AuditReturn.reference,
            Organisation.name,
            Organisation.urn,
            Organisation.kind,
            Organisation.provider_type,
            Locality.name,
            ReturnProgress.asked,
            ReturnProgress.answered,
        )
        .join(Organisation, Organisation.id == AuditReturn.organisation_id)
        .outerjoin(Belonging, Belonging.organisation_id == Organisation.id)
        .outerjoin(Locality, Locality.id == Belonging.locality_id)
        .outerjoin(ReturnProgress, ReturnProgress.audit_return_id == AuditReturn.id)
        .where(AuditReturn.cycle_id == cycle_id)
        .order_by(Organisation.name)
    )
    with reading_session(database.engine) as session:
        session.execute(statement).all()


def _keys(session: Session, table: Table) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in session.execute(select(*table.primary_key.columns))}


def _added(session: Session, table: Table, before: set[tuple[Any, ...]]) -> list[dict[str, Any]]:
    keys = [column.name for column in table.primary_key.columns]
    found = (dict(row) for row in session.execute(select(table)).mappings())
    return [row for row in found if tuple(row[key] for key in keys) not in before]
