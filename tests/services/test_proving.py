"""Whether what does not agree is found out, each thing by its own proof."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from audit_app.services.proving import PROOFS, prove
from audit_app.services.recording import Event, record
from audit_app.storage.counting import count_changes
from audit_app.storage.evidence_store import Folder, new_name
from audit_app.storage.models import AuditReturn, ReferenceNumber
from tests.builders import NOW, make_answer, make_evidence, make_progress, make_result, make_return

FOLLOWS = {
    "UPDATE audit_return SET standing_result_id = NULL": {"the counts of the board"},
}
"""What else no longer agrees after a change, since it is counted from it."""


@pytest.fixture
def kept(session: Session) -> AuditReturn:
    """Keep a submitted return with all that belongs to it, so that everything agrees."""
    audit_return = make_return(session, state="submitted", reference="EYA-2026-0007")
    make_answer(session, audit_return)
    make_progress(session, audit_return, asked=2, answered=1)
    result = make_result(session, audit_return, sections={"1": "green"})
    audit_return.standing_result_id = result.id
    session.add(ReferenceNumber(prefix="EYA", year=2026, last=7))
    record(session, Event.RETURN_SUBMITTED, audit_return, by=None, at=NOW, details={})
    count_changes(session)
    return audit_return


@pytest.fixture
def store(tmp_path: Path) -> Folder:
    """Lend a folder of evidence."""
    return Folder(tmp_path)


def wrong(session: Session, store: Folder) -> dict[str, tuple[str, ...]]:
    count_changes(session)
    return {one.what: one.wrong for one in prove(session, store) if one.wrong}


def hand_in(session: Session, store: Folder, behind: AuditReturn, content: bytes) -> str:
    name = new_name()
    store.put(name, BytesIO(content))
    evidence = make_evidence(session, behind=behind)
    (version,) = evidence.versions
    version.stored_name, version.sha256 = name, sha256(content).hexdigest()
    return name


def test_what_was_kept_by_the_service_agrees(session: Session, kept: AuditReturn, store: Folder):
    assert wrong(session, store) == {}
    assert [one.what for one in prove(session, store)] == list(PROOFS)


@pytest.mark.parametrize(
    ("change", "what", "says"),
    [
        (
            "UPDATE audit_return SET standing_result_id = NULL",
            "the results",
            "has no result that stands",
        ),
        ("UPDATE audit_return SET reference = NULL", "the results", "has no reference"),
        ("UPDATE reference_number SET last = 6", "the references", "EYA-2026-0007 lies beyond"),
        ("DELETE FROM part_count", "the counts of the board", "1 rows of part_count differ"),
        ("DELETE FROM answer", "the counts of answers", "counts 1 answers and has 0"),
        (
            "UPDATE questionnaire_version SET source = source || ' '",
            "the questionnaires",
            "not the content",
        ),
        ("UPDATE questionnaire_version SET source = ''", "the questionnaires", "cannot be read"),
        ("UPDATE history_stream SET number = 2", "the history", "not the one the head names"),
    ],
)
def test_what_was_changed_behind_the_service_is_found(
    session: Session, kept: AuditReturn, store: Folder, change: str, what: str, says: str
):
    session.execute(text(change))
    session.expire_all()
    found = wrong(session, store)
    assert set(found) - FOLLOWS.get(change, set()) == {what}
    assert says in " ".join(found[what])


def test_a_return_that_stands_on_the_result_of_another_is_found(
    session: Session, kept: AuditReturn, store: Folder
):
    other = make_return(session, state="submitted", reference="EYA-2026-0006")
    other.standing_result_id = kept.standing_result_id
    assert "stands on the result of another" in " ".join(wrong(session, store)["the results"])


def test_a_file_that_was_changed_or_is_gone_is_found(
    session: Session, kept: AuditReturn, store: Folder
):
    whole, changed, gone = (hand_in(session, store, kept, b"policy %d" % n) for n in range(3))
    assert wrong(session, store) == {}
    store.put(changed, BytesIO(b"another"))
    store.remove(gone)
    found = " ".join(wrong(session, store)["the files of evidence"])
    assert ("is not as it was handed in" in found, "is gone" in found) == (True, True)
    assert len(wrong(session, store)["the files of evidence"]) == 2
    assert whole not in found
