"""What the page of a section's brought forward answers shows, and which of them were ticked."""

from typing import Any, NamedTuple

from flask import url_for

from audit_app.core.asked_then import Wording, chosen_words
from audit_app.core.changed_since import WORDS, Since
from audit_app.core.progress import SectionProgress
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.last_answers import said, since_last, wording_since
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_words import section_title, words_of
from audit_app.web.returns.task_pages import brought_in, section_href


class BroughtAnswer(NamedTuple):
    """One answer that waits to be looked at: what it says, and how the question has changed.

    `chosen` are the words of the level that was chosen, as they read now.
    """

    question_id: str
    title: str
    words: str
    chosen: str
    commentary: str
    note: str | None
    changed: list[Wording]
    version: int
    href: str
    is_ticked: bool
    error: str | None


class BroughtForwardPage(NamedTuple):
    """The answers of a section that came forward from the round before."""

    opened: Opened
    word: str
    section_id: str
    title: str
    when: str
    answers: list[BroughtAnswer]
    back_href: str
    errors: list[FieldProblem]


def brought_forward_page(
    found: Opened,
    place: SectionProgress,
    *,
    ticked: frozenset[str] = frozenset(),
    errors: list[FieldProblem] | None = None,
) -> BroughtForwardPage:
    """Put together the page; nothing is ticked until somebody ticks it."""
    before = found.audit_return.cycle.previous_cycle
    since = since_last(found)
    wrong = {one.field: one.text for one in errors or []}
    names = brought_in(found, place)
    changed = wording_since(found, names)
    return BroughtForwardPage(
        opened=found,
        word=found.questionnaire.section_word,
        section_id=place.section.id,
        title=section_title(place.section, found.kind),
        when=before.title if before is not None else "last time",
        answers=[
            BroughtAnswer(
                question_id=name,
                title=words_of(found.questionnaire, question, found.kind).title,
                words=said(
                    found.replies[name]._replace(commentary=""),
                    question,
                    found.questionnaire,
                    _others(found),
                ),
                chosen=chosen_words(
                    question, found.answers[name].value, found.questionnaire, kind=found.kind
                ),
                commentary=found.answers[name].commentary,
                note=WORDS.get(since.get(name, Since.SAME)),
                changed=changed.get(name, []),
                version=found.answers[name].version,
                href=url_for("returns.question", return_id=found.audit_return.id, question_id=name),
                is_ticked=name in ticked,
                error=wrong.get(f"confirm-{name}"),
            )
            for name in names
            for question in [found.questionnaire.question(name)]
        ],
        back_href=section_href(found, place),
        errors=errors or [],
    )


def _others(found: Opened) -> dict[str, Any]:
    """Give every value that is kept, those that wait among them: "3 of 4" is said by both."""
    return {
        name: answer.value for name, answer in found.answers.items() if answer.value is not None
    }
