"""Reading a backup into an empty database, and proving that it came back whole."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, Table, bindparam, func, select, text, update
from sqlalchemy.orm import Session

from audit_app.storage.backups.lines import NotALine, rows_of
from audit_app.storage.backups.manifest import ROWS, Manifest, NotABackup, hash_of
from audit_app.storage.backups.writing import AT_A_TIME, tables
from audit_app.storage.evidence_store import EvidenceStore
from audit_app.storage.queries.history import head_of_all, verify


class CannotBeRestored(Exception):
    """The backup cannot go into this database, or did not come back whole; nothing was kept."""


def restore(engine: Engine, folder: Path, *, evidence: EvidenceStore) -> Manifest:
    """Read a backup into a database that has its tables and no rows, as a whole or not at all.

    Every file is compared with its hash before anything is written. Before the commit the rows
    are counted, the history is walked from end to end and held against the head that was kept in
    the backup. Raises NotABackup and CannotBeRestored.
    """
    manifest = Manifest.read(folder)
    manifest.prove(folder)
    with engine.begin() as connection:
        _refuse_other_tables(manifest, connection)
        if connection.dialect.name == "sqlite":
            # Each row points at others that may come after it; all are there at the commit.
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        try:
            for table in tables():
                _fill(connection, table, folder)
            for table in tables():
                _fill_later(connection, table, folder)
        except NotALine as error:
            raise NotABackup(f"The backup cannot be read: {error}.") from None
        _prove_rows(connection, manifest)
        _copy_files(manifest, folder, evidence)
    return manifest


def _refuse_other_tables(manifest: Manifest, connection: Connection) -> None:
    here = MigrationContext.configure(connection).get_current_revision()
    if here != manifest.revision:
        raise CannotBeRestored(
            f"This backup has the tables of migration {manifest.revision}, and this version of "
            f"the service those of {here}. Restore it with the version that made it, then bring "
            "the database up."
        )
    if set(manifest.rows) != {table.name for table in tables()}:
        raise CannotBeRestored("The backup does not have the tables that its migration has.")
    for table in tables():
        if connection.execute(select(1).select_from(table).limit(1)).first() is not None:
            raise CannotBeRestored(
                "There is something in this database already. A backup is restored into an empty "
                "one: name another with AUDIT_DATABASE_URL or AUDIT_DATA."
            )


def _fill(connection: Connection, table: Table, folder: Path) -> None:
    """Add the rows of a table, without what points at rows that are not there yet."""
    later = set(_later(table))
    for rows in _batches(_rows(table, folder)):
        kept = [{n: None if n in later else value for n, value in row.items()} for row in rows]
        connection.execute(table.insert(), kept)


def _fill_later(connection: Connection, table: Table, folder: Path) -> None:
    """Add to the rows of a table what they point at, now that everything is there."""
    later = _later(table)
    if not later:
        return
    keys = [column.name for column in table.primary_key.columns]
    statement = (
        update(table)
        .where(*(table.c[key] == bindparam(f"key_{key}") for key in keys))
        .values({name: bindparam(f"new_{name}") for name in later})
    )
    pointing = (row for row in _rows(table, folder) if any(row[name] for name in later))
    for rows in _batches(pointing):
        connection.execute(statement, [_as_parameters(row, keys, later) for row in rows])


def _as_parameters(row: Mapping[str, Any], keys: list[str], later: list[str]) -> dict[str, Any]:
    return {f"key_{key}": row[key] for key in keys} | {f"new_{name}": row[name] for name in later}


def _later(table: Table) -> list[str]:
    """Name the columns that point at rows of the same table or of one that comes after it."""
    order = {one.name: place for place, one in enumerate(tables())}
    return sorted(
        {
            key.parent.name
            for key in table.foreign_keys
            if order[key.column.table.name] >= order[table.name]
        }
    )


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, AT_A_TIME)):
        yield batch


def _rows(table: Table, folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / ROWS / f"{table.name}.jsonl").open(encoding="utf-8", newline="\n") as file:
        yield from rows_of(file, table)


def _prove_rows(connection: Connection, manifest: Manifest) -> None:
    for table in tables():
        found = connection.scalar(select(func.count()).select_from(table))
        if found != manifest.rows.get(table.name):
            raise CannotBeRestored(f"{table.name} came back with {found} rows.")
    session = Session(connection)
    broken = verify(session)
    if broken:
        raise CannotBeRestored(
            f"The history in this backup does not hold in {len(broken)} places, the first in "
            f"{broken[0].stream}, row {broken[0].number}: {broken[0].what}."
        )
    if head_of_all(session) != manifest.history_head:
        raise CannotBeRestored("The history is not the one whose head was kept in the backup.")


def _copy_files(manifest: Manifest, folder: Path, evidence: EvidenceStore) -> None:
    """Give the files back to their store, and read each again from there."""
    for one in manifest.evidence:
        name = Path(one.path).name
        with (folder / one.path).open("rb") as file:
            evidence.put(name, file)
        with closing(evidence.open(name)) as kept:
            if hash_of(kept) != one.sha256:
                raise CannotBeRestored(f"The file {name} did not come back whole.")
