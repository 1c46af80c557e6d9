"""What the same organisation answered in the cycle before, shown under the question."""

from typing import NamedTuple

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question, Table
from audit_app.core.rag import WORDS
from audit_app.core.wording_replies import reply_words, table_rows
from audit_app.storage.models import Answer
from audit_app.storage.queries.answers import answer_to, answers_of
from audit_app.storage.queries.last_cycle import last_return
from audit_app.storage.questionnaire_library import load
from audit_app.web.database import session
from audit_app.web.returns.opening import Opened, is_returned
from audit_app.web.returns.printed_tables import PrintedTable, printed_table


class LastAnswer(NamedTuple):
    """An answer of the cycle before: when, how it was rated, and in words."""

    when: str
    rating: str | None
    text: str
    table: PrintedTable | None
    note: str | None


def last_answer(opened: Opened, question: Question) -> LastAnswer | None:
    """Give last cycle's answer to a question, where the organisation returned one."""
    if opened.audit_return.cycle.previous_cycle_id is None:
        return None
    before = last_return(session(), opened.audit_return)
    if before is None or not is_returned(before):
        return None
    questionnaire = load(session(), before.content_hash)
    name = question.id if question.id in questionnaire.placed else question.same_meaning_as
    if name is None or name not in questionnaire.placed:
        return None
    answer = answer_to(session(), before, name)
    if answer is None:
        return None
    asked_then = questionnaire.question(name)
    others = {}
    if getattr(asked_then, "y_from", None) is not None:
        others = {key: one.value for key, one in answers_of(session(), before).items()}
    rating = answer.validated_rating or answer.self_rating
    table, text = None, said(answer, asked_then, questionnaire, others)
    if isinstance(asked_then, Table) and answer.value:
        table = printed_table(asked_then, table_rows(asked_then, answer.value))
        text = answer.commentary
    elif rating and text.partition("\n")[0] == WORDS[rating]:
        text = answer.commentary
    changed = asked_then.words(opened.kind) != question.words(opened.kind)
    return LastAnswer(
        when=before.cycle.title,
        rating=rating,
        text=text,
        table=table,
        note="The question has changed since then" if changed else None,
    )


def said(
    answer: Answer, question: Question, questionnaire: Questionnaire, others: dict[str, object]
) -> str:
    """Say a saved answer in words, its commentary on a line of its own."""
    if answer.not_applicable is not None:
        return f"Not applicable: {answer.not_applicable}"
    if isinstance(question, Table):
        headings = [column.label for column in question.columns]
        rows = table_rows(question, answer.value) if answer.value else []
        words = "\n".join(
            f"{label}: "
            + ", ".join(f"{h} {cell}" for h, cell in zip(headings, cells, strict=True) if cell)
            for label, cells in rows
        )
    else:
        words = reply_words(question, answer.value, questionnaire, others)
    return "\n".join(part for part in (words, answer.commentary) if part)
