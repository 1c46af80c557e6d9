"""`flask counts` finds counts that do not agree with the returns, and makes them anew."""

from sqlalchemy import text

from audit_app.storage.engine import writing_session
from tests.builders import make_result, make_return
from tests.cli.conftest import Runs
from tests.databases import Database


def test_counts_are_checked_and_made_anew(run: Runs, sqlite_database: Database):
    with writing_session(sqlite_database.engine) as session:
        make_result(session, make_return(session, state="submitted"), sections={"1": "red"})
        session.commit()
    assert run("counts", "check").output == "The board's counts agree with the returns.\n"
    with sqlite_database.engine.begin() as connection:
        connection.execute(text("DELETE FROM part_count"))
    found = run("counts", "check")
    assert found.exit_code == 1
    assert "part_count: 1 rows differ from the returns" in found.output
    assert run("counts", "rebuild").exit_code == 0
    assert run("counts", "check").exit_code == 0
