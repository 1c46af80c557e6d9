"""When an answer that came forward counts: once it is confirmed, or is itself changed."""

from enum import StrEnum
from typing import Any, Protocol

from audit_app.core.replies import Reply


class How(StrEnum):
    """How an answer was sent: by somebody who says that it is true, or only to be kept.

    It is kept where a page saves by itself, and where somebody goes away, or goes to add evidence.
    """

    CONFIRMED = "confirmed"
    KEPT = "kept"


class Touched(StrEnum):
    """What of an answer is other than it stood."""

    NOTHING = "nothing"
    WORDS = "words"
    ANSWER = "answer"


WAITS_ON: dict[tuple[How, Touched], bool] = {
    (How.CONFIRMED, Touched.NOTHING): False,
    (How.CONFIRMED, Touched.WORDS): False,
    (How.CONFIRMED, Touched.ANSWER): False,
    (How.KEPT, Touched.NOTHING): True,
    (How.KEPT, Touched.WORDS): True,
    (How.KEPT, Touched.ANSWER): False,
}
"""Whether an answer that came forward and waits to be looked at waits on after it was sent."""


class Standing(Protocol):
    """An answer as it stands, in whatever record."""

    @property
    def value(self) -> Any: ...
    @property
    def commentary(self) -> str: ...
    @property
    def not_applicable(self) -> str | None: ...
    @property
    def needs_review(self) -> bool: ...


def touched(before: Standing, reply: Reply) -> Touched:
    """Say what a reply changes; a comment, and the reason of a claim, are only words beside it."""
    is_claimed = before.not_applicable is not None, reply.not_applicable is not None
    if before.value != reply.value or is_claimed[0] != is_claimed[1]:
        return Touched.ANSWER
    words = before.commentary, before.not_applicable
    return Touched.NOTHING if words == (reply.commentary, reply.not_applicable) else Touched.WORDS


def as_kept(before: Standing | None, reply: Reply, how: How) -> Reply:
    """Give a reply as it is to be kept over what stands: it counts, or it waits on."""
    if before is None or not before.needs_review:
        return reply._replace(needs_review=False)
    return reply._replace(needs_review=WAITS_ON[how, touched(before, reply)])
