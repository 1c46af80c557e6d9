"""Checks that what a questionnaire refers to is there, and comes earlier where it must."""

from collections.abc import Iterator

from audit_app.core.checks.found import Found, questions_of, sections_of
from audit_app.core.conditions import Condition
from audit_app.core.marked import Path
from audit_app.core.questionnaire import Questionnaire, Section
from audit_app.core.questions import Number, Part, Table, XOfY, is_scored


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
        if not section.questions and not section.sections:
            yield Found(path, f"section `{section.id}` has no questions")


def conditions_look_back(questionnaire: Questionnaire) -> Iterator[Found]:
    """A condition looks only at earlier questions, so that conditions can form no circle."""
    every = set(questionnaire.placed)
    earlier: set[str] = set()

    def look(condition: Condition | None, path: Path, own: str) -> Iterator[Found]:
        for asked in condition.questions() if condition else ():
            if asked not in every:
                yield Found(
                    (*path, "when"), f"`when` looks at `{asked}`, which is not in this file"
                )
            elif asked == own:
                yield Found((*path, "when"), f"`when` looks at `{asked}`, the question itself")
            elif asked not in earlier:
                yield Found(
                    (*path, "when"),
                    f"`when` looks at `{asked}`, which comes later: only earlier answers count",
                )

    def visit(sections: list[Section], path: Path) -> Iterator[Found]:
        for place, section in enumerate(sections):
            here = (*path, place)
            yield from look(section.when, here, "")
            for number, question in enumerate(section.questions):
                at = (*here, "questions", number)
                yield from look(question.when, at, question.id)
                source = question.y_from if isinstance(question, XOfY) else None
                if source and source.question not in earlier:
                    yield Found((*at, "y_from"), "`y_from` must name an earlier question")
                if isinstance(question, Table):
                    for column_place, column in enumerate(question.columns):
                        yield from look(column.when, (*at, "columns", column_place), question.id)
                earlier.add(question.id)
            yield from visit(section.sections, (*here, "sections"))

    yield from visit(questionnaire.sections, ("sections",))


def parts_exist(questionnaire: Questionnaire) -> Iterator[Found]:
    """Figures taken from another answer name a question that has such a figure."""

    def look(part: Part, path: Path) -> Iterator[Found]:
        if part.question not in questionnaire.placed:
            yield Found(path, f"`{part.question}` is not in this file")
            return
        source = questionnaire.question(part.question)
        has = {"x", "y"} if isinstance(source, XOfY) else {"value"}
        if part.part not in has or not isinstance(source, XOfY | Number):
            yield Found(path, f"`{part.question}` has no figure `{part.part}`")

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
