"""What becomes of a message: sent once, tried again for a while, given up, or reported."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from audit_app.jobs.send_messages import HELD_FOR, WAITS, Counts, send_messages
from audit_app.jobs.senders import Letter, NotTaken, Refused, Uncertain
from audit_app.services.messaging import LEFT_OUT
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.models import OutgoingMessage, Sender
from audit_app.storage.queries.messages import Fate, fate_of
from audit_app.storage.queries.outbox import lease_messages, messages_in_doubt, send_afresh
from tests.builders import NOW, make_message
from tests.databases import Database


class Letters:
    """A way out that keeps what it is handed, or raises what it was told to."""

    sender = Sender.FILE

    def __init__(self, *trouble: Exception | None, away: bool = False) -> None:
        self.trouble, self.away = list(trouble), away
        self.taken: list[Letter] = []

    @contextmanager
    def open(self) -> Iterator["Letters"]:
        if self.away:
            raise NotTaken("the mail server cannot be reached: no answer in time")
        yield self

    def hand(self, letter: Letter) -> str:
        trouble = self.trouble.pop(0) if self.trouble else None
        if trouble is not None:
            raise trouble
        self.taken.append(letter)
        return f"reference of {letter.message_id}"


def write(database: Database, number: int = 1, **values: Any) -> list[UUID]:
    with writing_session(database.engine) as session:
        made = [make_message(session, **values).id for _ in range(number)]
        session.commit()
    return made


def send(database: Database, way: Letters, *, now: datetime = NOW, **values: Any) -> Counts:
    return send_messages(database.engine, way, clock=lambda: now, **values)


def stored(database: Database) -> list[OutgoingMessage]:
    with reading_session(database.engine) as session:
        return list(session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.id)))


def test_a_message_that_is_due_goes_out_once_and_is_noted(sqlite_database: Database):
    write(sqlite_database)
    write(sqlite_database, send_after=NOW + timedelta(hours=1))
    way = Letters()
    assert send(sqlite_database, way) == Counts(sent=1)
    assert not send(sqlite_database, way)
    (letter,) = way.taken
    sent, waiting = stored(sqlite_database)
    assert letter.message_id == sent.message_id
    assert (sent.sent_at, sent.sender) == (NOW, Sender.FILE)
    assert sent.sender_reference == f"reference of {sent.message_id}"
    assert fate_of(waiting) is Fate.WAITING


def test_a_server_that_is_away_is_tried_again_later_and_later_and_given_up_at_last(
    sqlite_database: Database,
):
    write(sqlite_database)
    away, now = Letters(away=True), NOW
    for wait in WAITS:
        assert send(sqlite_database, away, now=now) == Counts(put_back=1)
        (message,) = stored(sqlite_database)
        assert message.send_after == now + wait
        assert message.handed_over_at is None
        assert not send(sqlite_database, away, now=now + wait - timedelta(seconds=1))
        now += wait
    assert send(sqlite_database, away, now=now) == Counts(failed=1)
    (message,) = stored(sqlite_database)
    assert fate_of(message) is Fate.FAILED
    assert message.failure == "the mail server cannot be reached: no answer in time"
    assert timedelta(days=2) < now - NOW < timedelta(days=4)


def test_a_message_is_tried_again_under_the_same_message_id(sqlite_database: Database):
    write(sqlite_database)
    way = Letters(NotTaken("busy"))
    assert send(sqlite_database, way) == Counts(put_back=1)
    assert send(sqlite_database, way, now=NOW + WAITS[0]) == Counts(sent=1)
    (message,) = stored(sqlite_database)
    assert [letter.message_id for letter in way.taken] == [message.message_id]
    assert message.failure is None


def test_one_refusal_is_for_good_and_does_not_stop_the_others(sqlite_database: Database):
    write(sqlite_database, 3)
    way = Letters(None, Refused("550 no such person"))
    assert send(sqlite_database, way) == Counts(sent=2, failed=1)
    fates = [fate_of(message) for message in stored(sqlite_database)]
    assert sorted(fates) == [Fate.FAILED, Fate.SENT, Fate.SENT]


def test_what_may_have_been_taken_is_reported_and_not_sent_again(sqlite_database: Database):
    write(sqlite_database)
    assert send(sqlite_database, Letters(Uncertain("silence"))) == Counts(in_doubt=1)
    way = Letters()
    assert not send(sqlite_database, way, now=NOW + timedelta(days=1))
    assert not way.taken
    with reading_session(sqlite_database.engine) as session:
        (doubtful,) = messages_in_doubt(session, now=NOW)
    assert doubtful.failure == "silence"


class Killed(BaseException):
    """Stands for a process that ends between two steps."""


def test_a_worker_that_dies_with_a_message_in_its_hands_leaves_it_in_doubt(database: Database):
    write(database)

    class Dying(Letters):
        def hand(self, letter: Letter) -> str:
            super().hand(letter)
            raise Killed

    dying, other = Dying(), Letters()
    with pytest.raises(Killed):
        send(database, dying)
    assert len(dying.taken) == 1
    assert not send(database, other, now=NOW + 2 * HELD_FOR)
    assert not other.taken
    (message,) = stored(database)
    assert fate_of(message) is Fate.IN_DOUBT


def test_what_a_dead_worker_only_held_is_sent_by_another_when_its_lease_is_over(
    database: Database,
):
    write(database)
    with writing_session(database.engine) as session:
        lease_messages(session, token="dead", now=NOW, hold_for=HELD_FOR)
        session.commit()
    way = Letters()
    assert not send(database, way, now=NOW + HELD_FOR / 2)
    assert send(database, way, now=NOW + HELD_FOR) == Counts(sent=1)


def test_a_worker_told_to_stop_lets_go_of_what_it_has_not_begun(database: Database):
    write(database, 3)
    way = Letters()
    assert send(database, way, stopping=lambda: len(way.taken) == 1) == Counts(sent=1)
    assert send(database, way) == Counts(sent=2)
    assert [message.attempts for message in stored(database)] == [1, 1, 1]


def test_a_message_given_up_can_be_sent_afresh_and_one_that_left_cannot(database: Database):
    (given_up,) = write(database, failed_at=NOW, failure="no", attempts=9)
    (sent,) = write(database, sent_at=NOW)
    with writing_session(database.engine) as session:
        assert send_afresh(session, given_up, at=NOW)
        assert not send_afresh(session, sent, at=NOW)
        session.commit()
    assert send(database, Letters()) == Counts(sent=1)


def test_a_message_in_doubt_is_sent_afresh_only_when_nobody_holds_it_any_more(database: Database):
    until = NOW + HELD_FOR
    (held,) = write(database, handed_over_at=NOW, lease_token="one", lease_until=until)
    with writing_session(database.engine) as session:
        assert not send_afresh(session, held, at=NOW)
        assert send_afresh(session, held, at=until)


def test_a_link_that_opens_a_door_is_sent_and_then_forgotten(sqlite_database: Database):
    body = "Open this link:\n\nhttps://audit.example.org/invitations/abc-DEF_123\n\nIt works once."
    write(sqlite_database, kind="invitation", body=body)
    write(sqlite_database, kind="sign_in_code", body="Your code is 123456")
    write(sqlite_database, kind="round_opened", body="https://audit.example.org/returns/1")
    way = Letters()
    send(sqlite_database, way)
    assert way.taken[0].body == body
    kept = {message.kind: message.body for message in stored(sqlite_database)}
    assert "abc-DEF_123" not in kept["invitation"]
    assert LEFT_OUT in kept["invitation"]
    assert "123456" not in kept["sign_in_code"]
    assert kept["round_opened"] == "https://audit.example.org/returns/1"
