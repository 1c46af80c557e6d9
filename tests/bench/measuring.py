"""Measuring calls: the processor's time of many, and how long single ones took."""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Cost(NamedTuple):
    """What one call costs in seconds: of the processor, and by the clock on the wall."""

    cpu: float
    wall: float


def cost_of(call: Callable[[], object], *, seconds: float = 0.4, rounds: int = 5) -> Cost:
    """Call again and again, and give the least that a round came to for each call.

    Whatever else the machine does can only add to a round, so the least is nearest the truth.
    """
    call()
    begun = time.perf_counter()
    call()
    number = max(1, int(seconds / max(time.perf_counter() - begun, 1e-9)))
    found = [_round(call, number) for _ in range(rounds)]
    return Cost(min(one.cpu for one in found), min(one.wall for one in found))


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """Give the value in the middle."""
    return percentile(values, 0.5)


def _round(call: Callable[[], object], number: int) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(number):
        call()
    return Cost((time.process_time() - cpu) / number, (time.perf_counter() - wall) / number)
