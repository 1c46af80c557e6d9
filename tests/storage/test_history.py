"""History is only ever added to, and any tampering with it is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import History, HistoryStream
from audit_app.storage.queries.history import (
    NOTHING_BEFORE,
    SEALED,
    Break,
    CannotBeSealed,
    append,
    heads,
    seal,
    verify,
)
from tests.builders import NOW, make_organisation, make_partnership, make_person
from tests.databases import Database


def tell(session: Session, *events: str, stream: str = "a") -> list[History]:
    """Add some events to a stream."""
    return [
        session.get_one(History, append(session, stream=stream, event=event, at=NOW))
        for event in events
    ]


def tamper(session: Session, *statements: str) -> list[Break]:
    """Take the triggers away as somebody with the keys to the database could, and meddle."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER history_refuses_update"))
        session.execute(text("DROP TRIGGER history_refuses_delete"))
    else:
        session.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
    for statement in statements:
        session.execute(text(statement))
    session.expire_all()
    return verify(session)


def test_each_row_is_sealed_to_the_one_before_it(session: Session):
    first, second = tell(session, "opened", "answered")
    assert (first.number, first.previous_hash) == (1, NOTHING_BEFORE)
    assert (second.number, second.previous_hash) == (2, first.hash)
    assert verify(session) == []


def test_a_seal_does_not_depend_on_the_database_or_on_how_the_time_was_written():
    facts = {
        "id": None,
        "stream": "a",
        "number": 1,
        "at": NOW,
        "event": "opened",
        "by_id": None,
        "partnership_id": None,
        "organisation_id": None,
        "subject_type": None,
        "subject_id": None,
        "details": {"b": 1, "a": "é"},
        "previous_hash": NOTHING_BEFORE,
    }
    in_london = NOW.astimezone(timezone(timedelta(hours=1)))
    again = {**facts, "at": in_london, "details": {"a": "é", "b": 1}}
    assert seal(facts) == seal(again)


def test_an_event_says_who_what_where_and_of_which_record(session: Session):
    person, partnership = make_person(session), make_partnership(session)
    organisation = make_organisation(session, at=partnership)
    row_id = append(
        session,
        stream=f"partnership:{partnership.id}",
        event="organisation_closed",
        at=NOW,
        by_id=person.id,
        partnership_id=partnership.id,
        organisation_id=organisation.id,
        subject_type="organisation",
        subject_id=organisation.id,
        details={"reason": "Closed – “for good”", "places": 24, "told": [True, None, {"a": "b"}]},
    )
    session.commit()
    row = session.get_one(History, row_id)
    assert row.details["told"] == [True, None, {"a": "b"}]
    assert row.subject_id == str(organisation.id)
    assert verify(session) == []


def test_details_that_could_come_back_otherwise_are_refused(session: Session):
    for detail in (0.1, NOW, {1: "a"}, b"bytes"):
        with pytest.raises(CannotBeSealed):
            append(session, stream="a", event="opened", at=NOW, details={"detail": detail})


@pytest.mark.parametrize("deed", ["UPDATE history SET event = 'x'", "DELETE FROM history"])
def test_the_database_refuses_to_change_or_remove_history(session: Session, deed: str):
    tell(session, "opened")
    with pytest.raises(DBAPIError, match="rows of history are never changed or removed"):
        session.execute(text(deed))


@pytest.mark.parametrize(
    ("deed", "found"),
    [
        ("UPDATE history SET event = 'x' WHERE number = 2", [(2, "the row was altered")]),
        (
            "UPDATE history SET by_id = NULL, details = '{}' WHERE number = 1",
            [(1, "the row was altered")],
        ),
        ("DELETE FROM history WHERE number = 2", [(3, "rows after number 1 are missing")]),
        (
            "DELETE FROM history WHERE number = 3",
            [(2, "the last row is not the one the head names")],
        ),
        ("DELETE FROM history", [(3, "every row of the stream is gone")]),
        ("DELETE FROM history_stream", [(3, "the stream has lost its head")]),
    ],
)
def test_tampering_is_found(session: Session, deed: str, found: list[tuple[int, str]]):
    person = make_person(session)
    append(session, stream="a", event="opened", at=NOW, by_id=person.id, details={"why": "b"})
    tell(session, "answered", "submitted")
    assert tamper(session, deed) == [Break("a", number, what) for number, what in found]


def test_rows_that_changed_places_are_found(session: Session):
    tell(session, "opened", "answered")
    breaks = tamper(
        session,
        "UPDATE history SET number = 99 WHERE number = 1",
        "UPDATE history SET number = 1 WHERE number = 2",
        "UPDATE history SET number = 2 WHERE number = 99",
    )
    assert {found.number for found in breaks} == {1, 2}


def test_a_row_altered_and_sealed_anew_no_longer_fits_the_next(session: Session):
    first, _ = tell(session, "opened", "answered")
    facts = {name: getattr(first, name) for name in SEALED}
    forged = seal({**facts, "event": "never opened"})
    breaks = tamper(
        session,
        f"UPDATE history SET event = 'never opened', hash = '{forged}' WHERE number = 1",
    )
    assert breaks == [Break("a", 2, "the row does not follow from the one before it")]


def test_a_tail_cut_off_with_its_head_shows_against_a_head_kept_elsewhere(session: Session):
    first, _ = tell(session, "opened", "answered")
    kept = heads(session)
    tamper(
        session,
        "DELETE FROM history WHERE number = 2",
        f"UPDATE history_stream SET number = 1, hash = '{first.hash}'",
    )
    assert verify(session) == []
    assert verify(session, kept_heads=kept) == [
        Break("a", 2, "the row whose hash was kept elsewhere is gone")
    ]


def test_a_head_kept_elsewhere_still_fits_after_more_was_added(session: Session):
    tell(session, "opened")
    kept = heads(session)
    tell(session, "answered")
    assert verify(session, kept_heads=kept) == []


def test_streams_do_not_disturb_each_other(session: Session):
    tell(session, "opened", "answered", stream="a")
    tell(session, "opened", stream="b")
    assert [(head.stream, head.number) for head in heads(session)] == [("a", 2), ("b", 1)]
    assert verify(session) == []


def test_an_event_goes_back_with_the_change_it_tells_of(database: Database):
    with writing_session(database.engine) as session:
        tell(session, "opened")
        session.rollback()
        assert session.scalar(select(func.count()).select_from(History)) == 0
        assert session.scalar(select(func.count()).select_from(HistoryStream)) == 0


def test_several_writers_make_one_unbroken_chain(database: Database):
    def write(_number: int) -> None:
        with writing_session(database.engine) as session:
            tell(session, "answered")
            session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(24)))
    with reading_session(database.engine) as session:
        assert [head.number for head in heads(session)] == [24]
        assert verify(session) == []
