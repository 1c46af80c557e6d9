"""What the page of one question shows: its words, what stands in its fields, and where it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from flask import url_for

from audit_app.core.checking_tables import columns_shown
from audit_app.core.judging_figures import figure_in
from audit_app.core.progress import SectionProgress
from audit_app.core.questionnaire import Section
from audit_app.core.questions import Question, Table, XOfY
from audit_app.core.tables import Column
from audit_app.storage.models import Answer
from audit_app.web.returns.fields import FieldProblem, capitalised, said_together
from audit_app.web.returns.last_answers import LastAnswer
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_addresses import page_href
from audit_app.web.returns.question_words import QuestionWords, section_title, words_of
from audit_app.web.returns.reasons import Reasons
from audit_app.web.returns.typed import Typed


class Whole(NamedTuple):
    """The figure that an "x of y" is out of, where it is the answer to another question."""

    figure: Any
    question_id: str
    href: str


class Theirs(NamedTuple):
    """What somebody else saved in the meantime, and what the person has just typed, in words."""

    answer: Answer | None
    words: str
    mine: list[tuple[str, str]]


class Draft(NamedTuple):
    """What the person typed here and has not saved: since when, and why it does not count."""

    typed_at: datetime
    problems: list[FieldProblem]


class QuestionPage(NamedTuple):
    """One question on its page."""

    words: QuestionWords
    typed: Typed
    version: int | None
    errors: list[FieldProblem]
    section: Section
    section_title: str
    number: int
    of: int
    columns: list[Column]
    rows: list[dict[str, str]]
    whole: Whole | None
    last: LastAnswer | None
    reasons: Reasons | None
    saved: Answer | None
    brought_from: str | None
    theirs: Theirs | None
    draft: Draft | None
    whose: str
    then: str
    back_href: str
    action: str
    can_clear: bool
    at: str = ""

    @property
    def is_alone(self) -> bool:
        """Say whether the page is this question's own; else its fields begin with `at`."""
        return not self.at

    @property
    def size(self) -> str:
        """Give the size of the question's words: it is the heading of a page of its own."""
        return "l" if self.is_alone else "m"

    @property
    def question(self) -> Question:
        """Give the question itself."""
        return self.words.question

    def error(self, field: str) -> str | None:
        """Give what is wrong with one field."""
        return next((one.text for one in self.errors if one.field == field), None)

    def error_in(self, *fields: str) -> str | None:
        """Give the first thing that is wrong with any of some fields."""
        return next((one.text for one in self.errors if one.field in fields), None)

    @property
    def summary(self) -> list[FieldProblem]:
        """Give what is wrong in few lines, each with the way to the first input at fault."""
        return said_together(self.errors)

    def error_in_cell(self, *fields: str) -> str | None:
        """Give what is wrong with a cell, without the names of its row and column beside it."""
        found = next((one for one in self.errors if one.field in fields), None)
        if found is None:
            return None
        return capitalised(found.cell.said) if found.cell is not None else found.text

    def wrong(self, *fields: str) -> list[str]:
        """Name those of some fields that are wrong, each by its last part."""
        found = {one.field for one in self.errors}
        return [field.rpartition("-")[2] for field in fields if field in found]


def question_page(
    opened: Opened,
    place: SectionProgress,
    question: Question,
    typed: Typed,
    *,
    version: int | None,
    columns: list[Column],
    errors: list[FieldProblem] | None = None,
    last: LastAnswer | None = None,
    reasons: Reasons | None = None,
    theirs: Theirs | None = None,
    draft: Draft | None = None,
    whose: str = "",
    then: str = "",
) -> QuestionPage:
    """Put together the page of one question as this person is to see it now."""
    return_id = opened.audit_return.id
    words = words_of(opened.questionnaire, question, opened.kind)
    saved = opened.answers.get(question.id)
    return QuestionPage(
        words=words,
        typed=typed,
        version=version,
        errors=errors or [],
        section=place.section,
        section_title=section_title(place.section, opened.kind),
        number=place.asked.index(question.id) + 1,
        of=len(place.asked),
        columns=columns,
        rows=_rows(question, typed),
        whole=_whole(opened, question),
        last=last,
        reasons=reasons,
        saved=saved,
        brought_from=_brought_from(opened, saved),
        theirs=theirs,
        draft=draft,
        whose=whose,
        then=then,
        back_href=_back(opened, place, question, then),
        action=url_for("returns.question", return_id=return_id, question_id=question.id),
        can_clear=bool(words.choices) and saved is not None and saved.value is not None,
    )


