"""Which questions of a return that was sent are open again: those named, and what follows."""

from collections.abc import Collection, Iterable


def open_again(
    named: Collection[str],
    *,
    asked_then: Collection[str],
    asked_now: Iterable[str],
    blocking: Collection[str],
) -> frozenset[str]:
    """Give the questions that may be answered while changes are asked for.

    Besides the questions that were named these are the ones that a changed answer has brought up
    since the return was sent, and any that keep it from being sent again: a figure that no longer
    fits with one that was changed, for one. What is not asked now is not open.
    """
    now = frozenset(asked_now)
    return now & (frozenset(named) | (now - frozenset(asked_then)) | frozenset(blocking))
