"""How far a return has come is counted with every save, in the save's own transaction."""

from datetime import timedelta

from sqlalchemy.orm import Session

from audit_app.core.replies import Reply
from audit_app.services.answering import save_answer
from audit_app.storage.models import AuditReturn, Person
from audit_app.storage.queries.progress import progress_of
from audit_app.storage.questionnaire_library import load
from tests.builders import NOW, make_person, make_return


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
