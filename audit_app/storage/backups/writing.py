"""Making a backup while people work: every table as it stood at one moment, then the files."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, Table, select, text
from sqlalchemy.orm import Session

from audit_app.storage.backups.lines import as_line
from audit_app.storage.backups.manifest import (
    EVIDENCE,
    FORMAT,
    ROWS,
    Manifest,
    Part,
    reach_the_disk,
    sha256_of,
)
from audit_app.storage.base import Base
from audit_app.storage.evidence_store import EvidenceIsGone, EvidenceStore
from audit_app.storage.models import EvidenceVersion
from audit_app.storage.queries.history import head_of_all

AT_A_TIME = 2000
"""How many rows are held in memory at once."""


class FolderIsTaken(Exception):
    """There is something in the folder already: a backup is never written over another."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is something in {folder} already. Name a folder that is empty.")


def back_up(engine: Engine, folder: Path, *, evidence: EvidenceStore, now: datetime) -> Manifest:
    """Write everything that is kept into a folder, whole or not at all.

    Rows are read in one transaction that sees one moment and holds up nobody; the files behind
    answers never change once written and are copied after it; one that is gone is named in the
    manifest. Raises FolderIsTaken, and OSError where there is no room: then nothing is left behind.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderIsTaken(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        (unfinished / ROWS).mkdir(parents=True)
        with at_one_moment(engine) as connection:
            revision = MigrationContext.configure(connection).get_current_revision() or ""
            head = head_of_all(Session(connection))
            parts = [_write_table(connection, one, unfinished) for one in tables()]
            names = list(
                connection.scalars(select(EvidenceVersion.stored_name).order_by("stored_name"))
            )
        copied = {name: _copy_file(evidence, name, unfinished) for name in names}
        manifest = Manifest(
            format=FORMAT,
            made_at=now,
            revision=revision,
            history_head=head,
            parts=(*parts, *(part for part in copied.values() if part is not None)),
            missing=tuple(name for name, part in copied.items() if part is None),
        )
        manifest.write(unfinished)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return manifest


def tables() -> list[Table]:
    """Give every table, each after those that its rows point at."""
    return Base.metadata.sorted_tables


def at_one_moment(engine: Engine) -> Connection:
    """Open a connection whose transaction sees the database as it is now, however long it takes."""
    connection = engine.execution_options(reading=True).connect()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    return connection


def _write_table(connection: Connection, table: Table, folder: Path) -> Part:
    path = folder / ROWS / f"{table.name}.jsonl"
    found, rows, size = sha256(), -1, 0
    with path.open("wb") as file:
        for line in _lines(connection, table):
            written = f"{line}\n".encode()
            found.update(written)
            size += file.write(written)
            rows += 1
        reach_the_disk(file)
    return Part(path=f"{ROWS}/{path.name}", size=size, sha256=found.hexdigest(), rows=rows)


def _lines(connection: Connection, table: Table) -> Iterator[str]:
    yield as_line(column.name for column in table.columns)
    statement = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(statement.execution_options(yield_per=AT_A_TIME)):
        yield as_line(row)


def _copy_file(evidence: EvidenceStore, name: str, folder: Path) -> Part | None:
    """Copy one file of evidence; None where it is gone."""
    try:
        opened = evidence.open(name)
    except EvidenceIsGone:
        return None
    copied = folder / EVIDENCE / name[:2] / name
    copied.parent.mkdir(parents=True, exist_ok=True)
    with closing(opened), copied.open("wb") as file:
        shutil.copyfileobj(opened, file)
        reach_the_disk(file)
    path = copied.relative_to(folder).as_posix()
    return Part(path=path, size=copied.stat().st_size, sha256=sha256_of(copied))
