"""Which words of an answer the personal data guard reads, and asking about them before saving."""

from collections.abc import Mapping
from typing import Protocol

from sqlalchemy.orm import Session

from audit_app.core.personal_data import pointed_out
from audit_app.core.questions import Question, Table
from audit_app.core.replies import Reply
from audit_app.core.tables import Column
from audit_app.storage.models import AuditReturn
from audit_app.web.guarding import questions_about
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.typed import Typed, typed_from

WORDS = frozenset({"text", "evidence"})
"""Kinds whose answer is free text. Names in a declaration are meant to be there."""


class Guarded(Protocol):
    """A question that is answered, its columns, and what the return says, as saving read it."""

    @property
    def audit_return(self) -> AuditReturn: ...
    @property
    def question(self) -> Question: ...
    @property
    def columns(self) -> list[Column]: ...
    @property
    def replies(self) -> Mapping[str, Reply]: ...


def must_ask(given: Guarded, typed: Typed) -> bool:
    """Say whether there is anything to ask about, or to count, before this is saved."""
    organisation = given.audit_return.organisation
    own = tuple(filter(None, (organisation.postcode, organisation.telephone, organisation.email)))
    texts = texts_in(given.question, typed, given.columns)
    return any(pointed_out(text, own=own) for text in texts.values())


def ask_about(given: Guarded, typed: Typed, *, within: Session | None = None) -> list[FieldProblem]:
    """Give what must be asked about before this is saved, each at its field; none: save it.

    What stands saved was asked about when it was saved; what was brought forward is asked about
    once more.
    """
    question, columns = given.question, given.columns
    reply = given.replies.get(question.id)
    stands = reply is not None and not reply.needs_review
    saved = typed_from(question, reply, columns) if stands else None
    before = texts_in(question, saved, columns).values() if saved else ()
    return [
        FieldProblem(one.field, one.text, mark=one.mark)
        for one in questions_about(
            texts_in(question, typed, columns),
            organisation=given.audit_return.organisation,
            audit_return=given.audit_return,
            before=before,
            within=within,
        )
    ]


def texts_in(question: Question, typed: Typed, columns: list[Column]) -> Mapping[str, str]:
    """Give every text of an answer by the id of its field."""
    texts = {"commentary": typed.commentary}
    if typed.not_applicable:
        texts["not_applicable_reason"] = typed.reason
    elif question.kind in WORDS:
        texts["answer"] = str(typed.value or "")
    elif isinstance(question, Table):
        rows = typed.value if isinstance(typed.value, dict) else dict(enumerate(typed.value))
        texts |= {
            f"cell-{name}-{column.id}": str(row.get(column.id) or "")
            for name, row in rows.items()
            for column in columns
            if column.kind == "text"
        }
    return {field: text for field, text in texts.items() if text.strip()}
