"""A return as it is read: every question with its reply in words, its level and the reason.

The page "Check your answers", the read-only page and the PDF all print this one object.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from audit_app.core.actions import CalledFor, called_for
from audit_app.core.asked_then import chosen_words
from audit_app.core.explaining import status_words, why_area, why_question, why_section
from audit_app.core.progress import Progress, progress_of
from audit_app.core.questionnaire import PriorityArea, Questionnaire, Section
from audit_app.core.questions import Question, Table
from audit_app.core.replies import Reply, Validation
from audit_app.core.results import (
    AreaResult,
    IndicatorResult,
    QuestionResult,
    Result,
    SectionResult,
    Stage,
    Standing,
)
from audit_app.core.scoring import NOBODY, score
from audit_app.core.wording_replies import reply_words, table_rows

NOT_LOOKED_AT = "Brought forward from last time, and not looked at"


class SheetLine(NamedTuple):
    """One question as it is read; `chosen` are the words of the level that was chosen."""

    question: Question
    number: str
    words: str
    result: QuestionResult
    reply: Reply | None
    said: str
    table: list[tuple[str, list[str]]] | None
    why: str
    validation: Validation | None
    chosen: str = ""


class SheetSection(NamedTuple):
    """One top section as it is read; `inner` names the sections within it that head lines."""

    section: Section
    title: str
    result: SectionResult
    why: str
    lines: tuple[SheetLine, ...]
    inner: dict[str, str]


class SheetArea(NamedTuple):
    """A priority area as it is read."""

    area: PriorityArea
    result: AreaResult
    why: str


class SheetIndicator(NamedTuple):
    """A computed indicator as it is read."""

    title: str
    result: IndicatorResult


class Sheet(NamedTuple):
    """A whole return as it is read: screen and paper print it."""

    questionnaire: Questionnaire
    kind: str
    result: Result
    overall_why: str
    status: str
    sections: tuple[SheetSection, ...]
    areas: tuple[SheetArea, ...]
    indicators: tuple[SheetIndicator, ...]
    actions: tuple[CalledFor, ...]
    progress: Progress


def sheet_of(
    questionnaire: Questionnaire,
    replies: Mapping[str, Reply],
    *,
    kind: str,
    on: date,
    stage: Stage,
    validations: Mapping[str, Validation] = NOBODY,
) -> Sheet:
    """Score a return and put it into words, for an organisation of this kind, as of a date."""
    result = score(questionnaire, replies, kind=kind, on=on, stage=stage, validations=validations)
    values = {name: reply.value for name, reply in replies.items() if reply.stands}
    progress = progress_of(questionnaire, result, replies, kind=kind)
    sections = []
    for part in progress.sections:
        lines = tuple(
            _line(questionnaire, name, replies, result, values, validations, kind)
            for name in part.asked
        )
        found = result.sections[part.section.id]
        titles = part.section.title_for
        sections.append(
            SheetSection(
                part.section,
                {**titles}.get(kind, part.section.title),  # type: ignore[call-overload]
                found,
                why_section(
                    found,
                    result.stage,
                    word=questionnaire.section_word,
                    numbers=questionnaire.numbers,
                ),
                lines,
                _inner_headings(questionnaire, part.asked),
            )
        )
    areas = {area.id: area for area in questionnaire.priority_areas}
    titles_of = {indicator.id: indicator.title for indicator in questionnaire.indicators}
    return Sheet(
        questionnaire,
        kind,
        result,
        why_section(
            result.overall,
            result.stage,
            word=questionnaire.section_word,
            numbers=questionnaire.numbers,
        ),
        status_words(result),
        tuple(sections),
        tuple(
            SheetArea(
                areas[name],
                found,
                why_area(areas[name], found, result.stage, numbers=questionnaire.numbers),
            )
            for name, found in result.areas.items()
        ),
        tuple(SheetIndicator(titles_of[n], one) for n, one in result.indicators.items()),
        tuple(called_for(questionnaire, result, kind=kind)),
        progress,
    )


def _line(
    questionnaire: Questionnaire,
    name: str,
    replies: Mapping[str, Reply],
    result: Result,
    values: Mapping[str, Any],
    validations: Mapping[str, Validation],
    kind: str,
) -> SheetLine:
    question, found, reply = (
        questionnaire.question(name),
        result.questions[name],
        replies.get(name),
    )
    waits = reply is not None and reply.needs_review
    if waits and result.stage is not Stage.DRAFT:
        # What nobody has looked at since last time is nobody's answer this time.
        reply = None
    value = reply.value if reply is not None else None
    rows = table_rows(question, value) if isinstance(question, Table) and value else []
    table = rows or None
    if reply is not None and reply.not_applicable is not None:
        said = f"Not applicable: {reply.not_applicable}"
    elif found.standing is Standing.AUTOMATIC and value is None:
        said = "Not applicable: there were none"
    elif reply is not None and reply.is_answered_by_evidence and value is None:
        said = "See the evidence"
    else:
        said = "" if table else reply_words(question, value, questionnaire, values)
    return SheetLine(
        question,
        questionnaire.numbers[name],
        question.words(kind),
        found,
        reply,
        said,
        table,
        NOT_LOOKED_AT if waits else why_question(found),
        validations.get(name),
        chosen_words(question, value, questionnaire, kind=kind),
    )


def _inner_headings(questionnaire: Questionnaire, asked: tuple[str, ...]) -> dict[str, str]:
    """Give the title of the inner section that begins at a question, by the question's id."""
    headings: dict[str, str] = {}
    last = ""
    for name in asked:
        placed = questionnaire.placed[name]
        if len(placed.path) > 1 and placed.section.id != last:
            headings[name] = placed.section.title
        last = placed.section.id
    return headings
