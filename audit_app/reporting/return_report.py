"""The PDF of one return: what was asked, what was said, how it is rated and why."""

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from audit_app.core.actions import BECAUSE_WORDS, CalledFor, descriptors
from audit_app.core.evidence.wording import piece_words
from audit_app.core.london import london_date
from audit_app.core.questions import Rating, Table
from audit_app.core.results import QuestionResult, Stage, Standing
from audit_app.core.sheet import Sheet, SheetArea, SheetIndicator, SheetLine
from audit_app.core.tables import is_put_to_kind
from audit_app.reporting.charts import Bar, bar
from audit_app.reporting.plan_report import PrintedPlan
from audit_app.reporting.render import render_html, render_pdf
from audit_app.reporting.return_facts import ReturnFacts

TEMPLATE = "return/report.html"
FULL_WIDTH = 453.5
"""The width of the text in points: A4 less 25 mm on either side."""

NO_PLAN = PrintedPlan((), ())

NOT_APPLICABLE = frozenset({Standing.CLAIMED, Standing.AUTOMATIC})


class PrintedTable(NamedTuple):
    """A table reply as printed: its columns, which of them hold numbers, and its rows."""

    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


class AreaCard(NamedTuple):
    """A priority area with the indicators that belong to it."""

    area: SheetArea
    indicators: tuple[SheetIndicator, ...]


def return_report(
    sheet: Sheet,
    *,
    about: ReturnFacts,
    plan: PrintedPlan = NO_PLAN,
    entered: Mapping[str, str] | None = None,
) -> bytes:
    """Make the PDF of a return. Raises ReportCouldNotBeMade.

    `entered` says by question which answers somebody else entered, and for whom.
    """
    return render_pdf(
        TEMPLATE,
        _context(sheet, about, plan) | {"entered": entered or {}},
        title=_title(sheet, about),
        identifier=about.reference or f"draft {about.organisation} {about.cycle}",
        made_at=about.printed_at,
        accent=about.accent,
    )


def return_html(
    sheet: Sheet,
    *,
    about: ReturnFacts,
    plan: PrintedPlan = NO_PLAN,
    entered: Mapping[str, str] | None = None,
) -> str:
    """Give the HTML that the PDF is drawn from."""
    return render_html(
        TEMPLATE,
        _context(sheet, about, plan) | {"entered": entered or {}},
        title=_title(sheet, about),
        made_at=about.printed_at,
        accent=about.accent,
    )


def _title(sheet: Sheet, about: ReturnFacts) -> str:
    draft = "Draft: " if sheet.result.stage is Stage.DRAFT else ""
    return f"{draft}{about.cycle}, {about.organisation}"


def _context(sheet: Sheet, about: ReturnFacts, plan: PrintedPlan) -> dict[str, object]:
    return {
        "sheet": sheet,
        "about": about,
        "plan": plan,
        "is_draft": sheet.result.stage is Stage.DRAFT,
        "is_closed": sheet.result.stage is Stage.CLOSED,
        "levels": _levels(sheet),
        "cards": tuple(_card(area, sheet) for area in sheet.areas),
        "tables": {
            line.question.id: _table(line, sheet.kind)
            for section in sheet.sections
            for line in section.lines
            if line.table
        },
        "chosen": {
            line.question.id: _chosen(line, sheet)
            for section in sheet.sections
            for line in section.lines
        },
        "actions_in": _by_section(sheet.actions),
        "because_words": BECAUSE_WORDS,
        "counted": _counted,
        "evidence_words": partial(
            piece_words, on=london_date(about.submitted_at or about.printed_at)
        ),
    }


def _levels(sheet: Sheet) -> Bar:
    """Lay out the cover's one figure: how many scored questions are at each level."""
    red, amber, green = sheet.result.overall.counts
    scored = [q for q in sheet.result.questions.values() if q.is_scored]
    not_applicable = sum(q.rag is None and q.standing in NOT_APPLICABLE for q in scored)
    unanswered = sum(q.rag is None and q.standing is Standing.UNANSWERED for q in scored)
    counts = {"red": red, "amber": amber, "green": green}
    counts |= {"not_applicable": not_applicable, "unanswered": unanswered}
    return bar(counts, width=FULL_WIDTH, height=26)


def _card(area: SheetArea, sheet: Sheet) -> AreaCard:
    wanted = area.area.indicators
    return AreaCard(area, tuple(one for one in sheet.indicators if one.result.id in wanted))


def _table(line: SheetLine, kind: str) -> PrintedTable | None:
    """Leave out the columns that this kind of organisation is not asked for."""
    if not isinstance(line.question, Table) or line.table is None:
        return None
    columns = line.question.columns
    asked = [place for place, column in enumerate(columns) if is_put_to_kind(column, kind)]
    return PrintedTable(
        tuple((columns[i].label, columns[i].kind == "number") for i in asked),
        tuple((name, tuple(cells[i] for i in asked)) for name, cells in line.table),
    )


def _chosen(line: SheetLine, sheet: Sheet) -> str | None:
    """Give the descriptor that the organisation chose, where the question has descriptors."""
    if not isinstance(line.question, Rating) or line.reply is None or not line.reply.value:
        return None
    said = descriptors(line.question, sheet.questionnaire, kind=sheet.kind)
    return said.get(str(line.reply.value))


def _by_section(actions: tuple[CalledFor, ...]) -> dict[str, tuple[CalledFor, ...]]:
    names = dict.fromkeys(action.section_id for action in actions)
    return {name: tuple(a for a in actions if a.section_id == name) for name in names}


def _counted(result: QuestionResult) -> tuple[Fraction, int]:
    """Give the points that a question adds, of the most it could: 2 for each of its weight."""
    most = 2 * result.weight
    return Fraction(most * result.points, result.of) if result.of else Fraction(0), most
