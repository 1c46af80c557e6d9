"""What every test may ask for: a fresh database of either kind, and a session on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from audit_app.storage.engine import writing_session
from audit_app.storage.migrating import upgrade
from tests import databases
from tests.databases import Database


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """Lend a folder for this run of the tests, in memory where there is room."""
    with databases.quick_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def sqlite_pattern(quick_folder: Path) -> Path:
    """Give a migrated SQLite file, to be copied."""
    file = quick_folder / "pattern.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_server(quick_folder: Path) -> Iterator[str]:
    """Run one PostgreSQL server for this run of the tests, and give its address."""
    with databases.postgresql_server(quick_folder) as address:
        yield address


@pytest.fixture
def sqlite_database(quick_folder: Path, sqlite_pattern: Path) -> Iterator[Database]:
    """Lend a fresh SQLite database with all its tables."""
    with databases.sqlite_database(quick_folder, pattern=sqlite_pattern) as database:
        yield database


@pytest.fixture
def postgresql_database(postgresql_server: str) -> Iterator[Database]:
    """Lend a fresh PostgreSQL database with all its tables."""
    with databases.postgresql_database(postgresql_server) as database:
        yield database


@pytest.fixture
def spare_sqlite_database(quick_folder: Path, sqlite_pattern: Path) -> Iterator[Database]:
    """Lend a second SQLite database."""
    with databases.sqlite_database(quick_folder, pattern=sqlite_pattern) as database:
        yield database


@pytest.fixture
def spare_postgresql_database(postgresql_server: str) -> Iterator[Database]:
    """Lend a second PostgreSQL database."""
    with databases.postgresql_database(postgresql_server) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Lend a fresh database with all its tables; the test runs once on each kind."""
    lent: Database = request.getfixturevalue(f"{request.param}_database")
    return lent


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Lend a session for changes, on each kind of database in turn."""
    with writing_session(database.engine) as session:
        yield session


@pytest.fixture
def sqlite_session(sqlite_database: Database) -> Iterator[Session]:
    """Lend a session for changes on SQLite only, for tests in which the kind cannot matter."""
    with writing_session(sqlite_database.engine) as session:
        yield session


@pytest.fixture
def postgresql_session(postgresql_database: Database) -> Iterator[Session]:
    """Lend a session for changes on PostgreSQL only, for what only PostgreSQL does."""
    with writing_session(postgresql_database.engine) as session:
        yield session
