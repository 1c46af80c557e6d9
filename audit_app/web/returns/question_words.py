"""The words of a question that are the same for everybody of one kind: made once and kept."""

from typing import Any, NamedTuple

from markupsafe import Markup

from audit_app.core.actions import descriptors
from audit_app.core.comments_needed import (
    answer_words,
    levels_with_comment,
    takes_comment,
)
from audit_app.core.questionnaire import Questionnaire, Section
from audit_app.core.questions import (
    Choice,
    Choices,
    Question,
    Rating,
    YesNo,
    YesPartlyNo,
    is_scored,
)
from audit_app.core.wording_replies import YES_WORDS

MOST_KEPT = 4_000
"""About fifty questionnaires for every kind; each costs a few kilobytes."""


class QuestionWords(NamedTuple):
    """One question as its page prints it, before anybody has answered."""

    question: Question
    template: str
    title: str
    heading: Markup
    hint: str | None
    guidance: tuple[str, ...]
    critical: str | None
    comment_label: str | None
    comment_hint: str
    choices: list[dict[str, Any]]


def words_of(questionnaire: Questionnaire, question: Question, kind: str) -> QuestionWords:
    """Give the words of a question for a kind of organisation; they never change."""
    key = (questionnaire.content_hash, kind, question.id)
    kept = _KEPT.get(key)
    if kept is None:
        kept = _words(questionnaire, question, kind)
        if questionnaire.content_hash and len(_KEPT) < MOST_KEPT:
            _KEPT[key] = kept
    return kept


def section_title(section: Section, kind: str) -> str:
    """Give the title of a section as this kind of organisation reads it."""
    return {**section.title_for}.get(kind, section.title)  # type: ignore[call-overload, no-any-return]


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Split a text at its empty lines."""
    return tuple(part.strip() for part in (text or "").split("\n\n") if part.strip())


_KEPT: dict[tuple[str, str, str], QuestionWords] = {}


def _words(questionnaire: Questionnaire, question: Question, kind: str) -> QuestionWords:
    text, number = question.words(kind), questionnaire.numbers.get(question.id, question.id)
    return QuestionWords(
        question=question,
        template=f"returns/kinds/{question.kind}.html",
        title=f"{number} {text}",
        heading=Markup('<span class="app-question-number">{}</span> {}').format(number, text),
        hint={**question.hint_for}.get(kind, question.hint),  # type: ignore[call-overload]
        guidance=paragraphs(question.guidance),
        critical=question.critical_because if question.critical else None,
        comment_label=_comment_label(question, kind),
        comment_hint=_comment_hint(question, questionnaire),
        choices=_choices(question, questionnaire, kind),
    )


def _comment_label(question: Question, kind: str) -> str | None:
    if not takes_comment(question):
        return None
    label = "Say what you based this on" if is_scored(question, kind=kind) else "Anything to add"
    return label if levels_with_comment(question) else f"{label} (optional)"


def _comment_hint(question: Question, questionnaire: Questionnaire) -> str:
    """Say when words are needed, and what they could name."""
    levels = levels_with_comment(question)
    said = [answer_words(question, level, questionnaire) for level in levels]
    needed = f"Needed if your answer {_either(said)}; otherwise optional." if said else ""
    evidence = (
        f" You could name: {_continued(question.evidence_hint)}" if question.evidence_hint else ""
    )
    return f"{needed}{evidence}".strip()


def _either(said: list[str]) -> str:
    """Join "is Red" and "is Amber" to "is Red or Amber"."""
    first, rest = said[0], said[1:]
    verb = first.rpartition(" ")[0] + " "
    return " or ".join([first, *(one.removeprefix(verb) for one in rest)])


def _continued(text: str) -> str:
    """Let a sentence go on after a colon, unless it begins with a name in capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _choices(question: Question, questionnaire: Questionnaire, kind: str) -> list[dict[str, Any]]:
    if isinstance(question, Rating):
        said = descriptors(question, questionnaire, kind=kind)
        levels = questionnaire.scale(question.scale)
        return [
            {
                "value": one.value,
                "label": one.label,
                "rating": one.rag,
                "descriptor": said[one.value],
            }
            for one in levels
        ]
    given: list[dict[str, Any]] = []
    if isinstance(question, YesPartlyNo | YesNo):
        values = ("yes", "partly", "no") if isinstance(question, YesPartlyNo) else ("yes", "no")
        given = [{"value": value, "text": YES_WORDS[value]} for value in values]
    elif isinstance(question, Choice | Choices):
        given = [{"value": o.value, "text": o.label, "hint": o.hint} for o in question.options]
        if isinstance(question, Choices) and question.none_of_these:
            given.append({"divider": "or"})
            given.append({"value": "none", "text": question.none_of_these, "exclusive": True})
    if given and question.dont_know and not isinstance(question, Choices):
        given.append({"divider": "or"})
        given.append({"value": "dont_know", "text": YES_WORDS["dont_know"]})
    return given
