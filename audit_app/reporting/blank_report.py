"""The PDF of a blank questionnaire: every question that a kind of organisation gets, with room."""

from datetime import datetime
from typing import NamedTuple

from audit_app.core.actions import descriptors
from audit_app.core.describing import asked_only_if, condition_for
from audit_app.core.organisations import KINDS
from audit_app.core.questionnaire import Placed, Questionnaire, Section
from audit_app.core.questions import (
    Choice,
    Choices,
    FreeText,
    Question,
    Rating,
    Table,
    YesNo,
    YesPartlyNo,
    is_scored,
)
from audit_app.core.tables import Column, is_put_to_kind
from audit_app.core.wording_replies import YES_WORDS
from audit_app.reporting.render import ACCENT, render_html, render_pdf

TEMPLATE = "blank/report.html"

MOST_ADDED_ROWS = 6
"""Rows drawn where the respondent adds them; for more there is another sheet of paper."""

WORDS_ALREADY = frozenset({"text", "evidence", "declaration"})
"""Kinds whose answer is words already, so that no lines for more are drawn."""


class KindIsNotAsked(Exception):
    """The questionnaire is not put to this kind of organisation."""

    def __init__(self, questionnaire: Questionnaire, kind: str) -> None:
        asked = ", ".join(dict.fromkeys(questionnaire.asked_of))
        super().__init__(f"{questionnaire.key} is not asked of `{kind}`; it is asked of: {asked}")


class BlankFacts(NamedTuple):
    """What the cover says beside the questionnaire; without an organisation there is a line for it.

    `due_at` is by when the answers must be in, where that is known; `answers_for` names the owners
    whose parts alone are on the paper.
    """

    printed_at: datetime
    partnership: str = ""
    organisation: str | None = None
    due_at: datetime | None = None
    accent: str = ACCENT
    answers_for: tuple[str, ...] = ()


class Box(NamedTuple):
    """One answer to tick: its words, what it looks like, and the colour it gives."""

    label: str
    words: str | None
    rag: str | None


