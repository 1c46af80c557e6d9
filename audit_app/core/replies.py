"""What an organisation replied to a question, and what a moderator found."""

from typing import Any, NamedTuple

from audit_app.core.evidence.pieces import Piece


class Reply(NamedTuple):
    """One answer: its value as the kind of question writes it, or a claim of not applicable.

    Values are plain JSON data (see questionnaires/README.md): "green", "yes", {"x": 3, "y": 4},
    "2026-11-20", ["a", "b"] and so on. `not_applicable` is the reason given for a claim.
    `evidence` is what stands behind it; for a question that asks for nothing else, that answers it.
    """

    value: Any = None
    commentary: str = ""
    not_applicable: str | None = None
    needs_review: bool = False
    evidence: tuple[Piece, ...] = ()
    is_answered_by_evidence: bool = False

    @property
    def stands(self) -> bool:
        """Say whether this answers the question: "don't know" and what needs review do not."""
        if self.needs_review:
            return False
        value = self.value
        return (
            self.not_applicable is not None
            or self.is_answered_by_evidence
            or bool((value or value == 0) and value != "dont_know")
        )


class Validation(NamedTuple):
    """What a moderator found: a level, or a claim of not applicable accepted or rejected."""

    level: str | None = None
    not_applicable: str | None = None
    reason: str = ""


ACCEPTED, REJECTED = "accepted", "rejected"
