"""What the list of tasks shows: every section, what is left, whose it is, and what matters most."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import url_for

from audit_app.core.explaining import listed
from audit_app.core.london import london_date
from audit_app.core.permissions import Permission
from audit_app.core.progress import DONE, Progress, SectionProgress
from audit_app.core.questionnaire import PriorityArea, Section
from audit_app.core.results import Standing
from audit_app.core.rounds.reminding import when_words
from audit_app.core.section_names import numbered
from audit_app.core.waiting import NotAskedSection, sections_not_asked
from audit_app.web.access import may
from audit_app.web.clock import now, today
from audit_app.web.dates import long_date
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_words import paragraphs, section_title
from audit_app.web.returns.section_holders import Holders, OnSection, holders_of
from audit_app.web.returns.unsaved_drafts import Unsaved, unsaved_in

STATUS: dict[str, tuple[str, str | None]] = {
    "completed": ("Completed", None),
    "incomplete": ("Incomplete", "blue"),
    "brought_forward": ("Brought forward", "blue"),
    "not_started": ("Not started", "grey"),
}
"""How a section stands, in words and with the colour of its tag."""


class Task(NamedTuple):
    """One line of a list of tasks: a section, or a question."""

    key: str
    title: str
    href: str
    hint: str
    status: str
    status_colour: str | None


class TaskGroup(NamedTuple):
    """Sections under one heading."""

    heading: str
    tasks: list[Task]


class Waiting(NamedTuple):
    """A section that cannot be started, or is not needed; the answers behind that, with links."""

    key: str
    title: str
    may_come: bool
    because: list[tuple[str, str]]


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
    groups: list[TaskGroup]
    not_asked: list[Waiting]
    left: str
    when: str
    is_overdue: bool
    working: str
    unsaved: list[Unsaved]
    brought: int
    areas: list[Area]
    purpose: tuple[str, ...]
    may_submit: bool
    may_give: bool

    @property
    def progress(self) -> Progress:
        """Give how far the return has come."""
        return self.opened.progress


def task_list_page(found: Opened) -> TaskListPage:
    """Put together the list of sections."""
    holders, due_at = holders_of(found), found.audit_return.due_at
    return TaskListPage(
        opened=found,
        groups=list(_groups(found, holders)),
        not_asked=[
            _not_asked(found, one)
            for one in sections_not_asked(found.questionnaire, found.result, kind=found.kind)
        ],
        left=_left(found),
        when=when_words(london_date(due_at), today()),
        is_overdue=now() >= due_at,
        working="; ".join(
            f"{one.name} ({found.questionnaire.numbers.get(one.question_id, '')})"
            if one.question_id
            else one.name
            for one in holders.working
        ),
        unsaved=unsaved_in(found),
        brought=sum(answer.needs_review for answer in found.answers.values()),
        areas=[
            area
            for area in (_area(found, one) for one in found.questionnaire.priority_areas)
            if area.of
        ],
        purpose=paragraphs(found.questionnaire.purpose),
        may_submit=may(Permission.SUBMIT_RETURN, found.audit_return),
        may_give=not holders.is_alone and may(Permission.GIVE_SECTION, found.audit_return),
    )


def section_href(found: Opened, place: SectionProgress) -> str:
    """Give the address of a section."""
    return url_for("returns.section", return_id=found.audit_return.id, section_id=place.section.id)


def brought_in(found: Opened, place: SectionProgress) -> list[str]:
    """Name the questions of a section whose answers came forward and wait to be looked at."""
    return [
        name for name in place.asked if (reply := found.replies.get(name)) and reply.needs_review
    ]


def whose(on: OnSection) -> str:
    """Say whose a section is and by when: "Yours, by 3 October 2026: overdue"."""
    if on.gift is None:
        return ""
    if not on.is_here:
        return f"Was given to {on.name}, who no longer works here"
    by = f", by {long_date(on.due_on)}" if on.due_on is not None else ""
    return f"{'Yours' if on.is_yours else on.name}{by}{': overdue' if on.is_overdue else ''}"


def _groups(found: Opened, holders: Holders) -> Iterator[TaskGroup]:
    """Give the sections, those of the person who looks first where there are any."""
    word, grow = f"{found.questionnaire.section_word}s", found.may_grow
    base = url_for("returns.task_list", return_id=found.audit_return.id)
    yours: list[Task] = []
    others: list[Task] = []
    for place in found.progress.sections:
        on = holders.sections[place.section.id]
        (yours if on.is_yours else others).append(_section_task(found, place, on, base, grow))
    if yours:
        yield TaskGroup("Given to you", yours)
        word = f"the other {word}"
    if others:
        yield TaskGroup(word[:1].upper() + word[1:], others)


def _section_task(
    found: Opened, place: SectionProgress, on: OnSection, base: str, grow: frozenset[str]
) -> Task:
    answered = place.needed - len(place.left)
    is_under_way = place.left and place.started
    at_least = "at least " if place.section.id in grow else ""
    counted = f"{answered} of {at_least}{place.needed} answered"
    said = [counted if is_under_way else f"{at_least}{_asked(place)}"]
    brought = len(brought_in(found, place))
    said += [f"{brought} brought forward to look at"] if brought else []
    said += [whose(on)] if on.gift is not None else []
    if on.last_by and on.last_at is not None:
        said.append(f"last saved by {on.last_by}, {long_date(on.last_at).rpartition(' ')[0]}")
    status = "brought_forward" if brought and place.status == "not_started" else place.status
    words, colour = STATUS[status]
    return Task(
        key=place.section.id,
        title=_named(place.section, found.kind),
        href=f"{base}/sections/{place.section.id}",
        hint=" · ".join(said),
        status=words,
        status_colour=colour,
    )


def _not_asked(found: Opened, one: NotAskedSection) -> Waiting:
    section, why = one
    return_id = found.audit_return.id
    names = why.waits_for or why.decided_by
    return Waiting(
        section.id,
        _named(section, found.kind),
        bool(why.waits_for),
        [
            (
                found.questionnaire.numbers[name],
                url_for("returns.question", return_id=return_id, question_id=name),
            )
            for name in names
        ],
    )


def _named(section: Section, kind: str) -> str:
    return numbered(section.id, section_title(section, kind))


def _left(found: Opened) -> str:
    """Say what is left: "14 questions in sections 5, 6 and 11"; without numbers, in how many."""
    left = [place.section for place in found.progress.sections if place.left]
    sections = [one.number for one in left]
    count = len(found.progress.blocking)
    if not count:
        return ""
    said = f"{'at least ' if found.may_grow else ''}{_questions(count)}"
    if len(sections) == len(found.progress.sections):
        return said
    word = found.questionnaire.section_word + ("s" if len(sections) > 1 else "")
    if not all(sections):
        return f"{said} in {len(sections)} {word}"
    return f"{said} in {word} {listed(sections, most=6)}"


def _area(found: Opened, area: PriorityArea) -> Area:
    asked = [name for name in area.questions if _is_asked(found, name)]
    answered = sum(found.result.questions[name].standing in DONE for name in asked)
    sections = list(dict.fromkeys(found.questionnaire.placed[n].path[0].number for n in asked))
    word = found.questionnaire.section_word + ("s" if len(sections) > 1 else "")
    where = f"in {word} {listed(sections)}" if sections and all(sections) else ""
    return Area(area.title, area.why or "", answered, len(asked), where)


def _is_asked(found: Opened, name: str) -> bool:
    result = found.result.questions.get(name)
    return result is not None and result.standing is not Standing.HIDDEN


def _asked(place: SectionProgress) -> str:
    """Say how many questions there are: those that must be answered, and those that need not."""
    some = [_questions(place.needed)] if place.needed else []
    some += [f"{len(place.optional)} optional"] if place.optional else []
    return " and ".join(some)


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"
