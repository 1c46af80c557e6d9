"""Which words of an answer the personal data guard reads, and asking about them before saving."""

from collections.abc import Mapping

from audit_app.core.questions import Question, Table
from audit_app.core.tables import Column
from audit_app.web.guarding import questions_about
from audit_app.web.returns.asking import Asking
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.typed import Typed, typed_from

WORDS = frozenset({"text", "evidence"})
"""Kinds whose answer is free text. Names in a declaration are meant to be there."""


def ask_about(asked: Asking, typed: Typed) -> list[FieldProblem]:
    """Give what must be asked about before this is saved, each at its field; none: save it.

    What stands saved was asked about when it was saved; what was brought forward is asked about
    once more.
    """
    reply = asked.found.replies.get(asked.question.id)
    stands = reply is not None and not reply.needs_review
    saved = typed_from(asked.question, reply, asked.columns) if stands else None
    before = texts_in(asked.question, saved, asked.columns).values() if saved else ()
    return [
        FieldProblem(one.field, one.text, mark=one.mark)
        for one in questions_about(
            texts_in(asked.question, typed, asked.columns),
            organisation=asked.audit_return.organisation,
            audit_return=asked.audit_return,
            before=before,
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
