"""What the pages before the questions show: my returns, the tasks in one, the questions of one."""

from collections.abc import Iterable
from typing import NamedTuple

from flask import url_for

from audit_app.core.explaining import listed
from audit_app.core.lifecycle import WORDS
from audit_app.core.permissions import Permission
from audit_app.core.progress import DONE, Progress, SectionProgress
from audit_app.core.questionnaire import PriorityArea
from audit_app.core.results import Standing
from audit_app.storage.models import AuditReturn
from audit_app.web.access import may
from audit_app.web.returns.opening import Opened, is_open, is_returned
from audit_app.web.returns.question_words import paragraphs, section_title, words_of

STATUS_WORDS = {"completed": "Completed", "incomplete": "Incomplete", "not_started": "Not started"}
STATUS_COLOURS = {"completed": None, "incomplete": "blue", "not_started": "grey"}


class MyReturn(NamedTuple):
    """One return in the list of mine."""

    audit_return: AuditReturn
    title: str
    purpose: str
    takes: str
    state: str
    is_open: bool
    is_returned: bool
    progress: Progress
    button: str
    href: str


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


class Group(NamedTuple):
    """Questions of a section under one heading, or under none."""

    title: str | None
    tasks: list[Task]


class SectionPage(NamedTuple):
    """The questions of one section."""

    opened: Opened
    word: str
    id: str
    title: str
    introduction: tuple[str, ...]
    groups: list[Group]
    left: int
    of: int
    button: str
    button_href: str
    next_title: str | None
    next_href: str | None


def my_return(found: Opened) -> MyReturn:
    """Put one return into the list of mine."""
    audit_return, started = found.audit_return, bool(found.answers)
    going = is_open(audit_return)
    if found.progress.may_submit:
        button = "Check your answers"
    else:
        button = "Continue" if started else "Start"
    return MyReturn(
        audit_return=audit_return,
        title=audit_return.cycle.title,
        purpose=_first_sentence(found.questionnaire.purpose),
        takes=_duration(found.questionnaire.minutes),
        state=WORDS[audit_return.state],
        is_open=going,
        is_returned=is_returned(audit_return),
        progress=found.progress,
        button=button,
        href=url_for(
            "returns.check" if found.progress.may_submit else "returns.task_list",
            return_id=audit_return.id,
        ),
    )


def task_list_page(found: Opened) -> TaskListPage:
    """Put together the list of sections."""
    return TaskListPage(
        opened=found,
        tasks=[_section_task(found, place) for place in found.progress.sections],
        left=_left(found),
        areas=[_area(found, area) for area in found.questionnaire.priority_areas],
        purpose=paragraphs(found.questionnaire.purpose),
        may_submit=may(Permission.SUBMIT_RETURN, found.audit_return),
    )


def section_page(found: Opened, section_id: str) -> SectionPage | None:
    """Put together the questions of a section; None where it has none for this organisation."""
    places = found.progress.sections
    at = next((n for n, one in enumerate(places) if one.section.id == section_id), None)
    if at is None:
        return None
    place, following = places[at], places[at + 1] if at + 1 < len(places) else None
    first = next(iter(place.left), place.asked[0])
    return SectionPage(
        opened=found,
        word=section_word(found),
        id=section_id,
        title=section_title(place.section, found.kind),
        introduction=paragraphs(place.section.introduction),
        groups=list(_groups(found, place)),
        left=len(place.left),
        of=len(place.asked),
        button=("Continue" if place.started else "Start") if place.left else "Read through",
        button_href=_question_href(found, first),
        next_title=section_title(following.section, found.kind) if following else None,
        next_href=_section_href(found, following) if following else None,
    )


def section_word(found: Opened) -> str:
    """Give the word for a part of this questionnaire: "Section" or "Standard"."""
    return found.questionnaire.section_word.capitalize()


def _section_task(found: Opened, place: SectionProgress) -> Task:
    of = len(place.asked)
    answered = of - len(place.left)
    return Task(
        key=place.section.id,
        title=f"{place.section.id}. {section_title(place.section, found.kind)}",
        href=_section_href(found, place),
        hint=f"{answered} of {of} answered" if place.left and place.started else _questions(of),
        status=STATUS_WORDS[place.status],
        status_colour=STATUS_COLOURS[place.status],
    )


def _groups(found: Opened, place: SectionProgress) -> Iterable[Group]:
    """Divide the questions of a section by the sections within it."""
    last: str | None = None
    tasks: list[Task] = []
    for name in place.asked:
        path = found.questionnaire.placed[name].path
        inner = section_title(path[-1], found.kind) if len(path) > 1 else None
        if tasks and inner != last:
            yield Group(last, tasks)
            tasks = []
        last = inner
        tasks.append(_question_task(found, name))
    if tasks:
        yield Group(last, tasks)


def _question_task(found: Opened, name: str) -> Task:
    question = found.questionnaire.question(name)
    status, colour = _question_status(found, name, required=question.required)
    return Task(
        key=name,
        title=words_of(found.questionnaire, question, found.kind).title,
        href=_question_href(found, name),
        hint="",
        status=status,
        status_colour=colour,
    )


def _question_status(found: Opened, name: str, *, required: bool) -> tuple[str, str | None]:
    standing = found.result.questions[name].standing
    if standing in (Standing.CLAIMED, Standing.AUTOMATIC):
        return "Does not apply", None
    if standing in DONE:
        return "Answered", None
    reply = found.replies.get(name)
    if reply is not None and reply.value == "dont_know":
        return "Don’t know", "blue"
    if reply is not None and reply.value is not None:
        return "Look again", "blue"
    return ("Not answered", "grey") if required else ("Optional", None)


def _left(found: Opened) -> str:
    """Say what is left: "14 questions in sections 5, 6 and 11"."""
    sections = [place.section.id for place in found.progress.sections if place.left]
    count = len(found.progress.blocking)
    if not count:
        return ""
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


def _duration(minutes: int) -> str:
    """Write 120 minutes as people say it: "2 hours"."""
    hours, rest = divmod(minutes, 60)
    said = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    said += [f"{rest} minute{'s' if rest > 1 else ''}"] if rest or not hours else []
    return " ".join(said)


def _first_sentence(text: str) -> str:
    first, dot, _ = text.partition(". ")
    return first + dot.strip()


def _section_href(found: Opened, place: SectionProgress) -> str:
    return url_for("returns.section", return_id=found.audit_return.id, section_id=place.section.id)


def _question_href(found: Opened, name: str) -> str:
    return url_for("returns.question", return_id=found.audit_return.id, question_id=name)
