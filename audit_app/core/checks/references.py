"""Checks that ids are given once, and that what a questionnaire refers to is there."""

from collections.abc import Collection, Iterator

from audit_app.core.checks.found import Found, figures_of, questions_of, sections_of
from audit_app.core.checks.tables import named_once
from audit_app.core.marked import Path
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Number, Part, XOfY, is_scored

OVERALL = "overall"


def ids_are_given_once(questionnaire: Questionnaire) -> Iterator[Found]:
    """An id names one question or one section in the whole file."""
    seen: set[str] = set()
    for at in questions_of(questionnaire):
        if at.question.id in seen:
            yield Found((*at.path, "id"), f"the id `{at.question.id}` is used by another question")
        seen.add(at.question.id)
    sections: set[str] = set()
    for section, path in sections_of(questionnaire.sections, ("sections",)):
        if section.id in sections:
            yield Found((*path, "id"), f"the id `{section.id}` is used by another section")
        sections.add(section.id)
        if section.id == OVERALL:
            yield Found((*path, "id"), f"`{OVERALL}` stands for the whole return: use another id")
        if not section.questions and not section.sections:
            yield Found(path, f"section `{section.id}` has no questions")
    areas = [area.id for area in questionnaire.priority_areas]
    yield from named_once(areas, ("priority_areas",))
    yield from named_once([one.id for one in questionnaire.indicators], ("indicators",))


def parts_exist(questionnaire: Questionnaire) -> Iterator[Found]:
    """Figures taken from another answer name a question that has such a figure."""

    def look(part: Part, path: Path) -> Iterator[Found]:
        if part.question not in questionnaire.placed:
            yield Found(path, f"`{part.question}` is not in this file")
            return
        source = questionnaire.question(part.question)
        figures = figures_of(source)
        if isinstance(source, Number) and source.decimals:
            yield Found(path, f"`{part.question}` is not a whole number: take out its `decimals`")
        elif part.part not in figures:
            has = " or ".join(f"`part: {name}`" for name in figures)
            hint = f"; it has {has}" if has else ""
            yield Found(path, f"`{part.question}` has no figure `{part.part}`{hint}")

    for at in questions_of(questionnaire):
        if isinstance(at.question, XOfY) and at.question.y_from:
            yield from look(at.question.y_from, (*at.path, "y_from"))
    for place, indicator in enumerate(questionnaire.indicators):
        yield from look(indicator.x, ("indicators", place, "x"))
        yield from look(indicator.y, ("indicators", place, "y"))


def areas_name_scored_questions(questionnaire: Questionnaire) -> Iterator[Found]:
    """A priority area names questions that exist and can be rated, and indicators that exist."""
    indicators = {indicator.id for indicator in questionnaire.indicators}
    for place, area in enumerate(questionnaire.priority_areas):
        path: Path = ("priority_areas", place)
        for number, question_id in enumerate(area.questions):
            if question_id not in questionnaire.placed:
                yield Found((*path, "questions", number), f"`{question_id}` is not in this file")
            elif not is_scored(questionnaire.question(question_id)):
                yield Found(
                    (*path, "questions", number),
                    f"`{question_id}` is not scored, so it cannot decide a priority area",
                )
        for number, indicator in enumerate(area.indicators):
            if indicator not in indicators:
                yield Found((*path, "indicators", number), f"there is no indicator `{indicator}`")


def names_what_there_is(questionnaire: Questionnaire, known: Collection[str]) -> Iterator[Found]:
    """What a question derives from, and the law it names, stand in the sources."""
    for at in questions_of(questionnaire):
        for field in ("derives_from", "law"):
            for place, name in enumerate(getattr(at.question, field)):
                if name not in known:
                    yield Found((*at.path, field, place), f"no source has `{name}`")
