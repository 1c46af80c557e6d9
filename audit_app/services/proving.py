"""Whether what is kept agrees with itself: rows with each other, with counters and with hashes."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, aliased

from audit_app.core.lifecycle import RETURNED
from audit_app.core.problems import CannotBeRead
from audit_app.core.reading import read_questionnaire
from audit_app.storage.backups.manifest import hash_of
from audit_app.storage.evidence_store import EvidenceIsGone, EvidenceStore
from audit_app.storage.models import (
    Answer,
    AuditReturn,
    EvidenceVersion,
    QuestionnaireVersion,
    ReferenceNumber,
    Result,
    ResultSection,
    ReturnProgress,
)
from audit_app.storage.queries.history import verify
from audit_app.storage.queries.rebuilding_counts import wrong_counts

Proof = Callable[[Session, EvidenceStore], Iterator[str]]
"""Looks through what is kept and gives a sentence for each place that does not agree."""


class Proved(NamedTuple):
    """One thing that was looked at, and where it does not agree."""

    what: str
    wrong: tuple[str, ...]


def prove(session: Session, evidence: EvidenceStore) -> list[Proved]:
    """Look through everything, in the order of PROOFS; changes nothing."""
    return [Proved(what, tuple(proof(session, evidence))) for what, proof in PROOFS.items()]


def _database(session: Session, _evidence: EvidenceStore) -> Iterator[str]:
    """Ask SQLite itself; PostgreSQL refuses such rows when they are written."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for (said,) in session.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"the file is damaged: {said}"
    for table, _, other, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield f"a row of {table} points at nothing in {other}"


def _history(session: Session, _evidence: EvidenceStore) -> Iterator[str]:
    for one in verify(session):
        yield f"{one.stream}, row {one.number}: {one.what}"


def _questionnaires(session: Session, _evidence: EvidenceStore) -> Iterator[str]:
    for one in session.scalars(select(QuestionnaireVersion).order_by(QuestionnaireVersion.name)):
        named = f"{one.name}/{one.version}"
        try:
            read = read_questionnaire(one.source, name=named)
        except CannotBeRead:
            yield f"{named} cannot be read any more"
            continue
        if read.content_hash != one.content_hash:
            yield f"{named} is not the content that its hash names"


def _results(session: Session, _evidence: EvidenceStore) -> Iterator[str]:
    """See that every return that counts as returned has a result of its own, and a reference."""
    standing = aliased(Result)
    rows = session.execute(
        select(AuditReturn.id, AuditReturn.reference, standing.audit_return_id)
        .outerjoin(standing, standing.id == AuditReturn.standing_result_id)
        .where(AuditReturn.state.in_(RETURNED))
        .order_by(AuditReturn.id)
    )
    for return_id, reference, of in rows:
        if of is None:
            yield f"return {return_id} was submitted and has no result that stands"
        elif of != return_id:
            yield f"return {return_id} stands on the result of another"
        if reference is None:
            yield f"return {return_id} was submitted and has no reference"
    without = (
        select(Result.id)
        .where(~select(ResultSection).where(ResultSection.result_id == Result.id).exists())
        .order_by(Result.id)
    )
    for (result_id,) in session.execute(without):
        yield f"result {result_id} has no sections"


def _references(session: Session, _evidence: EvidenceStore) -> Iterator[str]:
    """See that no reference was given out beyond its counter, which would give it out again."""
    last = {
        (one.prefix, str(one.year)): one.last for one in session.scalars(select(ReferenceNumber))
    }
    for reference in session.scalars(
        select(AuditReturn.reference).where(AuditReturn.reference.is_not(None))
    ):
        prefix, year, number = (reference or "").rsplit("-", 2)
        if int(number) > last.get((prefix, year), 0):
            yield f"{reference} lies beyond the last number given out"


def _progress(session: Session, _evidence: EvidenceStore) -> Iterator[str]:
    """See that no return counts more answers than it has."""
    held = (
        select(func.count())
        .where(Answer.audit_return_id == ReturnProgress.audit_return_id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(ReturnProgress.audit_return_id, ReturnProgress.answered, held)
        .where(ReturnProgress.answered > held)
        .order_by(ReturnProgress.audit_return_id)
    )
    for return_id, answered, there in rows:
        yield f"return {return_id} counts {answered} answers and has {there}"


def _files(session: Session, evidence: EvidenceStore) -> Iterator[str]:
    """Read every file of evidence and hold it against the hash it had when it was handed in."""
    rows = session.execute(
        select(EvidenceVersion.id, EvidenceVersion.stored_name, EvidenceVersion.sha256).order_by(
            EvidenceVersion.id
        )
    )
    for version_id, name, sha256 in rows:
        try:
            with closing(evidence.open(name)) as file:
                if hash_of(file) != sha256:
                    yield f"the file of evidence {version_id} is not as it was handed in"
        except EvidenceIsGone:
            yield f"the file of evidence {version_id} is gone"


def _board(session: Session, _evidence: EvidenceStore) -> Iterator[str]:
    for table, number in wrong_counts(session).items():
        yield f"{number:,} rows of {table} differ from the returns (counts rebuild makes them anew)"


PROOFS: dict[str, Proof] = {
    "the database": _database,
    "the history": _history,
    "the questionnaires": _questionnaires,
    "the results": _results,
    "the references": _references,
    "the counts of answers": _progress,
    "the files of evidence": _files,
    "the counts of the board": _board,
}
"""What is looked at, and how."""
