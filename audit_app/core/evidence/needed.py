"""When an answer must have evidence behind it, and what evidence does to a reply.

A level named by `evidence_required_for` needs a file or a place that is cited; words in the comment
are no evidence. The answer is kept without it, and holds the return up until it is there.
"""

from collections.abc import Mapping

from audit_app.core.evidence.pieces import Piece
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import EvidenceCited, Question
from audit_app.core.replies import Reply
from audit_app.core.results import QuestionResult

Pieces = Mapping[str, tuple[Piece, ...]]
"""What stands behind the answers of a return, by question."""


def with_evidence(
    questionnaire: Questionnaire, replies: Mapping[str, Reply], pieces: Pieces
) -> dict[str, Reply]:
    """Give replies with what stands behind them, also where nothing else was said.

    A question of the kind `evidence` is answered by what stands behind it, words or none.
    """
    found = dict(replies)
    for name, behind in pieces.items():
        placed = questionnaire.placed.get(name)
        if placed is not None and behind:
            found[name] = backed(placed.question, found.get(name, Reply()), behind)
    return found


def backed(question: Question, reply: Reply, pieces: tuple[Piece, ...]) -> Reply:
    """Give a reply with what stands behind it."""
    answers = isinstance(question, EvidenceCited) and bool(pieces)
    return reply._replace(evidence=pieces, is_answered_by_evidence=answers)


def backed_as(reply: Reply, before: Reply | None) -> Reply:
    """Give a reply that takes the place of another: what stood behind that stands behind it."""
    if before is None:
        return reply
    return reply._replace(
        evidence=before.evidence, is_answered_by_evidence=before.is_answered_by_evidence
    )


def level_without_evidence(
    question: Question, result: QuestionResult, reply: Reply | None
) -> str | None:
    """Name the level of an answer that needs evidence and has none; None where all is well."""
    wanted = question.evidence_required_for
    if not wanted or reply is None or reply.evidence or not reply.stands:
        return None
    if reply.not_applicable is not None:
        return None
    said = reply.value if isinstance(reply.value, str) else None
    return next((one for one in (said, result.self_level, result.self_rag) if one in wanted), None)
