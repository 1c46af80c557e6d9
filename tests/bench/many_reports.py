"""How many returns' PDFs two processes make in a second, beside two of bare WeasyPrint.

A county has seven hundred; the rate of a part of them is measured, since it stays the same.
"""

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

from audit_app.reporting.press import stop
from audit_app.reporting.return_report import return_html, return_report
from tests.bench.bare_press import BarePress
from tests.bench.rows import Row, compared, in_words, noted, rate
from tests.reporting.examples import facts, sheet

PROCESSES = 2
ROUNDS, EACH_MAKES = 2, 6
A_COUNTY = 700
OF_THE_RATE = 1 / 0.9


def rows() -> list[Row]:
    """Make reports by both ways, turn and turn about, each on two processes."""
    html = return_html(sheet(), about=facts())
    bare = [BarePress() for _ in range(PROCESSES)]
    spawned = multiprocessing.get_context("spawn")
    seconds = {"ours": 0.0, "bare": 0.0}
    with (
        ProcessPoolExecutor(PROCESSES, mp_context=spawned) as ours,
        ThreadPoolExecutor(PROCESSES) as hands,
    ):
        makers = [partial(_drawn, press, html) for press in bare]
        list(ours.map(_make, [1] * PROCESSES))
        list(hands.map(lambda make: make(1), makers))
        for _ in range(ROUNDS):
            seconds["ours"] += _timed(lambda: list(ours.map(_make, [EACH_MAKES] * PROCESSES)))
            seconds["bare"] += _timed(
                lambda: list(hands.map(lambda make: make(EACH_MAKES), makers))
            )
        list(ours.map(_put_away, range(PROCESSES)))
    for press in bare:
        press.stop()
    made = ROUNDS * EACH_MAKES * PROCESSES
    rates = [made / seconds[way] for way in ("ours", "bare")]
    return [
        compared(
            f"PDFs of returns a second, on {PROCESSES} processes",
            *rates,
            aim=OF_THE_RATE,
            said=rate,
            more_is_better=True,
        ),
        noted(f"  so {A_COUNTY} of them take", *(in_words(A_COUNTY / one) for one in rates)),
    ]


def _make(number: int) -> None:
    answered, about = sheet(), facts()
    for _ in range(number):
        return_report(answered, about=about)


def _put_away(_: int) -> None:
    stop()


def _drawn(press: BarePress, html: str, number: int) -> None:
    for _ in range(number):
        press.printed("return", html)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
