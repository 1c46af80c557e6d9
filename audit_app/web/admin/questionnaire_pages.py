"""What the page of a questionnaire shows: what one kind of organisation is asked, and why."""

from datetime import date
from typing import NamedTuple

from audit_app.core.actions import descriptors
from audit_app.core.asked import Link
from audit_app.core.describing import KIND_WORDS, asked_only_if, rated_words, threshold_words
from audit_app.core.law import words_for_authors, words_for_respondents
from audit_app.core.organisations import KINDS
from audit_app.core.owning import as_put_to, owners_named
from audit_app.core.questionnaire import Questionnaire, Section
from audit_app.core.questions import Choice, Choices, Question, Rating, Table
from audit_app.core.sources import Sources
from audit_app.core.wording_replies import YES_WORDS
from audit_app.services.reading_sources import Origin, owner_name, why_asked
from audit_app.web.admin.choices import Choice as Offered
from audit_app.web.admin.table_words import ColumnLine, column_lines


class AsKind(NamedTuple):
    """One kind of organisation that is asked, and how many questions it gets."""

    kind: str
    words: str
    number: int


class LevelLine(NamedTuple):
    """One answer on offer: its words, what it looks like or a hint, and the colour it gives."""

    label: str
    words: str | None
    rag: str | None


class LawLine(NamedTuple):
    """One reference: what this kind is shown of it, or else what only authors see."""

    reference: str
    words: str
    is_shown: bool


class QuestionCard(NamedTuple):
    """One question as this kind of organisation sees it, and what its author should know."""

    question: Question
    words: str
    hint: str | None
    guidance: tuple[str, ...]
    links: list[Link]
    answer: str
    levels: list[LevelLine]
    columns: list[ColumnLine]
    rows: list[str]
    condition: str | None
    rated: str
    comment_for: list[str]
    to_be_done: str | None
    origins: list[Origin]
    law: list[LawLine]


class SectionPart(NamedTuple):
    """A section, its questions for this kind, and how deep it lies."""

    section: Section
    title: str
    condition: str | None
    depth: int
    cards: list[QuestionCard]


class AreaLine(NamedTuple):
    """A priority area: its title, why it is one, and the questions and shares that decide it."""

    title: str
    why: str | None
    questions: list[str]
    shares: list[tuple[str, str | None]]


class QuestionnairePage(NamedTuple):
    """A whole questionnaire as one kind of organisation is asked it.

    Where sections name owners, `owners` are they, and `owner` the one it is shown for; none shows
    what is asked of any of them.
    """

    questionnaire: Questionnaire
    owners: list[Offered]
    owner: str
    kinds: list[AsKind]
    shown: AsKind
    sections: list[SectionPart]
    areas: list[AreaLine]
    critical: list[str]


def questionnaire_page(
    questionnaire: Questionnaire, kind: str, *, owner: str = "", sources: Sources, on: date
) -> QuestionnairePage:
    """Give the page of a questionnaire; a kind that is not asked gives that of the first one.

    An owner that it does not name gives the page of all of them.
    """
    named = owners_named(questionnaire)
    owners = sorted((Offered(one, owner_name(sources, one)) for one in named), key=_by_words)
    owner = owner if owner in named else ""
    put: dict[str, Questionnaire] = {
        one: as_put_to(questionnaire, one, [owner] if owner else None)
        for one in questionnaire.asked_of
    }
    kinds = [AsKind(one, KINDS[one], len(found.asked(one))) for one, found in put.items()]
    shown = next((one for one in kinds if one.kind == kind), kinds[0])
    narrowed = put[shown.kind]
    asked = narrowed.asked(shown.kind)
    parts: dict[str, SectionPart] = {}
    for placed in asked:
        for depth, section in enumerate(placed.path):
            if section.id not in parts:
                parts[section.id] = _section(narrowed, section, shown.kind, depth)
        card = _card(narrowed, placed.question, shown.kind, sources, on)
        parts[placed.section.id].cards.append(card)
    return QuestionnairePage(
        questionnaire,
        owners,
        owner,
        kinds,
        shown,
        list(parts.values()),
        _areas(narrowed, {placed.question.id for placed in asked}),
        [placed.question.id for placed in asked if placed.question.critical],
    )


def _by_words(choice: Offered) -> str:
    return choice.text.lower()


def _section(questionnaire: Questionnaire, section: Section, kind: str, depth: int) -> SectionPart:
    title = {**section.title_for}.get(kind, section.title)  # type: ignore[call-overload]
    condition = asked_only_if(section.when, questionnaire, kind)
    return SectionPart(section, title, condition, depth, [])


def _card(
    questionnaire: Questionnaire, question: Question, kind: str, sources: Sources, on: date
) -> QuestionCard:
    table = question if isinstance(question, Table) else None
    return QuestionCard(
        question=question,
        words=question.words(kind),
        hint={**question.hint_for}.get(kind, question.hint),  # type: ignore[call-overload]
        guidance=tuple(part for part in (question.guidance or "").split("\n\n") if part.strip()),
        links=question.links,
        answer=KIND_WORDS[question.kind],
        levels=_levels(questionnaire, question, kind),
        columns=column_lines(questionnaire, table, kind) if table else [],
        rows=[row.label for row in table.fixed_rows or []] if table else [],
        condition=asked_only_if(question.when, questionnaire, kind),
        rated=rated_words(question),
        comment_for=_level_words(questionnaire, question),
        to_be_done=question.to_be_done(kind),
        origins=why_asked(sources, question),
        law=_law(question, kind, sources, on),
    )


def _levels(questionnaire: Questionnaire, question: Question, kind: str) -> list[LevelLine]:
    match question:
        case Rating():
            said = descriptors(question, questionnaire, kind=kind)
            levels = questionnaire.scale(question.scale)
            return [LevelLine(one.label, said.get(one.value), one.rag) for one in levels]
        case Choice() | Choices():
            found = [LevelLine(one.label, one.hint, one.level) for one in question.options]
            none = question.none_of_these if isinstance(question, Choices) else None
            return [*found, LevelLine(none, None, None)] if none else found
        case _:
            return []


def _level_words(questionnaire: Questionnaire, question: Question) -> list[str]:
    """Say for which answers words are needed."""
    labels = {"red": "Red", "amber": "Amber", "green": "Green", **YES_WORDS}
    if isinstance(question, Rating):
        labels |= {level.value: level.label for level in questionnaire.scale(question.scale)}
    needed = dict.fromkeys((*question.comment_required_for, *question.evidence_required_for))
    return [labels.get(level, level) for level in needed]


def _law(question: Question, kind: str, sources: Sources, on: date) -> list[LawLine]:
    """Give each reference as this kind is shown it; what is not shown is for authors alone."""
    found = []
    for name in question.law:
        reference = sources.law.reference(name)
        if reference is None:
            found.append(LawLine(name, "No source has this reference.", False))
            continue
        shown = words_for_respondents(reference, kind, on=on)
        said = shown or words_for_authors(reference, kind)
        found.append(LawLine(name, said, shown is not None))
    return found


def _areas(questionnaire: Questionnaire, asked: set[str]) -> list[AreaLine]:
    indicators = {one.id: one for one in questionnaire.indicators}
    return [
        AreaLine(
            area.title,
            area.why,
            [name for name in area.questions if name in asked],
            [
                (one.title, threshold_words(one.thresholds) if one.thresholds else None)
                for one in (indicators[name] for name in area.indicators)
            ],
        )
        for area in questionnaire.priority_areas
        if asked & set(area.questions)
    ]
