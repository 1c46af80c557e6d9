"""How long a PDF takes: ours, from the figures on, beside bare WeasyPrint of the same HTML."""

import os
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from audit_app.reporting.board_report import board_html, board_report
from audit_app.reporting.press import stop
from audit_app.reporting.return_report import return_html, return_report
from tests.bench import many_reports
from tests.bench.bare_press import BarePress
from tests.bench.measuring import Cost
from tests.bench.processes import children_of, cpu_seconds, peak_memory
from tests.bench.rows import Row, compared, noted
from tests.reporting.county import board_facts, county
from tests.reporting.examples import facts, sheet

AIM = 1.2
ROUNDS = 3


class Report(NamedTuple):
    """One report: what it is called, how we make it, and the HTML of the same."""

    what: str
    folder: str
    make: Callable[[], bytes]
    html: Callable[[], str]


def rows() -> list[Row]:
    """Make each report as the program does and as WeasyPrint alone does, turn and turn about."""
    answered, settings = sheet(), county(120)
    asked = sum(len(section.lines) for section in answered.sections)
    told, about = facts(), board_facts()
    reports = (
        Report(
            f"PDF of a return of {asked} questions",
            "return",
            lambda: return_report(answered, about=told),
            lambda: return_html(answered, about=told),
        ),
        Report(
            "PDF for the board, of 120 organisations",
            "board",
            lambda: board_report(settings, about=about),
            lambda: board_html(settings, about=about),
        ),
    )
    return [*(row for report in reports for row in _of(report)), *many_reports.rows()]


def _of(report: Report) -> list[Row]:
    bare, html = BarePress(), report.html()
    try:
        report.make(), bare.printed(report.folder, html)
        press = next(pid for pid in children_of(os.getpid()) if pid != bare.pid)
        ours, floor = [], []
        for _ in range(ROUNDS):
            ours.append(_cost(report.make, press))
            floor.append(_cost(partial(bare.printed, report.folder, html), bare.pid))
        memory = [peak_memory(pid) for pid in (press, bare.pid)]
    finally:
        bare.stop()
        stop()
    return [
        compared(f"{report.what}, CPU", _least(ours).cpu, _least(floor).cpu, aim=AIM),
        compared("  by the clock on the wall", _least(ours).wall, _least(floor).wall, aim=AIM),
        noted("  peak memory of the process that draws", *(f"{m >> 20} MiB" for m in memory)),
    ]


def _cost(make: Callable[[], bytes], drawing: int) -> Cost:
    """Measure one report in both processes that have a part in it."""
    wall, cpu = time.perf_counter(), time.process_time() + cpu_seconds(drawing)
    make()
    return Cost(time.process_time() + cpu_seconds(drawing) - cpu, time.perf_counter() - wall)


def _least(costs: list[Cost]) -> Cost:
    return Cost(min(one.cpu for one in costs), min(one.wall for one in costs))
