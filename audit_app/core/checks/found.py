"""What a check finds, and the walk over questions and sections that checks share."""

from collections.abc import Iterator
from typing import NamedTuple

from audit_app.core.marked import Path
from audit_app.core.questionnaire import Questionnaire, Section
from audit_app.core.questions import Number, Question, Table, XOfY


class Found(NamedTuple):
    """A finding about the part of the file that the path names."""

    path: Path
    message: str
    is_warning: bool = False


class At(NamedTuple):
    """A question and its path in the file."""

    question: Question
    path: Path


def questions_of(questionnaire: Questionnaire) -> Iterator[At]:
    for section, path in sections_of(questionnaire.sections, ("sections",)):
        for place, question in enumerate(section.questions):
            yield At(question, (*path, "questions", place))


def sections_of(sections: list[Section], path: Path) -> Iterator[tuple[Section, Path]]:
    for place, section in enumerate(sections):
        here = (*path, place)
        yield section, here
        yield from sections_of(section.sections, (*here, "sections"))


def figures_of(question: Question) -> list[str]:
    """Name the parts of an answer that are whole numbers."""
    if isinstance(question, XOfY):
        return ["x"] if question.y_from else ["x", "y"]
    if isinstance(question, Table):
        columns = [column.id for column in question.columns if column.kind == "number"]
        rows = [row.id for row in question.fixed_rows or []]
        return [*columns, *(f"{row}.{column}" for row in rows for column in columns)]
    return ["value"] if isinstance(question, Number) else []
