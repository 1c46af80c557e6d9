"""What the same organisation answered in the cycle before, shown under the question."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from audit_app.core.asked_then import Wording, chosen_words, wording_changed
from audit_app.core.changed_since import WORDS as WORDS_SINCE
from audit_app.core.changed_since import Since, changed_since
from audit_app.core.differences import earlier_id
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question, Table, XOfY
from audit_app.core.rag import WORDS
from audit_app.core.replies import Reply
from audit_app.core.wording_replies import reply_words, table_rows
from audit_app.storage.models import Answer
from audit_app.storage.queries.last_answers import (
    AnswerThen,
    LastReturn,
    answer_then,
    returned_last,
)
from audit_app.storage.questionnaire_library import load
from audit_app.web.database import session
from audit_app.web.returns.fields import capitalised
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.printed_tables import PrintedTable, printed_table


class LastAnswer(NamedTuple):
    """An answer of the cycle before: when, how it was rated, and in words.

    `chosen` are the words of the level that was chosen; `changed` is what was asked otherwise.
    """

    when: str
    rating: str | None
    text: str
    table: PrintedTable | None
    note: str | None
    chosen: str = ""
    changed: tuple[Wording, ...] = ()
    is_new: bool = False


def last_answer(opened: Opened, question: Question) -> LastAnswer | None:
    """Give last cycle's answer to a question, where the organisation returned one."""
    if opened.audit_return.cycle.previous_cycle_id is None:
        return None
    last = returned_last(session(), opened.audit_return)
    if last is None:
        return None
    questionnaire = load(session(), last.content_hash)
    since = changed_since(questionnaire, opened.questionnaire)[question.id]
    if since is Since.NEW:
        return LastAnswer(last.title, None, "", None, None, is_new=True)
    name = earlier_id(questionnaire, question)
    answer = answer_then(session(), last, name) if name in questionnaire.placed else None
    if answer is None:
        return None
    asked = questionnaire.question(name)
    table, text = None, said(answer, asked, questionnaire, _figures(asked, last))
    if isinstance(asked, Table) and answer.value:
        table = printed_table(asked, table_rows(asked, answer.value))
        text = answer.commentary
    elif answer.rating and text.partition("\n")[0] == WORDS[answer.rating]:
        text = answer.commentary
    return LastAnswer(
        last.title,
        answer.rating,
        text,
        table,
        WORDS_SINCE.get(since),
        chosen_words(asked, answer.value, questionnaire, kind=opened.kind),
        tuple(_wording(questionnaire, opened, question)) if since is not Since.SAME else (),
    )


def wording_since(opened: Opened, names: Iterable[str]) -> dict[str, list[Wording]]:
    """Give, of those questions that have changed, what was asked in the round before and now."""
    before = opened.audit_return.cycle.previous_cycle
    if before is None:
        return {}
    old, since = load(session(), before.content_hash), since_last(opened)
    return {
        name: _wording(old, opened, opened.questionnaire.question(name))
        for name in names
        if since.get(name, Since.NEW) not in (Since.SAME, Since.NEW)
    }


def _wording(old: Questionnaire, opened: Opened, question: Question) -> list[Wording]:
    new = opened.questionnaire
    return wording_changed(old, new, earlier_id(old, question), question.id, kind=opened.kind)


def since_last(opened: Opened) -> dict[str, Since]:
    """Say what became of each question since the round before; nothing where there was none."""
    before = opened.audit_return.cycle.previous_cycle
    if before is None:
        return {}
    return changed_since(load(session(), before.content_hash), opened.questionnaire)


def said(
    answer: Answer | AnswerThen | Reply,
    question: Question,
    questionnaire: Questionnaire,
    others: Mapping[str, Any],
) -> str:
    """Say an answer that was kept in words, its commentary on a line of its own."""
    if answer.not_applicable is not None:
        return f"Not applicable: {answer.not_applicable}"
    if isinstance(question, Table):
        words = _table_words(question, answer.value)
    else:
        words = reply_words(question, answer.value, questionnaire, others)
    return "\n".join(part for part in (words, answer.commentary) if part)


def _figures(asked: Question, last: LastReturn) -> dict[str, Any]:
    """Give the figure that an "x of y" is out of, where it stood in another answer."""
    if not isinstance(asked, XOfY) or asked.y_from is None:
        return {}
    other = answer_then(session(), last, asked.y_from.question)
    return {asked.y_from.question: other.value} if other is not None else {}


def _table_words(question: Table, value: Any) -> str:
    headings = [column.label for column in question.columns]
    rows = table_rows(question, value) if value else []
    return "\n".join(
        f"{capitalised(label)}: "
        + ", ".join(f"{h} {cell}" for h, cell in zip(headings, cells, strict=True) if cell)
        for label, cells in rows
    )
