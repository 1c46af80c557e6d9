"""Whether a register can be brought in by a command, and what it says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select

from audit_app.storage.engine import writing_session
from audit_app.storage.models import ImportRun, Organisation
from tests.builders import make_partnership
from tests.databases import Database

FILES = Path(__file__).parents[1] / "registers"
FILE = str(FILES / "ofsted_2021.csv")
HERE = ("--partnership", "wensmere", "--local-authority", "Wensmere")

Runs = Callable[..., Result]


@pytest.fixture(autouse=True)
def partnership(sqlite_database: Database) -> None:
    with writing_session(sqlite_database.engine) as session:
        make_partnership(session, slug="wensmere")
        session.commit()


def urns(database: Database) -> list[str | None]:
    with writing_session(database.engine) as session:
        return list(session.scalars(select(Organisation.urn).order_by(Organisation.urn)))


def test_a_register_is_imported_and_the_second_time_nothing_changes(
    run: Runs, sqlite_database: Database
):
    first = run("organisations", "import", FILE, *HERE)
    assert first.exit_code == 0
    assert "To add: 6" in first.output
    assert "EY900007,REDACTED,Not on the Early Years Register." in first.output
    assert len(urns(sqlite_database)) == 6
    again = run("organisations", "import", FILE, "--partnership", "wensmere")
    assert "To add: 0" in again.output
    assert "Unchanged: 6" in again.output


def test_a_column_with_another_name_is_mapped_once_and_kept(
    run: Runs, sqlite_database: Database, tmp_path: Path
):
    file = tmp_path / "drifted.csv"
    text = (FILES / "ofsted_2021.csv").read_bytes()
    file.write_bytes(text.replace(b"Provider type", b"Sort of provider"))
    command = ("organisations", "import", str(file), *HERE)
    asked = run(*command)
    assert asked.exit_code == 1
    assert '--layout ofsted --column "provider_type=HEADER"' in asked.output
    assert "Sort of provider" in asked.output
    named = "provider_type=Sort of provider"
    assert "with --layout whose columns" in run(*command, "--column", named).output
    assert "is not FIELD=HEADER" in run(*command, "--layout", "ofsted", "--column", "sort").output
    assert urns(sqlite_database) == []
    assert "Applied." in run(*command, "--layout", "ofsted", "--column", named).output
    assert "Unchanged: 6" in run(*command).output


def test_a_dry_run_changes_nothing(run: Runs, sqlite_database: Database):
    answer = run("organisations", "import", FILE, *HERE, "--dry-run")
    assert answer.exit_code == 0
    assert "To add: 6" in answer.output
    assert urns(sqlite_database) == []
    with writing_session(sqlite_database.engine) as session:
        assert session.scalars(select(ImportRun.id)).all() == []


def test_refused_rows_are_reported_and_nothing_is_changed(run: Runs, sqlite_database: Database):
    bad = str(FILES / "bad_rows.csv")
    answer = run("organisations", "import", bad, *HERE)
    assert answer.exit_code == 1
    assert "5,EY910001,REDACTED,Registration date,31/02/2010,This is not a date" in answer.output
    assert "'=HYPERLINK" in answer.output
    assert urns(sqlite_database) == []
    assert run("organisations", "import", bad, *HERE, "--without-refused").exit_code == 0
    assert urns(sqlite_database) == ["EY910006"]


def test_what_is_no_register_is_refused_in_one_sentence(run: Runs, tmp_path: Path):
    file = tmp_path / "picture.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    answer = run("organisations", "import", str(file), *HERE)
    assert answer.exit_code == 1
    assert "This is not a spreadsheet" in answer.output
    assert "Traceback" not in answer.output


def test_a_partnership_that_is_not_there_is_said(run: Runs):
    answer = run("organisations", "import", FILE, "--partnership", "nowhere")
    assert answer.exit_code == 1
    assert "There is no partnership nowhere" in answer.output
