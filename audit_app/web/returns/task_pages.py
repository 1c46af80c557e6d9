"""What the list of tasks shows: every section, what is left, and the areas that matter."""

from typing import NamedTuple

from flask import url_for

from audit_app.core.explaining import listed
from audit_app.core.permissions import Permission
from audit_app.core.progress import DONE, Progress, SectionProgress
from audit_app.core.questionnaire import PriorityArea
from audit_app.core.results import Standing
from audit_app.web.access import may
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_words import paragraphs, section_title

STATUS_WORDS = {"completed": "Completed", "incomplete": "Incomplete", "not_started": "Not started"}
STATUS_COLOURS = {"completed": None, "incomplete": "blue", "not_started": "grey"}


class Task(NamedTuple):
    """One line of a list of tasks: a section, or a question."""

    key: str
    title: str
    href: str
    hint: str
    status: str
    status_colour: str | None


class Area(NamedTuple):
    """A priority area, why it is one, and how much of it is answered."""

    title: str
    why: str
    answered: int
    of: int
    where: str


class TaskListPage(NamedTuple):
    """The sections of a return, and what is left."""

    opened: Opened
    tasks: list[Task]
    left: str
    areas: list[Area]
    purpose: tuple[str, ...]
    may_submit: bool

    @property
    def progress(self) -> Progress:
        """Give how far the return has come."""
        return self.opened.progress


def task_list_page(found: Opened) -> TaskListPage:
    """Put together the list of sections."""
    return TaskListPage(
        opened=found,
        tasks=[_section_task(found, place) for place in found.progress.sections],
        left=_left(found),
        areas=[
            area
            for area in (_area(found, one) for one in found.questionnaire.priority_areas)
            if area.of
        ],
        purpose=paragraphs(found.questionnaire.purpose),
        may_submit=may(Permission.SUBMIT_RETURN, found.audit_return),
    )


def section_href(found: Opened, place: SectionProgress) -> str:
    """Give the address of a section."""
    return url_for("returns.section", return_id=found.audit_return.id, section_id=place.section.id)


def _section_task(found: Opened, place: SectionProgress) -> Task:
    of = len(place.asked)
    answered = of - len(place.left)
    return Task(
        key=place.section.id,
        title=f"{place.section.id}. {section_title(place.section, found.kind)}",
        href=section_href(found, place),
        hint=f"{answered} of {of} answered" if place.left and place.started else _questions(of),
        status=STATUS_WORDS[place.status],
        status_colour=STATUS_COLOURS[place.status],
    )


def _left(found: Opened) -> str:
    """Say what is left: "14 questions in sections 5, 6 and 11"."""
    sections = [place.section.id for place in found.progress.sections if place.left]
    count = len(found.progress.blocking)
    if not count:
        return ""
    if len(sections) == len(found.progress.sections):
        return _questions(count)
    word = found.questionnaire.section_word + ("s" if len(sections) > 1 else "")
    return f"{_questions(count)} in {word} {listed(sections, most=6)}"


def _area(found: Opened, area: PriorityArea) -> Area:
    asked = [name for name in area.questions if _is_asked(found, name)]
    answered = sum(found.result.questions[name].standing in DONE for name in asked)
    sections = list(dict.fromkeys(found.questionnaire.placed[n].path[0].id for n in asked))
    word = found.questionnaire.section_word + ("s" if len(sections) > 1 else "")
    where = f"in {word} {listed(sections)}" if sections else ""
    return Area(area.title, area.why or "", answered, len(asked), where)


def _is_asked(found: Opened, name: str) -> bool:
    result = found.result.questions.get(name)
    return result is not None and result.standing is not Standing.HIDDEN


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"
