"""Which recommendations no question tests, and which questions come from no review."""

from collections.abc import Sequence
from typing import NamedTuple

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.sources import Sources


class Tested(NamedTuple):
    """Something a review asked for or found, and the questions that derive from it."""

    fact_id: str
    kind: str
    review: str
    text: str
    owners: tuple[str, ...]
    questions: tuple[str, ...]


class Untraced(NamedTuple):
    """A question that names no fact of any review."""

    questionnaire: str
    question_id: str
    text: str
    law: tuple[str, ...]


class Coverage(NamedTuple):
    """The thread between reviews and questions, and where it is broken.

    `unknown` holds what questions name and no source has: (questionnaire, question, id).
    `only_assured` are those of `tested` that only a return with a section for each of them asks
    after: whoever has the task says how it stands, and no audit looks at practice.
    """

    tested: tuple[Tested, ...]
    untested: tuple[Tested, ...]
    untraced: tuple[Untraced, ...]
    unknown: tuple[tuple[str, str, str], ...]
    only_assured: tuple[Tested, ...]


def coverage_of(questionnaires: Sequence[Questionnaire], sources: Sources) -> Coverage:
    """Follow the thread for every recommendation, and every finding of a review without any."""
    questions: dict[str, list[str]] = {}
    untraced: list[Untraced] = []
    unknown: list[tuple[str, str, str]] = []
    for questionnaire in questionnaires:
        for name, placed in questionnaire.placed.items():
            question = placed.question
            where = f"{questionnaire.key} {name}"
            for fact_id in question.derives_from:
                questions.setdefault(fact_id, []).append(where)
                if fact_id not in sources.facts:
                    unknown.append((questionnaire.key, name, fact_id))
            unknown += [
                (questionnaire.key, name, reference)
                for reference in question.law
                if sources.law.reference(reference) is None
            ]
            if not question.derives_from:
                untraced.append(
                    Untraced(questionnaire.key, name, question.text, tuple(question.law))
                )
    wanted = [
        Tested(
            fact.id,
            fact.kind,
            review.name,
            fact.text,
            sources.owner_names(fact),
            tuple(questions.get(fact.id, ())),
        )
        for review in sources.reviews
        for fact in review.to_be_assured
    ]
    assuring = tuple(
        f"{one.key} "
        for one in questionnaires
        if any(name in sources.facts for name in one.all_sections)
    )
    return Coverage(
        tuple(one for one in wanted if one.questions),
        tuple(one for one in wanted if not one.questions),
        tuple(untraced),
        tuple(unknown),
        tuple(
            one
            for one in wanted
            if one.questions and all(name.startswith(assuring) for name in one.questions)
        ),
    )
