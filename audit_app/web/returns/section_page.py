"""What the page of one section shows: its questions, and how each stands."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from audit_app.core.changed_since import TAGS, Since
from audit_app.core.on_behalf import entered_mark
from audit_app.core.permissions import Permission
from audit_app.core.progress import DONE, SectionProgress
from audit_app.core.results import Standing
from audit_app.core.waiting import NotAsked, may_follow
from audit_app.web.access import may
from audit_app.web.returns.aside import Aside, aside_in
from audit_app.web.returns.last_answers import since_last
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_addresses import page_href
from audit_app.web.returns.question_words import paragraphs, section_title, words_of
from audit_app.web.returns.section_holders import OnSection, holders_of
from audit_app.web.returns.task_pages import Task, brought_in, whose


class Group(NamedTuple):
    """Questions of a section under one heading, or under none."""

    title: str | None
    tasks: list[Task]


class NextSection(NamedTuple):
    """The section to go on to, and the address of the first question that is left in it."""

    id: str
    title: str
    href: str


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
    on: OnSection
    whose: str
    is_alone: bool
    may_give: bool
    may_follow: NotAsked
    brought: int
    aside: list[Aside]
    button: str
    button_href: str
    next: NextSection | None
    sections_left: int
    sections: int


def section_page(found: Opened, section_id: str) -> SectionPage | None:
    """Put together the questions of a section; None where it has none for this organisation."""
    places = found.progress.sections
    at = next((n for n, one in enumerate(places) if one.section.id == section_id), None)
    if at is None:
        return None
    place = places[at]
    first = next(iter(place.left), place.asked[0])
    holders = holders_of(found)
    on = holders.sections[section_id]
    return SectionPage(
        opened=found,
        word=_section_word(found),
        id=section_id,
        title=section_title(place.section, found.kind),
        introduction=paragraphs(place.section.introduction),
        groups=list(_groups(found, place)),
        left=len(place.left),
        of=place.needed,
        on=on,
        whose=whose(on),
        is_alone=holders.is_alone,
        may_give=not holders.is_alone and may(Permission.GIVE_SECTION, found.audit_return),
        may_follow=may_follow(found.questionnaire, found.result, section_id, kind=found.kind),
        brought=len(brought_in(found, place)),
        aside=aside_in(found, section_id),
        button=("Continue" if place.started else "Start") if place.left else "Read through",
        button_href=_question_href(found, first),
        next=_next(found, [*places[at + 1 :], *places[:at]]),
        sections_left=found.progress.sections_left,
        sections=len(places),
    )


def _next(found: Opened, others: Iterable[SectionProgress]) -> NextSection | None:
    """Give the next section in which something is left, and its first question that is."""
    place = next((one for one in others if one.left), None)
    if place is None:
        return None
    title = section_title(place.section, found.kind)
    return NextSection(place.section.id, title, _question_href(found, place.left[0]))


def _section_word(found: Opened) -> str:
    """Give the word for a part of this questionnaire: "Section" or "Standard"."""
    return found.questionnaire.section_word.capitalize()


def _groups(found: Opened, place: SectionProgress) -> Iterable[Group]:
    """Divide the questions of a section by the sections within it."""
    last: str | None = None
    changed = defaultdict(lambda: Since.SAME, since_last(found))
    tasks: list[Task] = []
    for name in place.asked:
        path = found.questionnaire.placed[name].path
        inner = section_title(path[-1], found.kind) if len(path) > 1 else None
        if tasks and inner != last:
            yield Group(last, tasks)
            tasks = []
        last = inner
        tasks.append(_question_task(found, name, TAGS.get(changed[name], "")))
    if tasks:
        yield Group(last, tasks)


def _question_task(found: Opened, name: str, tag: str) -> Task:
    question = found.questionnaire.question(name)
    status, colour = _question_status(found, name, required=question.required)
    return Task(
        key=name,
        title=words_of(found.questionnaire, question, found.kind).title,
        href=_question_href(found, name),
        hint=" · ".join(filter(None, (tag, _entered(found, name)))),
        status=status,
        status_colour=colour,
    )


def _entered(found: Opened, name: str) -> str:
    """Give the mark of an answer that somebody else entered."""
    kept = found.answers.get(name)
    return entered_mark(kept.channel) if kept is not None and kept.on_behalf_of else ""


def _question_status(found: Opened, name: str, *, required: bool) -> tuple[str, str | None]:
    if name in found.progress.lacking:
        return "Evidence needed", "blue"
    standing = found.result.questions[name].standing
    if standing in (Standing.CLAIMED, Standing.AUTOMATIC):
        return "Not applicable", None
    if standing in DONE:
        return "Answered", None
    reply = found.replies.get(name)
    if reply is not None and reply.needs_review:
        return "Brought forward", "blue"
    if reply is not None and reply.value == "dont_know":
        return "Don’t know", "blue"
    if reply is not None and reply.value is not None:
        return "Look again", "blue"
    return ("Not answered", "grey") if required else ("Optional", None)


def _question_href(found: Opened, name: str) -> str:
    return page_href(found, name)
