"""References are given out without a gap and without a double."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session

from audit_app.storage.engine import writing_session
from audit_app.storage.queries.references import next_reference
from tests.databases import Database


def test_references_count_up_for_each_prefix_and_year(session: Session):
    given = [
        next_reference(session, prefix, year)
        for prefix, year in (("EYA", 2026), ("EYA", 2026), ("S11", 2026), ("EYA", 2027))
    ]
    assert given == ["EYA-2026-0001", "EYA-2026-0002", "S11-2026-0001", "EYA-2027-0001"]


def test_a_reference_of_a_submission_that_failed_is_given_again(database: Database):
    with writing_session(database.engine) as session:
        next_reference(session, "EYA", 2026)
        session.commit()
        next_reference(session, "EYA", 2026)
        session.rollback()
        assert next_reference(session, "EYA", 2026) == "EYA-2026-0002"


def test_two_threads_leave_no_gap_and_no_double(database: Database):
    def take(_number: int) -> str:
        with writing_session(database.engine) as session:
            reference = next_reference(session, "EYA", 2026)
            session.commit()
            return reference

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(take, range(40)))
    assert sorted(taken) == [f"EYA-2026-{number:04}" for number in range(1, 41)]