def columns_of(opened: Opened, question: Question) -> list[Column]:
    """Give the columns of a table that are shown to this organisation; none for other kinds."""
    return columns_put_to(question, opened.kind, opened.values)


def columns_put_to(question: Question, kind: str, values: Mapping[str, Any]) -> list[Column]:
    """Give the columns of a table that are put to a kind of organisation, given its answers."""
    return columns_shown(question, kind, values) if isinstance(question, Table) else []


BACK_TO: dict[str, str] = {
    "check": "returns.check",
    "hints": "returns.hints",
    "rating": "returns.rating_so_far",
}
"""The pages from which one question is answered and which one comes back to, as `then` says."""


def next_href(opened: Opened, question_id: str, *, was_answered: bool, then: str) -> str:
    """Say where to go after saving: the next open question of the section, then its own page.

    That says what was passed over; or that the section is complete, and where to go on.
    """
    return_id = opened.audit_return.id
    if then in BACK_TO:
        return _back_to(then, opened, question_id)
    place = opened.section_of(question_id)
    if place is None:
        return url_for("returns.task_list", return_id=return_id)
    after = place.asked[place.asked.index(question_id) + 1 :]
    still_open = [name for name in after if name in place.left]
    onward = after[:1] if was_answered else (still_open[:1] or _unanswered(opened, after)[:1])
    if onward:
        return page_href(opened, onward[0])
    return url_for("returns.section", return_id=return_id, section_id=place.section.id)


def _back_to(then: str, opened: Opened, question_id: str) -> str:
    """Lead back; the page of every answer has a place for each of them."""
    anchor = f"q-{question_id}" if then == "check" else None
    return url_for(BACK_TO[then], return_id=opened.audit_return.id, _anchor=anchor)


def _unanswered(opened: Opened, names: tuple[str, ...]) -> list[str]:
    """Name the questions without an answer, those that may stay empty among them."""
    return [name for name in names if name not in opened.replies]


def _back(opened: Opened, place: SectionProgress, question: Question, then: str) -> str:
    return_id = opened.audit_return.id
    if then in BACK_TO:
        return _back_to(then, opened, question.id)
    before = place.asked.index(question.id) - 1
    if before < 0:
        return url_for("returns.section", return_id=return_id, section_id=place.section.id)
    return page_href(opened, place.asked[before])


def _brought_from(opened: Opened, saved: Answer | None) -> str | None:
    """Name the round that an answer comes from which nobody has looked at since."""
    if saved is None or not saved.needs_review:
        return None
    before = opened.audit_return.cycle.previous_cycle
    return before.title if before is not None else "last time"


def _rows(question: Question, typed: Typed) -> list[dict[str, str]]:
    if not isinstance(question, Table):
        return []
    if question.fixed_rows is not None:
        return [{"key": row.id, "label": row.label} for row in question.fixed_rows]
    item = question.repeating.item if question.repeating else "Row"
    return [
        {"key": str(n), "label": capitalised(f"{item} {n + 1}")} for n in range(len(typed.value))
    ]


def _whole(opened: Opened, question: Question) -> Whole | None:
    if not isinstance(question, XOfY) or question.y_from is None:
        return None
    other = question.y_from.question
    return Whole(
        figure_in(opened.values, other, question.y_from.part),
        other,
        url_for("returns.question", return_id=opened.audit_return.id, question_id=other),
    )
