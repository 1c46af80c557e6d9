"""Saved means on the disk, a reader waits for nobody, and a GET changes nothing."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from audit_app.storage.engine import (
    DatabaseNotSupported,
    make_engine,
    reading_session,
    writing_session,
)
from audit_app.storage.models import Partnership
from audit_app.storage.postgresql import CommitsMayBeLost
from tests.builders import make_answer, make_partnership, make_return
from tests.databases import Database, named


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_sqlite_runs_with_the_write_ahead_log_and_full_synchronisation(
    sqlite_session: Session, pragma: str, value: str | int
):
    assert sqlite_session.scalar(text(f"PRAGMA {pragma}")) == value


def test_every_connection_of_the_pool_is_set_up_alike(sqlite_database: Database):
    with sqlite_database.engine.connect() as first:
        assert first.scalar(text("PRAGMA foreign_keys")) == 1
        with sqlite_database.engine.execution_options(reading=True).connect() as second:
            assert second.scalar(text("PRAGMA foreign_keys")) == 1
            assert second.scalar(text("PRAGMA synchronous")) == 2


def test_a_reading_session_cannot_write(database: Database):
    with reading_session(database.engine) as session:
        session.add(Partnership(slug="county", name="County"))
        with pytest.raises(DBAPIError, match=r"read-?only"):
            session.flush()


def test_a_connection_that_read_can_write_again(database: Database):
    for _ in range(3):
        with reading_session(database.engine) as session:
            session.scalars(select(Partnership)).all()
        with writing_session(database.engine) as session:
            make_partnership(session)
            session.commit()


def test_a_reader_does_not_wait_for_the_writer_and_sees_only_what_was_committed(
    database: Database,
):
    with writing_session(database.engine) as writer, reading_session(database.engine) as reader:
        make_partnership(writer)
        assert reader.scalars(select(Partnership)).all() == []


def test_writers_wait_for_each_other_and_none_is_told_that_the_database_is_locked(
    database: Database,
):
    def read_then_write(_number: int) -> None:
        with writing_session(database.engine) as session:
            session.scalars(select(Partnership)).all()
            make_partnership(session)
            session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(read_then_write, range(40)))
    with reading_session(database.engine) as session:
        assert len(session.scalars(select(Partnership)).all()) == 40


def test_records_stay_readable_after_the_commit(database: Database):
    with writing_session(database.engine) as session:
        partnership = make_partnership(session, name="County")
        session.commit()
        sent: list[str] = []
        event.listen(database.engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
        assert partnership.name == "County"
        assert sent == []


def test_the_log_is_kept_while_the_process_lives_though_every_session_is_closed(
    sqlite_database: Database,
):
    file = Path(str(sqlite_database.engine.url.database))
    log = file.with_name(f"{file.name}-wal")
    with writing_session(sqlite_database.engine) as session:
        make_partnership(session)
        session.commit()
    sqlite_database.engine.pool.dispose()
    assert log.exists()
    sqlite_database.engine.dispose()
    assert not log.exists()


def test_what_was_committed_is_there_after_the_process_is_killed(sqlite_database: Database):
    program = (
        "import os, signal, sys\n"
        "from audit_app.storage.engine import make_engine, writing_session\n"
        "from audit_app.storage.models import Partnership\n"
        "with writing_session(make_engine(sys.argv[1])) as session:\n"
        "    session.add(Partnership(slug='kept', name='Kept'))\n"
        "    session.commit()\n"
        "    session.add(Partnership(slug='lost', name='Lost'))\n"
        "    session.flush()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, sqlite_database.url],
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert killed.returncode == -9
    with reading_session(sqlite_database.engine) as session:
        assert session.scalars(select(Partnership.slug)).all() == ["kept"]
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"


def test_postgresql_with_commits_that_may_be_lost_is_refused(
    postgresql_server: str, postgresql_database: Database
):
    name = postgresql_database.engine.url.database
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    engine = make_engine(named(postgresql_server, str(name)))
    with pytest.raises(CommitsMayBeLost, match="synchronous_commit"), engine.connect():
        pass
    engine.dispose()


def test_postgresql_keeps_time_in_utc_and_lets_nobody_wait_for_ever(postgresql_session: Session):
    def told(name: str) -> object:
        return postgresql_session.scalar(text(f"SELECT current_setting('{name}')"))

    assert told("timezone") == "UTC"
    assert told("synchronous_commit") == "on"
    assert (told("lock_timeout"), told("statement_timeout")) == ("10s", "1min")


def test_a_connection_that_the_server_dropped_is_replaced(postgresql_database: Database):
    engine = postgresql_database.engine
    with writing_session(engine) as session:
        pid = session.scalar(text("SELECT pg_backend_pid()"))
    with psycopg.connect(
        engine.url.set(drivername="postgresql").render_as_string(), autocommit=True
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    with writing_session(engine) as session:
        make_partnership(session)
        session.commit()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name"])
def test_other_databases_are_refused_in_one_sentence(url: str):
    with pytest.raises(DatabaseNotSupported, match="must be a SQLite file"):
        make_engine(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_way_to_write_a_postgresql_address_means_the_same_driver(scheme: str):
    engine = make_engine(f"{scheme}://audit@127.0.0.1/audit")
    assert engine.url.drivername == "postgresql+psycopg"


def test_a_figure_that_is_not_a_number_is_never_stored(session: Session):
    with pytest.raises((StatementError, ValueError), match="not JSON compliant"):
        make_answer(session, make_return(session), value=float("nan"))
