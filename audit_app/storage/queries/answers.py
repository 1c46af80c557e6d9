"""Answers of a return, and the one way to write them."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Insert, Integer, Table, Update, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from audit_app.core.lifecycle import RETURNED
from audit_app.storage.models import Answer, AuditReturn, Cycle, EvidenceLink

TABLE = cast(Table, Answer.__table__)


class StandingReply(NamedTuple):
    """What one answer says and at which version, without the record around it."""

    question_id: str
    value: Any
    commentary: str
    not_applicable: str | None
    needs_review: bool
    version: int


class Mark(NamedTuple):
    """The sum of the versions of a return's answers, and how many pieces of evidence stand behind
    them: no answer is added or changed without a version, so the sum grows with every save.
    """

    versions: int
    pieces: int


_REPLIES = select(*(TABLE.c[name] for name in StandingReply._fields)).where(
    TABLE.c.audit_return_id == bindparam("of_return")
)
MARK = (
    select(func.coalesce(func.sum(TABLE.c.version), 0))
    .where(TABLE.c.audit_return_id == bindparam("of_return"))
    .scalar_subquery(),
    select(func.count())
    .where(
        EvidenceLink.audit_return_id == bindparam("of_return"), EvidenceLink.removed_at.is_(None)
    )
    .scalar_subquery(),
)
"""The mark of a return's answers, as columns of a statement about it."""


def answers_of(session: Session, audit_return: AuditReturn) -> dict[str, Answer]:
    """Give the answers of a return the caller was let into, by question, in order of their ids."""
    statement = (
        select(Answer).where(Answer.audit_return_id == audit_return.id).order_by(Answer.question_id)
    )
    return {answer.question_id: answer for answer in session.scalars(statement)}


def answer_to(session: Session, audit_return: AuditReturn, question_id: str) -> Answer | None:
    """Give one answer of a return the caller was let into."""
    return session.get(Answer, (audit_return.id, question_id))


def last_cycle_answers(session: Session, audit_return: AuditReturn) -> dict[str, Answer]:
    """Give the answers that the same organisation sent in the cycle before, by question.

    None is no error, and a draft that was never sent has none.
    """
    before = aliased(AuditReturn)
    statement = (
        select(Answer)
        .join(before, before.id == Answer.audit_return_id)
        .join(Cycle, Cycle.previous_cycle_id == before.cycle_id)
        .where(
            Cycle.id == audit_return.cycle_id,
            before.organisation_id == audit_return.organisation_id,
            before.state.in_(RETURNED),
        )
        .order_by(Answer.question_id)
    )
    return {answer.question_id: answer for answer in session.scalars(statement)}


def put_answer(
    session: Session,
    *,
    audit_return_id: UUID,
    question_id: str,
    expected_version: int | None,
    values: Mapping[str, Any],
) -> int | None:
    """Write an answer if it still is the version the person saw (None: there was none).

    Gives the new version, or None where somebody else's version stands: nothing was written then.
    """
    session.flush()
    key = {"of_return": audit_return_id, "of_question": question_id}
    written = {f"new_{name}": value for name, value in values.items()}
    names = tuple(values)
    statement: Insert | Update
    if expected_version is None:
        statement = _first_answer(session.get_bind().dialect.name, names)
    else:
        statement = _next_answer(names)
        key["seen"] = expected_version
    version: int | None = session.connection().scalar(statement, {**key, **written})
    known = session.identity_map.get(session.identity_key(Answer, (audit_return_id, question_id)))
    if known is not None:
        session.expire(known)
    return version


def standing_replies(session: Session, audit_return_id: UUID) -> list[StandingReply]:
    """Give what a return the caller was let into says now, question by question.

    It is read as it stands in the database, and not as this session may have read it before.
    """
    rows = session.connection().execute(_REPLIES, {"of_return": audit_return_id})
    return [StandingReply(*row) for row in rows]


def mark_in(replies: Iterable[StandingReply], *, pieces: int) -> Mark:
    """Give the mark of answers that were read, and of so many pieces of evidence."""
    return Mark(sum(one.version for one in replies), pieces)


@cache
def _first_answer(dialect: str, names: tuple[str, ...]) -> Insert:
    """Make the statement for a first answer, which is put together once for each set of values.

    Two people may answer at the same moment: the second finds a row and writes nothing.
    """
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return (
        insert(TABLE)
        .values(
            audit_return_id=bindparam("of_return"),
            question_id=bindparam("of_question"),
            version=1,
            **_given(names),
        )
        .on_conflict_do_nothing()
        .returning(TABLE.c.version)
    )


@cache
def _next_answer(names: tuple[str, ...]) -> Update:
    return (
        update(TABLE)
        .where(
            TABLE.c.audit_return_id == bindparam("of_return"),
            TABLE.c.question_id == bindparam("of_question"),
            TABLE.c.version == bindparam("seen"),
        )
        .values(version=bindparam("seen", type_=Integer) + 1, **_given(names))
        .returning(TABLE.c.version)
    )


def _given(names: tuple[str, ...]) -> dict[str, Any]:
    return {name: bindparam(f"new_{name}", type_=TABLE.c[name].type) for name in names}
