"""A message is written once, held by one worker at a time, and never sent twice by itself."""

import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from audit_app.storage.engine import writing_session
from audit_app.storage.models import OutgoingMessage, Sender
from audit_app.storage.queries.messages import Fate, fate_of, messages_about, messages_of
from audit_app.storage.queries.outbox import (
    hand_over,
    lease_messages,
    mark_bounced,
    mark_failed,
    mark_sent,
    messages_in_doubt,
    oldest_waiting,
    put_back,
    put_message,
)
from audit_app.storage.queries.ticks import finish_tick, remove_old_ticks, take_tick
from tests.builders import NOW, make_message, make_partnership, make_person, make_return
from tests.databases import Database

LEASE = timedelta(minutes=5)
LATER = NOW + LEASE + timedelta(seconds=1)


def put(session: Session, key: str | None = None, **values: Any) -> UUID | None:
    return put_message(
        session,
        dedup_key=key,
        **{
            "kind": "reminder",
            "to_address": "a@example.org",
            "subject": "Due soon",
            "body": "In three days.",
            "message_id": f"<{key}@example.org>",
            "created_at": NOW,
            "send_after": NOW,
            **values,
        },
    )


def take(
    session: Session, *, token: str = "one", now: datetime = NOW, most: int = 20
) -> list[UUID]:
    return [
        one.id for one in lease_messages(session, token=token, now=now, hold_for=LEASE, most=most)
    ]


def test_the_same_reminder_is_written_once(session: Session):
    first = put(session, "reminder:due-3")
    assert first is not None
    assert put(session, "reminder:due-3", message_id="<other@example.org>") is None
    assert put(session, "reminder:due-14") is not None
    assert len(session.scalars(select(OutgoingMessage)).all()) == 2


def test_messages_without_a_key_are_never_doubles(session: Session):
    assert put(session, message_id="<a@example.org>") is not None
    assert put(session, message_id="<b@example.org>") is not None


def test_a_message_id_is_given_to_one_message_only(session: Session):
    make_message(session, message_id="<same@example.org>")
    with pytest.raises(IntegrityError):
        make_message(session, message_id="<same@example.org>")


def test_what_is_due_is_taken_the_longest_waiting_first_and_no_more_than_asked(session: Session):
    second = make_message(session, send_after=NOW - timedelta(hours=1))
    first = make_message(session, send_after=NOW - timedelta(hours=2))
    make_message(session, send_after=NOW)
    make_message(session, send_after=NOW + timedelta(seconds=1))
    assert take(session, most=2) == [first.id, second.id]
    assert (first.attempts, first.lease_token) == (1, "one")
    assert len(take(session)) == 1


def test_what_one_worker_holds_no_other_takes_until_the_lease_is_over(session: Session):
    message = make_message(session)
    assert take(session) == [message.id]
    assert take(session, token="two") == []
    assert take(session, token="two", now=LATER) == [message.id]


def test_who_lost_the_lease_may_not_send(session: Session):
    message = make_message(session)
    take(session)
    take(session, token="two", now=LATER)
    assert not hand_over(session, message.id, token="one", at=NOW)
    assert hand_over(session, message.id, token="two", at=LATER)


def test_a_lease_that_is_over_lets_nobody_begin_to_send(session: Session):
    message = make_message(session)
    take(session)
    assert not hand_over(session, message.id, token="one", at=LATER)


def test_a_sent_message_is_over(session: Session):
    message = make_message(session)
    take(session)
    assert hand_over(session, message.id, token="one", at=NOW)
    assert mark_sent(
        session, message.id, token="one", at=NOW, sender=Sender.SMTP, reference="250 ok"
    )
    session.expire_all()
    assert (message.sent_at, message.sender, message.sender_reference) == (NOW, "smtp", "250 ok")
    assert take(session, token="two", now=LATER) == []
    assert not mark_failed(session, message.id, token="one", failure="no", at=NOW)


def test_a_message_handed_over_by_a_worker_that_died_is_reported_and_not_sent_again(
    session: Session,
):
    message = make_message(session)
    take(session)
    hand_over(session, message.id, token="one", at=NOW)
    assert messages_in_doubt(session, now=NOW) == []
    assert take(session, token="two", now=LATER) == []
    assert messages_in_doubt(session, now=LATER) == [message]
    session.refresh(message)
    assert fate_of(message) is Fate.IN_DOUBT


