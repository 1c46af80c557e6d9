"""What was reported can always be reproduced: a recorded result is never changed."""

from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from audit_app.storage.models import AuditReturn, RecordsNeverChange, Result
from audit_app.storage.queries.results import next_result_number, results_of, standing_result
from tests.builders import (
    make_answer_version,
    make_result,
    make_return,
    make_submitted_answers,
)

TABLES = ["result", "result_section", "result_area", "history", "answer_version"]
TABLES += ["submitted_answers"]


def recorded(session: Session) -> Result:
    """Make a result with one section and one area."""
    audit_return = make_return(session, state="submitted")
    return make_result(session, audit_return, sections={"1": "green"}, areas={"a": "green"})


def test_a_result_cannot_be_changed_through_the_program(session: Session):
    recorded(session).overall_rating = "red"
    with pytest.raises(RecordsNeverChange):
        session.flush()


@pytest.mark.parametrize("part", ["sections", "areas"])
def test_a_part_of_a_result_cannot_be_changed_through_the_program(session: Session, part: str):
    getattr(recorded(session), part)[0].rating = "red"
    with pytest.raises(RecordsNeverChange):
        session.flush()


def test_answers_as_submitted_cannot_be_changed_through_the_program(session: Session):
    make_submitted_answers(session, recorded(session)).answers = {}
    with pytest.raises(RecordsNeverChange):
        session.flush()


def test_a_version_of_an_answer_cannot_be_removed_through_the_program(session: Session):
    session.delete(make_answer_version(session, make_return(session)))
    with pytest.raises(RecordsNeverChange):
        session.flush()


@pytest.mark.parametrize("table", ["answer_version", "submitted_answers"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET {} = NULL", "DELETE FROM {}"])
def test_the_database_refuses_to_change_kept_answers(session: Session, table: str, deed: str):
    result = recorded(session)
    make_submitted_answers(session, result)
    make_answer_version(session, session.get_one(AuditReturn, result.audit_return_id))
    column = "value" if table == "answer_version" else "answers"
    with pytest.raises(DBAPIError, match=f"rows of {table} are never changed or removed"):
        session.execute(text(deed.format(table, column)))


def test_points_may_be_negative_and_never_more_than_could_be_had(session: Session):
    audit_return = make_return(session)
    assert make_result(session, audit_return, points=-4).points == -4
    with pytest.raises(DBAPIError):
        make_result(session, audit_return, number=2, points=3)


def test_a_result_cannot_be_removed_through_the_program(session: Session):
    result = recorded(session)
    session.delete(result)
    with pytest.raises(RecordsNeverChange):
        session.flush()


def test_a_statement_that_passes_the_program_by_is_refused_by_the_database(session: Session):
    recorded(session)
    with pytest.raises(DBAPIError, match="never changed"):
        session.execute(update(Result).values(overall_rating="red"))


@pytest.mark.parametrize("table", ["result", "result_section", "result_area"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET result_id = NULL", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_remove_rows(session: Session, table: str, deed: str):
    recorded(session)
    statement = deed.format(table)
    if table == "result":
        statement = statement.replace("result_id", "overall_rating")
    with pytest.raises(DBAPIError, match=f"rows of {table} are never changed or removed"):
        session.execute(text(statement))


@pytest.mark.parametrize("table", TABLES)
def test_postgresql_refuses_to_empty_the_tables(postgresql_session: Session, table: str):
    with pytest.raises(DBAPIError, match="never changed"):
        postgresql_session.execute(text(f"TRUNCATE {table} CASCADE"))


def test_the_figures_come_back_in_the_order_they_were_written(session: Session):
    result = recorded(session)
    figures: dict[str, Any] = {"z": 1, "a": [{"y": None, "b": "70.0"}], "m": "Zoë"}
    later = make_result(
        session, session.get_one(AuditReturn, result.audit_return_id), number=2, stands=False
    )
    session.expunge(later)
    with_figures = Result(
        audit_return_id=result.audit_return_id,
        stage="validated",
        number=3,
        method_version="1",
        content_hash=result.content_hash,
        recorded_at=result.recorded_at,
        points=1,
        of=2,
        figures=figures,
    )
    session.add(with_figures)
    session.flush()
    session.expire_all()
    assert list(with_figures.figures) == ["z", "a", "m"]
    assert with_figures.figures == figures


def test_a_later_result_stands_beside_the_earlier_one(session: Session):
    first = recorded(session)
    audit_return = session.get_one(AuditReturn, first.audit_return_id)
    number = next_result_number(session, audit_return)
    second = make_result(session, audit_return, sections={"1": "red"}, number=number)
    assert results_of(session, audit_return) == [first, second]
    standing = standing_result(session, audit_return)
    assert standing is second
    assert [part.rating for part in second.sections] == ["red"]


def test_a_return_without_a_result_has_none_standing(session: Session):
    audit_return = make_return(session)
    assert standing_result(session, audit_return) is None
    assert next_result_number(session, audit_return) == 1
