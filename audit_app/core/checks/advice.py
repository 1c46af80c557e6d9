"""Checks of judgement: what an author should think about again, and what is never asked."""

import re
from collections.abc import Iterator

from audit_app.core.checks.found import Found, questions_of
from audit_app.core.marked import Path
from audit_app.core.plain_words import reading_age
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question, Table


def somebody_is_asked(questionnaire: Questionnaire) -> Iterator[Found]:
    """A question that no kind of organisation can see is a mistake worth a warning."""
    for at in questions_of(questionnaire):
        placed = questionnaire.placed[at.question.id]
        parts = (*placed.path, at.question)
        if not any(
            all(part.applies_to is None or kind in part.applies_to for part in parts)
            for kind in questionnaire.asked_of
        ):
            yield Found(at.path, f"no kind of organisation can see `{at.question.id}`", True)


def few_are_critical(questionnaire: Questionnaire) -> Iterator[Found]:
    """Where more than a fifth is critical, the word has lost its meaning."""
    critical = [at for at in questions_of(questionnaire) if at.question.critical]
    total = len(questionnaire.placed)
    if 5 * len(critical) > total:
        yield Found(
            critical[0].path,
            f"{len(critical)} of {total} questions {'is' if len(critical) == 1 else 'are'} "
            "critical, more than a fifth: "
            "keep those whose failure alone leaves a child unsafe",
            True,
        )


OLDEST_READER = 14
FEWEST_WORDS = 30


def words_are_plain(questionnaire: Questionnaire) -> Iterator[Found]:
    """What one question says in all should be readable at fourteen; short texts are not judged."""
    for at in questions_of(questionnaire):
        question = at.question
        said = " ".join(filter(None, (question.text, question.hint, question.guidance)))
        age = reading_age(said)
        if len(said.split()) >= FEWEST_WORDS and age > OLDEST_READER:
            yield Found(
                (*at.path, "text"),
                f"`{question.id}` reads as for somebody aged {age}: shorter sentences and words "
                "would help",
                True,
            )


NAMES_A_CHILD = re.compile(
    r"\b(child(?:ren)?['\u2019]?s?|baby|pupil)\b[^.?!]{0,25}\b(full name|first name|surname|names?|"
    r"date of birth|dob|nhs number)\b|\b(names?|dates? of birth) of (?:the|each|every|any)?\s?"
    r"(child(?:ren)?|bab(?:y|ies)|pupils?)\b|"
    r"\b(first name|surname|initials)\b[^.?!]{0,40}\b(child(?:ren)?|bab(?:y|ies)|pupils?)\b|"
    r"\b(child(?:ren)?|bab(?:y|ies)|pupils?)\b.{0,40}\b(initials|dob)\b",
    re.IGNORECASE,
)


def no_child_is_named(questionnaire: Questionnaire) -> Iterator[Found]:
    """A question that asks for a child's name or date of birth is refused."""
    for at in questions_of(questionnaire):
        for path, words in _asked_for(at.question):
            if NAMES_A_CHILD.search(words) and "no names" not in words.lower():
                yield Found(
                    (*at.path, *path),
                    "this seems to ask for a child's name or date of birth, which is never held",
                )


def _asked_for(question: Question) -> Iterator[tuple[Path, str]]:
    """Give the words that say what is to be entered, and where they stand."""
    yield ("text",), question.text
    for kind, words in question.text_for.items():
        yield ("text_for", kind), words
    if isinstance(question, Table):
        for place, column in enumerate(question.columns):
            yield ("columns", place, "label"), column.label
