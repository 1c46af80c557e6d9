"""Whether the commands that look after the data say how things stand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from audit_app.config import Config
from audit_app.storage.engine import writing_session
from audit_app.storage.queries import history
from tests.builders import NOW, make_partnership
from tests.cli.conftest import Runs
from tests.databases import Database

SHIPPED = Path(__file__).parents[2] / "questionnaires" / "early-years-rag" / "2026.yaml"


@pytest.fixture
def empty(config: Config, tmp_path: Path) -> Config:
    """Give the config of an installation whose database has no tables yet."""
    return replace(config, database_url=f"sqlite:///{tmp_path / 'empty.db'}")


def test_a_database_is_brought_up_and_taken_back(run: Runs, empty: Config):
    assert run("db", "check", within=empty).exit_code == 1
    assert run("db", "upgrade", within=empty).exit_code == 0
    assert "has the tables of this version" in run("db", "check", within=empty).output
    assert run("db", "downgrade", "0001", within=empty).exit_code == 0
    assert "is behind" in run("db", "check", within=empty).output
    assert run("db", "upgrade", within=empty).exit_code == 0


def test_a_database_of_a_newer_version_is_not_touched(run: Runs, sqlite_database: Database):
    with sqlite_database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for words in (["upgrade"], ["downgrade", "base"], ["check"]):
        result = run("db", *words)
        assert result.exit_code == 1
        assert "newer version" in result.output


def test_other_commands_ask_for_the_tables_first(run: Runs, empty: Config):
    result = run("partnerships", "list", within=empty)
    assert result.exit_code == 1
    assert "db upgrade" in result.output


def test_partnerships_are_listed_one_a_line(run: Runs, sqlite_database: Database):
    with writing_session(sqlite_database.engine) as session:
        make_partnership(session, slug="wold", name="Wold Partnership")
        make_partnership(session, slug="fen", name="Fen Partnership")
        session.commit()
    assert run("partnerships", "list").output == "fen\tFen Partnership\nwold\tWold Partnership\n"


def test_a_history_that_holds_is_said_to_hold(run: Runs, sqlite_database: Database):
    write_history(sqlite_database)
    result = run("history", "verify")
    assert result.exit_code == 0
    assert "3 events in 1 streams" in result.output


def test_an_altered_row_of_history_is_found_and_named(run: Runs, sqlite_database: Database):
    write_history(sqlite_database)
    with sqlite_database.engine.begin() as connection:
        for name in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).scalars():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE history SET event = 'nothing' WHERE number = 2"))
    result = run("history", "verify")
    assert result.exit_code == 1
    assert "for-a-test, row 2" in result.output


def write_history(database: Database) -> None:
    with writing_session(database.engine) as session:
        for event in ("one", "two", "three"):
            history.append(session, stream="for-a-test", event=event, at=NOW)
        session.commit()


def test_the_demonstration_is_refused_where_real_work_is_done(run: Runs, config: Config):
    result = run("demo", "load", within=replace(config, demonstration=False))
    assert result.exit_code == 1
    assert "AUDIT_DEMONSTRATION=yes" in result.output


def test_the_demonstration_has_an_account_for_every_role_that_works(run: Runs, empty: Config):
    assert run("demo", "load", within=empty).exit_code == 0
    accounts = json.loads(run("demo", "accounts", "--json", within=empty).output)
    assert {tuple(sorted(account)) for account in accounts} == {("at", "email", "password", "role")}
    roles = [account["role"] for account in accounts]
    assert {"designated_lead", "board_member", "moderator", "coordinator"} <= set(roles)
    leads = [account["at"] for account in accounts if account["role"] == "designated_lead"]
    assert len(set(leads)) > 1

    more = run("demo", "load-test", "3", within=empty).output.splitlines()
    assert [sorted(json.loads(line)) for line in more] == [["email", "password", "return_id"]] * 3

    # Another folder has another password, and the accounts follow it.
    moved = replace(empty, data=empty.data.with_name("moved"))
    assert run("demo", "load", within=moved).exit_code == 0
    again = json.loads(run("demo", "accounts", "--json", within=moved).output)
    assert again[0]["email"] == accounts[0]["email"]
    assert again[0]["password"] != accounts[0]["password"]


@pytest.mark.parametrize(
    "words",
    [
        "questionnaires list",
        f"questionnaires publish {SHIPPED}",
        "partnerships list",
        "cycles list",
        "jobs list",
        "messages list",
        "history verify",
        "counts check",
        "integrity",
        "report board 01a22142-ab47-7550-b3e2-72dc2647c788 -o board.pdf",
    ],
)
def test_a_database_without_tables_is_answered_in_one_sentence(
    run: Runs, empty: Config, words: str
):
    answer = run(*words.split(), within=empty)
    assert answer.exit_code == 1
    assert answer.output == (
        "The database has no tables yet or is behind: flask --app wsgi db upgrade\n"
    )
