"""Whether a copy of all that is kept can be made and read back by commands."""

from dataclasses import replace
from pathlib import Path

import pytest

from audit_app.config import Config
from audit_app.storage.engine import writing_session
from tests.builders import make_partnership, make_return
from tests.cli.conftest import Runs
from tests.databases import Database


@pytest.fixture
def another(config: Config, tmp_path: Path) -> Config:
    """Give the config of an installation that has nothing yet, not even a database."""
    data = tmp_path / "another"
    data.mkdir()
    return replace(config, data=data, database_url=f"sqlite:///{data / 'audit.db'}")


def test_what_was_backed_up_is_restored_into_a_new_installation(
    run: Runs, another: Config, sqlite_database: Database, tmp_path: Path
):
    with writing_session(sqlite_database.engine) as session:
        name = make_partnership(session).name
        session.commit()
    folder = str(tmp_path / "copy")
    made = run("backup", folder)
    assert (made.exit_code, "1 rows of" in made.output) == (0, True)
    restored = run("restore", folder, within=another)
    assert restored.exit_code == 0
    assert "the history holds" in restored.output
    assert name in run("partnerships", "list", within=another).output


def test_a_backup_is_written_once_and_restored_once(run: Runs, another: Config, tmp_path: Path):
    folder = str(tmp_path / "copy")
    assert run("backup", folder).exit_code == 0
    again = run("backup", folder)
    assert (again.exit_code, "is something in" in again.output) == (1, True)
    assert run("restore", folder, within=another).exit_code == 0


def test_a_folder_without_a_backup_is_refused_and_no_database_is_made(
    run: Runs, another: Config, tmp_path: Path
):
    refused = run("restore", str(tmp_path), within=another)
    assert (refused.exit_code, "There is no backup" in refused.output) == (1, True)
    assert not list(another.data.iterdir())


def test_a_full_or_forbidden_place_is_told_in_one_sentence(run: Runs, tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    refused = run("backup", str(tmp_path / "file" / "copy"))
    assert refused.exit_code == 1
    assert len(refused.output.splitlines()) == 1


def test_integrity_says_what_agrees_and_what_does_not(run: Runs, sqlite_database: Database):
    agrees = run("integrity")
    assert (agrees.exit_code, "Agrees: the history" in agrees.output) == (0, True)
    with writing_session(sqlite_database.engine) as session:
        make_return(session, state="submitted")
        session.commit()
    found = run("integrity")
    assert (found.exit_code, "DOES NOT AGREE: the results" in found.output) == (1, True)
