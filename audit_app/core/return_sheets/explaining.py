"""What the sheets of a return explain: who it is for, how to fill it in, and each question."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from audit_app.core.actions import descriptors
from audit_app.core.comments_needed import answer_words, levels_with_comment, takes_comment
from audit_app.core.describing import KIND_WORDS, asked_only_if
from audit_app.core.questionnaire import Placed, Questionnaire
from audit_app.core.questions import Choice, Choices, Declaration, Question, Rating, XOfY
from audit_app.core.return_sheets.layout import (
    ANSWER,
    ANSWERS,
    COMMENT,
    IDENTITY,
    LAYOUT,
    NOT_APPLICABLE,
    STILL_TRUE,
    has_own_sheet,
    sheet_name,
)

HOW = (
    f"Type in the sheet “{ANSWERS}”, in the columns “{ANSWER}”, “{COMMENT}” and "
    f"“{NOT_APPLICABLE}”. Tables have sheets of their own. Cells that are not for typing are "
    "locked.",
    "When you have finished, or at any time before, upload the file on the page of the return. "
    "You are shown what it would change before anything changes. What you did not touch here "
    "changes nothing, and what somebody changed on-line meanwhile is not overwritten unless you "
    "say so.",
    f"An answer brought forward from last year counts once it is confirmed: write Yes under "
    f"“{STILL_TRUE}”, or change it.",
    "Never name a child or a member of a family.",
)

Lines = list[tuple[str, str, bool]]


class Explained(NamedTuple):
    """A question in the cells that explain it, and whether there is room for a comment."""

    cells: tuple[str, str, str, str, str]
    takes_comment: bool


def about(
    questionnaire: Questionnaire,
    facts: Mapping[str, str],
    opened: Collection[str] | None = None,
) -> Lines:
    """Give the lines of the first sheet: a name, words, and whether a machine reads them.

    `opened` names the questions that are open while changes are made; None where all of them are.
    """
    said = [
        ("Organisation", facts["organisation"], False),
        ("Partnership", facts["partnership"], False),
        ("Due", facts["due"], False),
        *_open_now(questionnaire, opened),
        ("What it is for", questionnaire.purpose, False),
        *((("How to fill it in" if not place else ""), words, False) for place, words in _how()),
        ("", "", False),
        ("Leave these as they are", "", True),
    ]
    values = (facts["return_id"], questionnaire.content_hash, LAYOUT)
    return [*said, *((name, value, True) for name, value in zip(IDENTITY, values, strict=True))]


def explained(placed: Placed, questionnaire: Questionnaire, kind: str) -> Explained:
    """Give the cells that explain a question to a kind of organisation."""
    question = placed.question
    top = placed.path[0]
    title = {**top.title_for}.get(kind, top.title)  # type: ignore[call-overload]
    hint = {**question.hint_for}.get(kind, question.hint)  # type: ignore[call-overload]
    conditions = [
        asked_only_if(part.when, questionnaire, kind) for part in (*placed.path, question)
    ]
    guidance = [hint, question.guidance, *conditions, *_evidence(question)]
    return Explained(
        (
            question.id,
            f"{top.id} {title}",
            question.words(kind),
            "\n\n".join(part for part in guidance if part),
            "\n".join(_how_to_answer(question, questionnaire, kind)),
        ),
        takes_comment(question),
    )


def _open_now(questionnaire: Questionnaire, opened: Collection[str] | None) -> Lines:
    if opened is None:
        return []
    names = ", ".join(name for name in questionnaire.placed if name in opened)
    words = (
        f"Your partnership asked for changes. Open now: {names or 'nothing'}. Every other question "
        "is closed and locked: what is changed there is not taken."
    )
    return [("Open now", words, False)]


def _how() -> list[tuple[int, str]]:
    return list(enumerate(HOW))


def _how_to_answer(question: Question, questionnaire: Questionnaire, kind: str) -> list[str]:
    said = [f"{KIND_WORDS[question.kind]}:" if _offers(question) else KIND_WORDS[question.kind]]
    if isinstance(question, Rating):
        words = descriptors(question, questionnaire, kind=kind)
        levels = questionnaire.scale(question.scale)
        said += [f"{one.label}: {words[one.value]}" for one in levels]
    elif isinstance(question, Choice | Choices):
        said += [f"{one.label} ({one.hint})" if one.hint else one.label for one in question.options]
        if isinstance(question, Choices):
            said += [question.none_of_these] if question.none_of_these else []
            said.append("One on a line, in the words above.")
    elif isinstance(question, XOfY):
        both = f"{question.x_label} of {question.y_label}, as in: 4 of 5"
        said = [f"A number: {question.x_label}" if question.y_from else both]
    elif isinstance(question, Declaration):
        said.append(question.statement)
    if has_own_sheet(question):
        said.append(f"On the sheet “{sheet_name(question.id)}”.")
    if question.dont_know:
        said.append("Or: Don’t know.")
    wanting = levels_with_comment(question)
    if wanting:
        needed = " or ".join(answer_words(question, one, questionnaire) for one in wanting)
        said.append(f"A comment is needed if your answer {needed}.")
    if question.not_applicable:
        said.append(f"May not apply: {question.not_applicable}")
    if not question.required:
        said.append("You may leave this out.")
    return said


def _offers(question: Question) -> bool:
    return isinstance(question, Rating | Choice | Choices)


def _evidence(question: Question) -> list[str]:
    return [f"You could name: {question.evidence_hint}"] if question.evidence_hint else []
