"""What became of each answer that was asked to be looked at again: changed, or left with why."""

from collections.abc import Iterable, Mapping

from audit_app.core.replies import Reply
from audit_app.core.signing import LONGEST_WORDS

NOTHING = Reply()


def is_changed(said: Reply | None, sent: Reply | None) -> bool:
    """Say whether an answer is another than the one that was sent.

    Its value, its comment, a claim that it does not apply and the evidence behind it count; the
    day of that evidence does not.
    """
    return _words(said or NOTHING) != _words(sent or NOTHING)


def left_as_they_were(
    named: Iterable[str], *, said: Mapping[str, Reply], sent: Mapping[str, Reply]
) -> tuple[str, ...]:
    """Give those of the named questions whose answers are still the ones that were sent."""
    return tuple(name for name in named if not is_changed(said.get(name), sent.get(name)))


def wrong_reasons(
    left: Iterable[str], reasons: Mapping[str, str], *, numbers: Mapping[str, str]
) -> dict[str, str]:
    """Say what is wrong with the reasons for which answers are left as they were, by question.

    `numbers` are those under which the questions are shown.
    """
    wrong = {}
    for name in left:
        reason = reasons.get(name, "").strip()
        if not reason:
            wrong[name] = f"Say why {numbers[name]} stays as it is, or change it"
        elif len(reason) > LONGEST_WORDS:
            wrong[name] = (
                f"The reason at {numbers[name]} must be {LONGEST_WORDS:,} characters or fewer"
            )
    return wrong


def _words(reply: Reply) -> tuple[object, ...]:
    behind = tuple(sorted(piece.title for piece in reply.evidence))
    return (reply.value, reply.commentary, reply.not_applicable, behind)