def test_what_was_certainly_not_taken_is_tried_again_later(session: Session):
    message = make_message(session)
    take(session)
    hand_over(session, message.id, token="one", at=NOW)
    again_at = NOW + timedelta(minutes=1)
    assert put_back(session, message.id, token="one", failure="busy", again_at=again_at)
    assert take(session, token="two", now=NOW) == []
    assert take(session, token="two", now=again_at) == [message.id]
    assert (message.attempts, message.failure) == (2, "busy")


def test_a_message_given_up_says_why(session: Session):
    message = make_message(session)
    take(session)
    assert mark_failed(session, message.id, token="one", failure="no such address", at=NOW)
    session.refresh(message)
    assert fate_of(message) is Fate.FAILED
    message.failure = None
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_message_that_came_back_is_known_by_its_message_id(session: Session):
    message = make_message(session, sent_at=NOW, sender=Sender.SMTP)
    assert mark_bounced(session, message.message_id, bounce="mailbox full", at=NOW)
    assert not mark_bounced(session, message.message_id, bounce="mailbox full", at=NOW)
    assert not mark_bounced(session, "<unknown@example.org>", bounce="?", at=NOW)
    session.refresh(message)
    assert fate_of(message) is Fate.BOUNCED


def test_the_age_of_the_queue_is_that_of_what_is_due_longest(session: Session):
    assert oldest_waiting(session, now=NOW) is None
    make_message(session, send_after=NOW + timedelta(hours=1))
    make_message(session, send_after=NOW - timedelta(hours=5), sent_at=NOW)
    assert oldest_waiting(session, now=NOW) is None
    make_message(session, send_after=NOW - timedelta(hours=1))
    assert oldest_waiting(session, now=NOW) == NOW - timedelta(hours=1)


def test_each_fate_is_asked_for_by_itself(session: Session):
    partnership = make_partnership(session)
    coordinator = make_person(session, role="coordinator", at=partnership)
    of = {"partnership_id": partnership.id}
    made = {
        Fate.WAITING: make_message(session, **of),
        Fate.IN_DOUBT: make_message(session, handed_over_at=NOW, **of),
        Fate.SENT: make_message(session, sent_at=NOW, **of),
        Fate.FAILED: make_message(session, failed_at=NOW, failure="no", **of),
        Fate.BOUNCED: make_message(session, sent_at=NOW, bounced_at=NOW, **of),
    }
    for fate, message in made.items():
        assert messages_of(session, coordinator, partnership, fate=fate).rows == [message]
        assert fate_of(message) is fate
    assert messages_of(session, coordinator, partnership, kinds=["invitation"]).rows == []


def test_what_was_written_about_a_return_comes_in_order(session: Session):
    audit_return = make_return(session)
    about = {"audit_return_id": audit_return.id}
    later = make_message(session, created_at=NOW, **about)
    earlier = make_message(session, created_at=NOW - timedelta(days=1), **about)
    make_message(session)
    assert messages_about(session, audit_return) == [earlier, later]


def test_four_workers_share_the_messages_and_none_is_taken_twice(database: Database):
    with writing_session(database.engine) as session:
        for _ in range(60):
            make_message(session)
        session.commit()
    taken: list[UUID] = []
    lock = threading.Lock()

    def work(token: str) -> None:
        while True:
            with writing_session(database.engine) as session:
                mine = take(session, token=token, most=7)
                session.commit()
            if not mine:
                return
            with lock:
                taken.extend(mine)

    workers = [threading.Thread(target=work, args=(f"worker {n}",)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == len(set(taken)) == 60


def test_a_turn_of_the_clock_is_taken_once(session: Session):
    assert take_tick(session, "remind", "2026-09-15T09:00", at=NOW)
    assert not take_tick(session, "remind", "2026-09-15T09:00", at=NOW)
    assert take_tick(session, "remind", "2026-09-15T10:00", at=NOW)
    assert take_tick(session, "close", "2026-09-15T09:00", at=NOW)
    finish_tick(session, "remind", "2026-09-15T09:00", at=NOW)
    remove_old_ticks(session, before=NOW + timedelta(days=1))
    assert take_tick(session, "remind", "2026-09-15T09:00", at=NOW)


def test_two_workers_at_the_same_turn_take_it_once_between_them(database: Database):
    taken: list[bool] = []
    gate = threading.Barrier(2)

    def work() -> None:
        with writing_session(database.engine) as session:
            gate.wait()
            taken.append(take_tick(session, "remind", "now", at=NOW))
            session.commit()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == [False, True]
