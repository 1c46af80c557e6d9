"""What people write together on one return: versions, counts, sections, signatures, evidence."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from audit_app.storage.engine import writing_session
from audit_app.storage.models import AuditReturn, ReturnProgress, SignOff
from audit_app.storage.queries.answer_versions import keep_version, version_of, versions_of
from audit_app.storage.queries.answers import answers_of, put_answer
from audit_app.storage.queries.assignments import assignments_of, assignments_to
from audit_app.storage.queries.change_requests import changes_of, open_changes, resolve_changes
from audit_app.storage.queries.guard_counts import count_guard, guard_counts_of_cycle
from audit_app.storage.queries.progress import hold_progress, note_progress, progress_of
from audit_app.storage.queries.returns import hold_return
from audit_app.storage.queries.sign_offs import open_sign_off, sign_offs_awaiting, sign_offs_of
from audit_app.storage.queries.submitted_answers import submission_of, submissions_of
from audit_app.storage.queries.working_now import seen_at
from tests.builders import (
    NOW,
    make_answer,
    make_answer_version,
    make_assignment,
    make_change_request,
    make_evidence,
    make_evidence_link,
    make_person,
    make_result,
    make_return,
    make_sign_off,
    make_submitted_answers,
)
from tests.databases import Database


def test_every_version_of_an_answer_can_be_read_after_the_next_was_saved(session: Session):
    audit_return = make_return(session)
    lead = make_person(session, name="Zoë")
    key: dict[str, Any] = {"audit_return_id": audit_return.id, "question_id": "1.1"}
    expected = None
    for words in ("first", "second"):
        values = {
            "value": {"z": 1, "a": 2},
            "commentary": words,
            "self_rating": "green",
            "needs_review": False,
            "saved_at": NOW,
        }
        expected = put_answer(session, **key, expected_version=expected, values=values)
        assert expected is not None
        keep_version(session, **key, version=expected, values=values, at=NOW, by_id=lead.id)
    first, second = versions_of(session, audit_return, "1.1")
    assert [(one.version, one.commentary) for one in (first, second)] == [
        (1, "first"),
        (2, "second"),
    ]
    assert (first.by, list(first.value or {})) == (lead, ["z", "a"])
    assert version_of(session, audit_return, "1.1", 2) is second
    assert version_of(session, audit_return, "1.1", 3) is None
    assert versions_of(session, audit_return, "2.1") == []


def test_an_answer_given_on_the_telephone_is_kept_as_such(session: Session):
    audit_return = make_return(session)
    values: dict[str, Any] = {
        "value": "green",
        "on_behalf_of": "Mrs Invented",
        "channel": "telephone",
    }
    make_answer(session, audit_return, **values)
    keep_version(
        session,
        audit_return_id=audit_return.id,
        question_id="1.1",
        version=1,
        values=values,
        at=NOW,
        by_id=None,
    )
    (kept,) = versions_of(session, audit_return, "1.1")
    answer = answers_of(session, audit_return)["1.1"]
    for one in (kept, answer):
        assert (one.on_behalf_of, one.channel) == ("Mrs Invented", "telephone")
    answer.channel = "telepathy"
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_same_version_is_kept_once(session: Session):
    audit_return = make_return(session)
    make_answer_version(session, audit_return)
    session.expunge_all()
    with pytest.raises(IntegrityError):
        make_answer_version(session, audit_return)


def test_progress_is_counted_anew_with_every_save(session: Session):
    audit_return = make_return(session)
    person = make_person(session)
    assert progress_of(session, audit_return) is None
    note_progress(session, audit_return.id, asked=10, answered=1, at=NOW, by_id=person.id)
    progress = progress_of(session, audit_return)
    assert isinstance(progress, ReturnProgress)
    note_progress(session, audit_return.id, asked=9, answered=2)
    assert (progress.asked, progress.answered) == (9, 2)
    assert (progress.last_worked_at, progress.last_worked_by_id) == (NOW, person.id)


def test_more_cannot_be_answered_than_is_asked(session: Session):
    with pytest.raises(IntegrityError):
        note_progress(session, make_return(session).id, asked=1, answered=2)


def test_people_who_save_to_one_return_at_once_lose_no_count_and_do_not_lock_each_other_out(
    database: Database,
):
    with writing_session(database.engine) as session:
        audit_return_id = make_return(session, state="in_progress").id
        note_progress(session, audit_return_id, asked=4, answered=0)
        session.commit()
    savers, gate = 4, threading.Barrier(4)
    failed: list[Exception] = []

    def save(number: int) -> None:
        try:
            gate.wait()
            with writing_session(database.engine) as session:
                audit_return = session.get_one(AuditReturn, audit_return_id)
                hold_return(session, audit_return, alone=False)
                put_answer(
                    session,
                    audit_return_id=audit_return_id,
                    question_id=f"{number}",
                    expected_version=None,
                    values={"value": "green", "commentary": "", "needs_review": False}
                    | {"saved_at": NOW},
                )
                hold_progress(session, audit_return_id)
                answered = len(answers_of(session, audit_return))
                note_progress(session, audit_return_id, asked=savers, answered=answered, at=NOW)
                session.commit()
        except Exception as problem:
            failed.append(problem)
            raise

    threads = [threading.Thread(target=save, args=(number,)) for number in range(savers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with writing_session(database.engine) as session:
        assert session.get_one(ReturnProgress, audit_return_id).answered == savers


def test_whoever_counts_second_waits_for_the_first_and_counts_what_they_saved(database: Database):
    with writing_session(database.engine) as session:
        audit_return_id = make_return(session, state="in_progress").id
        note_progress(session, audit_return_id, asked=4, answered=0)
        session.commit()
    counted: list[int] = []

    def count() -> None:
        with writing_session(database.engine) as session:
            hold_progress(session, audit_return_id)
            audit_return = session.get_one(AuditReturn, audit_return_id)
            counted.append(len(answers_of(session, audit_return)))

    second = threading.Thread(target=count)
    with writing_session(database.engine) as session:
        hold_progress(session, audit_return_id)
        second.start()
        second.join(timeout=0.5)
        assert counted == []
        make_answer(session, session.get_one(AuditReturn, audit_return_id))
        session.commit()
    second.join()
    assert counted == [1]


def test_who_is_at_work_is_told_to_the_others_for_a_while(session: Session):
    audit_return, other_return = make_return(session), make_return(session)
    me, ann, bob = (make_person(session, name=name) for name in ("Me", "Ann", "bob"))
    gone = make_person(session, active=False)
    earlier = NOW - timedelta(minutes=1)
    for number, (person, at) in enumerate(
        ((bob, earlier), (bob, NOW), (ann, earlier), (me, NOW), (gone, NOW), (None, NOW)), 1
    ):
        by = person.id if person is not None else None
        make_answer(session, audit_return, f"1.{number}", saved_at=at, saved_by_id=by)
    brought = {"saved_by_id": ann.id, "needs_review": True}
    make_answer(session, other_return, "2.1", **brought)
    evidence = make_evidence(session, organisation=audit_return.organisation)
    make_evidence_link(session, evidence, audit_return, "1.9", at=NOW, by_id=ann.id)

    both = [audit_return, other_return]
    found = seen_at(session, both, since=earlier, but=me)
    assert [(one.name, one.question_id, one.at) for one in found] == [
        ("Ann", "1.9", NOW),
        ("bob", "1.2", NOW),
    ]
    assert {one.audit_return_id for one in found} == {audit_return.id}
    assert {one.name for one in seen_at(session, both, since=earlier, but=ann)} == {"bob", "Me"}
    assert seen_at(session, both, since=NOW + timedelta(seconds=1), but=me) == []
    assert seen_at(session, [], since=earlier, but=me) == []


def test_a_section_is_one_persons_at_a_time(session: Session):
    audit_return = make_return(session)
    person = make_person(session)
    first = make_assignment(session, audit_return, person, section_id="2")
    other = make_assignment(session, audit_return, person, section_id="1")
    assert list(assignments_of(session, audit_return)) == ["1", "2"]
    first.ended_at = NOW
    session.flush()
    assert assignments_of(session, audit_return) == {"1": other}
    make_assignment(session, audit_return, person, section_id="2")
    with pytest.raises(IntegrityError):
        make_assignment(session, audit_return, make_person(session), section_id="2")


def test_my_sections_come_first_due_first_and_those_without_a_date_last(session: Session):
    audit_return = make_return(session)
    person = make_person(session, role="contributor", at=audit_return.organisation)
    today = NOW.date()
    due = {"a": None, "b": today + timedelta(days=2), "c": today}
    for section, day in due.items():
        make_assignment(session, audit_return, person, section_id=section, due_on=day)
    assert [one.section_id for one in assignments_to(session, person)] == ["c", "b", "a"]


def test_one_request_for_sign_off_is_open_at_a_time(session: Session):
    audit_return = make_return(session)
    lead = make_person(session, role="designated_lead", at=audit_return.organisation)
    first = make_sign_off(session, audit_return, lead)
    assert open_sign_off(session, audit_return) is first
    first.decision, first.decided_at, first.reason = SignOff.DECLINED, NOW, "3.4 is not so."
    session.flush()
    assert open_sign_off(session, audit_return) is None
    second = make_sign_off(session, audit_return, lead, requested_at=NOW + timedelta(days=1))
    assert sign_offs_of(session, audit_return) == [first, second]
    with pytest.raises(IntegrityError):
        make_sign_off(session, audit_return, lead)


def test_who_was_named_signs_and_otherwise_any_signatory_there(session: Session):
    audit_return = make_return(session)
    lead = make_person(session, role="designated_lead", at=audit_return.organisation)
    signatory = make_person(session, role="signatory", at=audit_return.organisation)
    request = make_sign_off(session, audit_return, lead)
    assert sign_offs_awaiting(session, signatory) == [request]
    assert sign_offs_awaiting(session, lead) == []
    request.asked_of_id = lead.id
    session.flush()
    assert sign_offs_awaiting(session, lead) == [request]
    request.asked_of_id = make_person(session).id
    session.flush()
    assert sign_offs_awaiting(session, lead) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision": SignOff.SIGNED, "decided_at": NOW, "name": "A. Signatory"},
        {"decision": SignOff.DECLINED, "decided_at": NOW},
        {"decision": SignOff.WITHDRAWN},
        {"decided_at": NOW},
    ],
)
def test_half_a_signature_is_refused(session: Session, wrong: dict[str, Any]):
    audit_return = make_return(session)
    with pytest.raises(IntegrityError):
        make_sign_off(session, audit_return, make_person(session), **wrong)


def test_changes_asked_for_are_open_until_the_return_is_sent_again(session: Session):
    audit_return, other = make_return(session), make_return(session)
    first = make_change_request(session, audit_return, "2.1")
    second = make_change_request(session, audit_return, "1.1", at=NOW + timedelta(seconds=1))
    elsewhere = make_change_request(session, other, "1.1")
    assert open_changes(session, audit_return) == {"1.1": second, "2.1": first}
    assert resolve_changes(session, audit_return, by_id=None, at=NOW) == 2
    assert open_changes(session, audit_return) == {}
    assert changes_of(session, audit_return) == [first, second]
    assert first.resolved_at == NOW
    assert open_changes(session, other) == {"1.1": elsewhere}
    make_change_request(session, audit_return, "1.1")
    with pytest.raises(IntegrityError):
        make_change_request(session, audit_return, "1.1")


def test_every_submission_can_be_read_again_as_it_was(session: Session):
    audit_return = make_return(session, state="submitted")
    first = make_submitted_answers(
        session, make_result(session, audit_return), answers={"z": {"value": 1}, "a": {"value": 2}}
    )
    second = make_submitted_answers(session, make_result(session, audit_return, number=2))
    session.flush()
    session.expire_all()
    assert submissions_of(session, audit_return) == [first, second]
    assert submission_of(session, audit_return, 1) is first
    assert list(first.answers) == ["z", "a"]
    assert submission_of(session, audit_return, 3) is None


def test_the_guard_is_counted_by_return_and_kind_without_the_text(session: Session):
    audit_return = make_return(session)
    coordinator = make_person(session, role="coordinator", at=audit_return.cycle.partnership)
    for _ in range(2):
        count_guard(session, audit_return_id=audit_return.id, kind="postcode", shown=1)
    count_guard(session, audit_return_id=audit_return.id, kind="postcode", shown=1, kept=1)
    count_guard(session, audit_return_id=audit_return.id, kind="nhs_number", shown=1)
    found = guard_counts_of_cycle(session, audit_return.cycle, person=coordinator)
    assert [(one.kind, one.shown, one.kept) for one in found] == [
        ("nhs_number", 1, 0),
        ("postcode", 3, 1),
    ]