class Grid(NamedTuple):
    """A table to fill in: its columns with what goes into them, and the names of its rows."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]
    more_rows: int


class Line(NamedTuple):
    """One question with the room that its answer needs; `comment_lines` may be none."""

    question: Question
    number: str
    words: str
    hint: str | None
    condition: str | None
    boxes: tuple[Box, ...]
    grid: Grid | None
    lines: int
    comment_lines: int
    comment_for: tuple[str, ...]


class Part(NamedTuple):
    """A section with its questions."""

    section: Section
    title: str
    condition: str | None
    is_inner: bool
    lines: list[Line]


def blank_report(questionnaire: Questionnaire, *, kind: str, about: BlankFacts) -> bytes:
    """Make the PDF. Raises KindIsNotAsked and ReportCouldNotBeMade."""
    return render_pdf(
        TEMPLATE,
        _context(questionnaire, kind, about),
        title=_title(questionnaire, kind),
        identifier=_identifier(questionnaire, kind, about),
        made_at=about.printed_at,
        accent=about.accent,
    )


def blank_html(questionnaire: Questionnaire, *, kind: str, about: BlankFacts) -> str:
    """Give the HTML that the PDF is drawn from. Raises KindIsNotAsked."""
    return render_html(
        TEMPLATE,
        _context(questionnaire, kind, about),
        title=_title(questionnaire, kind),
        made_at=about.printed_at,
        accent=about.accent,
    )


def _identifier(questionnaire: Questionnaire, kind: str, about: BlankFacts) -> str:
    whose = " ".join((about.organisation or "", *about.answers_for))
    return f"blank {questionnaire.content_hash} {kind} {whose}"


def _title(questionnaire: Questionnaire, kind: str) -> str:
    return f"{questionnaire.title} {questionnaire.version}, blank, {KINDS.get(kind, kind)}"


def _context(questionnaire: Questionnaire, kind: str, about: BlankFacts) -> dict[str, object]:
    if kind not in questionnaire.asked_of:
        raise KindIsNotAsked(questionnaire, kind)
    asked = [
        placed
        for placed in questionnaire.asked(kind)
        if all(
            condition_for(part.when, questionnaire, kind) is not False
            for part in (*placed.path, placed.question)
        )
    ]
    return {
        "about": about,
        "questionnaire": questionnaire,
        "kind_words": KINDS[kind],
        "total": len(asked),
        "parts": _parts(questionnaire, asked, kind),
        "has_critical": any(placed.question.critical for placed in asked),
    }


def _parts(questionnaire: Questionnaire, asked: list[Placed], kind: str) -> list[Part]:
    parts: dict[str, Part] = {}
    for placed in asked:
        for depth, section in enumerate(placed.path):
            if section.id not in parts:
                title = {**section.title_for}.get(kind, section.title)  # type: ignore[call-overload]
                condition = asked_only_if(section.when, questionnaire, kind)
                parts[section.id] = Part(section, title, condition, depth > 0, [])
        parts[placed.section.id].lines.append(_line(questionnaire, placed.question, kind))
    return list(parts.values())


def _line(questionnaire: Questionnaire, question: Question, kind: str) -> Line:
    comment_for = _levels(questionnaire, question)
    needs_words = question.kind not in WORDS_ALREADY
    return Line(
        question=question,
        number=questionnaire.numbers[question.id],
        words=question.words(kind),
        hint={**question.hint_for}.get(kind, question.hint),  # type: ignore[call-overload]
        condition=asked_only_if(question.when, questionnaire, kind),
        boxes=_boxes(questionnaire, question, kind),
        grid=_grid(questionnaire, question, kind) if isinstance(question, Table) else None,
        lines=_lines(question),
        comment_lines=(3 if comment_for else 2)
        if needs_words and (is_scored(question, kind=kind) or comment_for)
        else 0,
        comment_for=comment_for,
    )


def _boxes(questionnaire: Questionnaire, question: Question, kind: str) -> tuple[Box, ...]:
    found: list[Box] = []
    match question:
        case Rating():
            said = descriptors(question, questionnaire, kind=kind)
            levels = questionnaire.scale(question.scale)
            found = [Box(one.label, said.get(one.value), one.rag) for one in levels]
        case Choice() | Choices():
            # Which answer is the good one is not said on paper either.
            found = [Box(one.label, one.hint, None) for one in question.options]
            if isinstance(question, Choices) and question.none_of_these:
                found.append(Box(question.none_of_these, None, None))
        case YesPartlyNo():
            found = [Box(YES_WORDS[value], None, None) for value in ("yes", "partly", "no")]
        case YesNo():
            found = [Box(YES_WORDS[value], None, None) for value in ("yes", "no")]
    if question.dont_know:
        found.append(Box(YES_WORDS["dont_know"], None, None))
    return tuple(found)


def _grid(questionnaire: Questionnaire, question: Table, kind: str) -> Grid:
    columns = tuple(
        (column.label, _entered(questionnaire, column, kind))
        for column in question.columns
        if is_put_to_kind(column, kind)
        and condition_for(column.when, questionnaire, kind) is not False
    )
    if question.repeating is None:
        return Grid(columns, tuple(row.label for row in question.fixed_rows or []), 0)
    drawn = max(1, min(question.repeating.most, MOST_ADDED_ROWS))
    item = question.repeating.item
    rows = tuple(f"{item[:1].upper()}{item[1:]} {number}" for number in range(1, drawn + 1))
    return Grid(columns, rows, question.repeating.most - drawn)


def _entered(questionnaire: Questionnaire, column: Column, kind: str) -> str:
    """Say in a few words what goes into a cell, where its heading does not."""
    said = [" / ".join(option.label for option in column.options)] if column.options else []
    if column.kind == "yes_no":
        said.append("yes or no")
    if column.kind == "date":
        said.append("day, month, year")
    if not column.required:
        said.append("if you can")
    condition = asked_only_if(column.when, questionnaire, kind)
    if condition is not None:
        said.append(condition)
    return "; ".join(said)


def _lines(question: Question) -> int:
    """Say how many lines to write on an answer in words needs."""
    if isinstance(question, FreeText):
        return max(2, question.rows)
    return 4 if question.kind == "evidence" else 0


def _levels(questionnaire: Questionnaire, question: Question) -> tuple[str, ...]:
    """Name the answers for which words are needed, as they are called."""
    labels = {"red": "Red", "amber": "Amber", "green": "Green", **YES_WORDS}
    if isinstance(question, Rating):
        labels |= {level.value: level.label for level in questionnaire.scale(question.scale)}
    elif isinstance(question, YesNo | YesPartlyNo):
        bad = "no" if question.good_answer == "yes" else "yes"
        labels |= {"red": YES_WORDS[bad], "amber": "Partly"}
        labels["green"] = YES_WORDS[question.good_answer]
    needed = dict.fromkeys((*question.comment_required_for, *question.evidence_required_for))
    return tuple(dict.fromkeys(labels.get(level, level) for level in needed))
