"""What the page of a question shows of its evidence, and what may be added."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import url_for

from audit_app.core.comments_needed import answer_words
from audit_app.core.evidence.kinds import ACCEPT, TAKEN_WORDS
from audit_app.core.evidence.limits import MOST_FILES, Limits, size_words
from audit_app.core.evidence.needed import level_without_evidence
from audit_app.core.questions import Question
from audit_app.storage.models import Evidence
from audit_app.storage.queries.evidence import evidence_of_return
from audit_app.web.clock import today
from audit_app.web.configured import keeping
from audit_app.web.database import session
from audit_app.web.returns.evidence_cards import Card, card_of
from audit_app.web.returns.opening import Opened


class Rules(NamedTuple):
    """What is said beside the field for files, and what the script keeps to."""

    accept: str
    kinds: str
    largest: str
    largest_bytes: int
    most_files: int
    post_bytes: int


def rules() -> Rules:
    """Say what may be added here."""
    limits: Limits = keeping().limits
    return Rules(ACCEPT, TAKEN_WORDS, size_words(limits.file), limits.file, MOST_FILES, limits.post)


class EvidencePart(NamedTuple):
    """What the page of a question shows of its evidence."""

    cards: list[Card]
    needed: str | None
    rules: Rules
    address: str


Behind = Mapping[str, Sequence[Evidence]]
"""The evidence of a return, by question."""


def evidence_part(found: Opened, question: Question) -> EvidencePart:
    """Give the evidence of a question for its own page; without any, nothing more is asked."""
    return evidence_part_of(found, question, evidence_behind(found, [question.id]))


def evidence_behind(found: Opened, names: Sequence[str]) -> Behind:
    """Read the evidence of a return where any stands behind these questions."""
    replies = [found.replies[name] for name in names if name in found.replies]
    is_backed = any(reply.evidence for reply in replies)
    return evidence_of_return(session(), found.audit_return) if is_backed else {}


def evidence_part_of(found: Opened, question: Question, behind: Behind) -> EvidencePart:
    """Give what is shown of the evidence of a question, read before."""
    return EvidencePart(
        [card_of(one, today()) for one in behind.get(question.id, [])],
        needed_words(found, question.id),
        rules(),
        url_for("returns.evidence_for", return_id=found.audit_return.id, question_id=question.id),
    )


def needed_words(found: Opened, question_id: str) -> str | None:
    """Say why an answer needs evidence that it has not: "your answer is Green"."""
    question = found.questionnaire.question(question_id)
    result, reply = found.result.questions[question_id], found.replies.get(question_id)
    level = level_without_evidence(question, result, reply)
    return f"your answer {answer_words(question, level, found.questionnaire)}" if level else None
