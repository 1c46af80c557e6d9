"""How far a return has come is counted with every save, in the save's own transaction."""

import threading
from datetime import timedelta

from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.progress import progress_of as progress_in
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from audit_app.services.answering import WorkedOut, save_answer
from audit_app.services.counting_progress import Counted, count_progress
from audit_app.services.recording import Event, record
from audit_app.services.scanning_evidence import note_verdict
from audit_app.storage.engine import writing_session
from audit_app.storage.models import AuditReturn, EvidenceVersion, Person
from audit_app.storage.queries.answers import Mark
from audit_app.storage.queries.progress import progress_of
from audit_app.storage.questionnaire_library import load
from audit_app.storage.virus_scanner import Verdict
from tests.builders import NOW, make_evidence, make_person, make_return
from tests.databases import Database


def save(
    session: Session,
    audit_return: AuditReturn,
    name: str,
    reply: Reply,
    by: Person,
    version: int | None,
) -> None:
    question = load(session, audit_return.content_hash).question(name)
    save_answer(
        session, audit_return, question, reply=reply, expected_version=version, by=by, now=NOW
    )


def counts(session: Session, audit_return: AuditReturn) -> tuple[int, int]:
    progress = progress_of(session, audit_return)
    return (progress.answered, progress.asked) if progress is not None else (-1, -1)


def test_a_return_nobody_has_worked_on_has_no_count(session: Session):
    assert progress_of(session, make_return(session)) is None


def test_every_save_counts_what_is_answered_of_what_is_asked(session: Session):
    audit_return, by = make_return(session), make_person(session)
    save(session, audit_return, "1.1", Reply("green"), by, None)
    assert counts(session, audit_return) == (1, 2)
    save(session, audit_return, "2.1", Reply("yes"), by, None)
    assert counts(session, audit_return) == (2, 2)
    save(session, audit_return, "2.1", Reply(None), by, 1)
    assert counts(session, audit_return) == (1, 2)
    progress = progress_of(session, audit_return)
    assert progress is not None
    assert (progress.last_worked_at, progress.last_worked_by_id) == (NOW, by.id)


def test_a_save_that_is_rolled_back_counts_nothing(session: Session):
    audit_return, by = make_return(session), make_person(session)
    session.commit()
    save(session, audit_return, "1.1", Reply("green"), by, None)
    session.rollback()
    assert progress_of(session, audit_return) is None


def test_the_same_answer_again_is_no_work(session: Session):
    audit_return, by = make_return(session), make_person(session)
    save(session, audit_return, "1.1", Reply("green"), by, None)
    question = load(session, audit_return.content_hash).question("1.1")
    later = NOW + timedelta(hours=1)
    save_answer(
        session,
        audit_return,
        question,
        reply=Reply("green"),
        expected_version=1,
        by=by,
        now=later,
    )
    progress = progress_of(session, audit_return)
    assert progress is not None
    assert progress.last_worked_at == NOW


def test_who_saves_beside_another_counts_the_others_answer_too(database: Database):
    with writing_session(database.engine) as session:
        return_id, by_id = make_return(session, state="in_progress").id, make_person(session).id
        session.commit()

    def save_alone_in_the_world(session: Session, name: str, reply: Reply) -> None:
        """Save having worked out how far the return has come with this answer and no other."""
        audit_return = session.get_one(AuditReturn, return_id)
        asked, kind = load(session, audit_return.content_hash), audit_return.organisation.kind
        replies = {name: reply}
        result = score(asked, replies, kind=kind, on=london_date(NOW), stage=Stage.DRAFT)
        save_answer(
            session,
            audit_return,
            asked.question(name),
            reply=reply,
            expected_version=None,
            by=session.get_one(Person, by_id),
            now=NOW,
            worked_out=WorkedOut(
                None, Counted(progress_in(asked, result, replies, kind=kind), Mark(1, 0))
            ),
        )
        assert counts(session, audit_return) == ((1, 2) if name == "1.1" else (2, 2))

    def second() -> None:
        with writing_session(database.engine) as session:
            save_alone_in_the_world(session, "2.1", Reply("yes"))
            session.commit()

    other = threading.Thread(target=second)
    with writing_session(database.engine) as session:
        save_alone_in_the_world(session, "1.1", Reply("green"))
        other.start()
        other.join(timeout=0.5)
        session.commit()
    other.join()
    with writing_session(database.engine) as session:
        assert counts(session, session.get_one(AuditReturn, return_id)) == (2, 2)


def test_the_scanner_and_a_save_take_their_turns_and_never_wait_for_each_other(
    database: Database,
):
    with writing_session(database.engine) as session:
        audit_return = make_return(session, state="in_progress")
        return_id, by_id = audit_return.id, make_person(session).id
        version_id = make_evidence(session, behind=audit_return).versions[0].id
        session.commit()
    noted: list[bool] = []

    def scan() -> None:
        with writing_session(database.engine) as session:
            version = session.get_one(EvidenceVersion, version_id)
            noted.append(
                note_verdict(
                    session, version, Verdict(is_clean=False, name="Eicar-Signature"), now=NOW
                )
            )
            session.commit()

    scanner = threading.Thread(target=scan)
    with writing_session(database.engine) as session:
        audit_return = session.get_one(AuditReturn, return_id)
        by = session.get_one(Person, by_id)
        record(session, Event.ANSWER_SAVED, audit_return, by=by, at=NOW)
        scanner.start()
        scanner.join(timeout=0.5)
        count_progress(session, audit_return, by=by, now=NOW)
        session.commit()
    scanner.join()
    assert noted == [True]
