"""The partnership's assurance report: the board page's own figures, as a PDF that can be kept."""

from datetime import datetime
from typing import NamedTuple

from audit_app.core.lifecycle import WORDS as STATE_WORDS
from audit_app.core.naming import shown_to
from audit_app.core.rag import Rag
from audit_app.core.summary import Count, Line, Returned, Summary, headline
from audit_app.core.weakest import weakest, weakest_first
from audit_app.reporting.charts import Bar, bar_of
from audit_app.reporting.render import ACCENT, render_html, render_pdf

TEMPLATE = "board/report.html"
FULL_WIDTH = 453.5
IN_TABLE = 160.0
"""The width of a bar in points: the whole text's, and a table's column for bars."""


class BoardFacts(NamedTuple):
    """What the cover, the foot and the notes on method say of a cycle.

    A childminder's name is that of somebody's home: it is printed only where
    `names_childminders` says so, which is for readers who may open the returns themselves.
    `history_head` is the last digest of the chain of history, printed so that a cut tail shows.
    """

    partnership: str
    cycle: str
    questionnaire: str
    questionnaire_key: str
    content_hash: str
    method_version: str
    due_at: datetime
    printed_at: datetime
    reference: str = ""
    last_cycle: str | None = None
    called: str = "Arrangements"
    names_childminders: bool = False
    history_head: str | None = None
    accent: str = ACCENT


class AreaByLocality(NamedTuple):
    """A priority area with a line for each locality, and the weakest of them."""

    line: Line
    localities: tuple[Line, ...]
    weakest: tuple[Line, ...]


class Total(NamedTuple):
    """A line at the foot of the grid: how many have this rating in each column."""

    rating: str
    overall: int
    numbers: tuple[int, ...]


def board_report(summary: Summary, *, about: BoardFacts) -> bytes:
    """Make the PDF of a cycle for the board. Raises ReportCouldNotBeMade."""
    return render_pdf(
        TEMPLATE,
        _context(summary, about),
        title=_title(about),
        identifier=f"board {about.reference} {about.partnership} {about.cycle}",
        made_at=about.printed_at,
        accent=about.accent,
    )


def board_html(summary: Summary, *, about: BoardFacts) -> str:
    """Give the HTML that the PDF is drawn from."""
    return render_html(
        TEMPLATE,
        _context(summary, about),
        title=_title(about),
        made_at=about.printed_at,
        accent=about.accent,
    )


def _title(about: BoardFacts) -> str:
    return f"Assurance report: {about.cycle}, {about.partnership}"


def _context(summary: Summary, about: BoardFacts) -> dict[str, object]:
    if not about.names_childminders:
        summary = shown_to(summary, roles=frozenset())
    summary = summary._replace(sections=_rated(summary))
    return {
        "summary": summary,
        "about": about,
        "headline": headline(summary, called=about.called),
        "whole": bar_of(summary.overall.counted, width=FULL_WIDTH, height=26),
        "areas": _areas(summary),
        "compared": (summary.overall, *summary.areas, *summary.sections),
        "weakest_sections": [
            line
            for line in weakest_first(summary.sections)
            if line.counted.red or line.counted.amber
        ][:3],
        "totals": _totals(summary),
        "state_words": STATE_WORDS,
        "states": [
            (STATE_WORDS[state], summary.completion.states.get(state, 0)) for state in STATE_WORDS
        ],
        "bar": _bar,
        "rated_bar": _rated_bar,
        "ratings_of": _ratings_of,
    }


def _rated(summary: Summary) -> tuple[Line, ...]:
    """Leave out the sections that only ask for information, once that can be told."""
    if not summary.overall.counted.rated:
        return summary.sections
    counts = [(line, line.counted, line.last) for line in summary.sections]
    return tuple(line for line, now, last in counts if now.rated or (last and last.rated))


def _areas(summary: Summary) -> tuple[AreaByLocality, ...]:
    found = []
    for place, line in enumerate(summary.areas):
        lines = tuple(areas[place]._replace(title=name) for name, _, _, areas in summary.localities)
        found.append(AreaByLocality(line, lines, weakest(lines)))
    return tuple(found)


def _totals(summary: Summary) -> tuple[Total, ...]:
    lines = (*summary.sections, *summary.areas)
    return tuple(
        Total(
            rating,
            getattr(summary.overall.counted, rating),
            tuple(getattr(line.counted, rating) for line in lines),
        )
        for rating in (Rag.RED, Rag.AMBER, Rag.GREEN)
    )


def _ratings_of(row: Returned, summary: Summary) -> list[str | None]:
    """Give a row's ratings in the order of the grid's columns: sections, then priority areas."""
    return [row.sections.get(line.id) for line in summary.sections] + [
        row.areas.get(line.id) for line in summary.areas
    ]


def _bar(counted: Count) -> Bar:
    return bar_of(counted, width=IN_TABLE, height=13)


def _rated_bar(counted: Count) -> Bar:
    return bar_of(counted, width=150.0, height=11, only_rated=True)
