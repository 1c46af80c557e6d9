"""How one reply becomes a level: for each kind of question, the rule that judges its value.

Every rule is made once for a question and a kind of organisation, and then only looks values up,
because a board's figures judge millions of answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from audit_app.core.figures import whole_months
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import (
    Choice,
    Choices,
    DateOfEvent,
    Number,
    Percentage,
    Question,
    Rating,
    Table,
    Thresholds,
    Ticked,
    XOfY,
    YesNo,
    YesPartlyNo,
    is_scored,
)
from audit_app.core.rag import POINTS, RANK, Rag


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A level: its colour, its points of the most there are, and its value on its own scale.

    Levels are compared by identity: a rule makes each of its levels once.
    """

    rag: Rag
    points: int
    of: int
    level: str


AUTOMATIC = Judged(Rag.GREEN, 0, 0, "not_applicable")
"""What a judge gives for "none of none": not applicable, unclaimed. Never read its colour."""

RED, AMBER, GREEN = (
    Judged(rag, POINTS[rag], 2, rag.value) for rag in (Rag.RED, Rag.AMBER, Rag.GREEN)
)
PLAIN: dict[str, Judged] = {judged.level: judged for judged in (RED, AMBER, GREEN)}

Replies = Mapping[str, Any]
Judge = Callable[[Any, date, Replies], Judged | None]
"""Takes a reply's value, the date of the return and the other values; gives None for no level."""


def judge_of(question: Question, questionnaire: Questionnaire) -> Judge | None:
    """Make the rule that judges this question; None where it is not scored."""
    if not is_scored(question):
        return None
    return JUDGES[type(question)](question, questionnaire)


def levels_of(question: Question, questionnaire: Questionnaire) -> dict[str, Judged]:
    """Give the levels a moderator may set: the question's own scale, or Red, Amber and Green."""
    if isinstance(question, Rating):
        levels = questionnaire.scale(question.scale)
        most = max(level.points for level in levels)
        return {
            level.value: Judged(Rag(level.rag), level.points, most, level.value) for level in levels
        }
    return PLAIN


def _looked_up(levels: Mapping[str, Judged]) -> Judge:
    find = levels.get
    return lambda value, on, others: find(value)


def _rating(question: Rating, questionnaire: Questionnaire) -> Judge:
    return _looked_up(levels_of(question, questionnaire))


def _yes_partly_no(question: YesPartlyNo | YesNo, questionnaire: Questionnaire) -> Judge:
    good, bad = ("yes", "no") if question.good_answer == "yes" else ("no", "yes")
    return _looked_up({good: GREEN, "partly": AMBER, bad: RED})


def _choice(question: Choice, questionnaire: Questionnaire) -> Judge:
    def points(level: str | None, given: int | None) -> int:
        return given if given is not None else POINTS[Rag(level or "red")]

    most = max(points(option.level, option.points) for option in question.options)
    bands = questionnaire.scoring.bands
    levels: dict[str, Judged] = {}
    for option in question.options:
        scored = points(option.level, option.points)
        rag = (
            Rag(option.level)
            if option.level
            else banded(scored, most, green=bands.green, amber=bands.amber)
        )
        levels[option.value] = Judged(rag, scored, most, option.value)
    return _looked_up(levels)


def _choices(question: Choices, questionnaire: Questionnaire) -> Judge:
    rules = question.levels
    if rules is None:  # pragma: no cover - is_scored has asked already
        raise ValueError(question.id)

    def meets(rule: Ticked, ticked: set[str]) -> bool:
        return len(ticked) >= (rule.at_least or 0) and ticked.issuperset(rule.all_of)

    def judge(value: Any, on: date, others: Replies) -> Judged | None:
        ticked = set(value) - {"none"}
        if meets(rules.green, ticked):
            return GREEN
        return AMBER if meets(rules.amber, ticked) else RED

    return judge


def _figure(question: Number | Percentage, questionnaire: Questionnaire) -> Judge:
    thresholds, better = question.thresholds, question.better
    if thresholds is None:  # pragma: no cover - is_scored has asked already
        raise ValueError(question.id)
    by_share = isinstance(question, Percentage) and question.points_by == "share"

    def judge(value: Any, on: date, others: Replies) -> Judged | None:
        figure = Decimal(str(value))
        judged = against(figure, thresholds, better)
        if by_share:
            share = figure if better == "higher" else 100 - figure
            # Points in thousandths of a per cent, so that three decimals stay exact.
            return Judged(judged.rag, int(share * 1000), 100_000, judged.level)
        return judged

    return judge


def against(figure: Decimal, thresholds: Thresholds, better: str) -> Judged:
    """Judge a figure by its thresholds, both inclusive."""
    if better == "lower":
        figure, green, amber = -figure, -thresholds.green, -thresholds.amber
    else:
        green, amber = thresholds.green, thresholds.amber
    return GREEN if figure >= green else AMBER if figure >= amber else RED


def _x_of_y(question: XOfY, questionnaire: Questionnaire) -> Judge:
    ratio = ratio_judge(question.thresholds, question.better)
    source = question.y_from

    def judge(value: Any, on: date, others: Replies) -> Judged | None:
        whole = figure_in(others, source.question, source.part) if source else value["y"]
        if whole is None:
            return None
        return ratio(value["x"], whole)

    return judge


def ratio_judge(thresholds: Thresholds, better: str) -> Callable[[int, int], Judged | None]:
    """Make the rule for so many of so many: exact, inclusive; none of none is not applicable.

    Green if 100 x >= g y, Amber if 100 x >= a y, else Red; x above y has no level (rag-method 3).
    """
    scale = 10 ** max(
        -int(t.as_tuple().exponent) for t in (thresholds.green, thresholds.amber, Decimal(1))
    )
    green, amber = int(thresholds.green * scale), int(thresholds.amber * scale)
    hundred, lower = 100 * scale, better == "lower"

    def judge(x: int, y: int) -> Judged | None:
        if y == 0:
            return AUTOMATIC if x == 0 else None
        if x > y:
            return None
        found = hundred * x
        if lower:
            return GREEN if found <= green * y else AMBER if found <= amber * y else RED
        return GREEN if found >= green * y else AMBER if found >= amber * y else RED

    return judge


def _date(question: DateOfEvent, questionnaire: Questionnaire) -> Judge:
    limit, grace = question.within_months or 0, question.grace_months
    return lambda value, on, others: by_age(date.fromisoformat(value), on, limit, grace)


def by_age(event: date, on: date, limit: int, grace: int) -> Judged:
    """Judge a date by its age in whole months: within the limit, within the grace, or older."""
    age = whole_months(event, on)
    return GREEN if age <= limit else AMBER if age <= limit + grace else RED


def _table(question: Table, questionnaire: Questionnaire) -> Judge:
    dates = {c.id: c for c in question.columns if c.within_months is not None}
    options = {
        c.id: {o.value: PLAIN[o.level] for o in c.options if o.level} for c in question.columns
    }

    def judge(value: Any, on: date, others: Replies) -> Judged | None:
        rows = value.values() if isinstance(value, dict) else value
        found: list[Judged] = []
        for row in rows:
            for column, cell in row.items():
                if cell in (None, ""):
                    continue
                if column in dates:
                    rule = dates[column]
                    limit, grace = rule.within_months or 0, rule.grace_months
                    found.append(by_age(date.fromisoformat(cell), on, limit, grace))
                elif cell in options.get(column, ()):
                    found.append(options[column][cell])
        return min(found, key=lambda judged: RANK[judged.rag]) if found else None

    return judge


JUDGES: dict[type, Callable[[Any, Questionnaire], Judge]] = {
    Rating: _rating,
    YesPartlyNo: _yes_partly_no,
    YesNo: _yes_partly_no,
    Choice: _choice,
    Choices: _choices,
    Number: _figure,
    Percentage: _figure,
    XOfY: _x_of_y,
    DateOfEvent: _date,
    Table: _table,
}
"""Which rule judges which kind of question. Text, evidence and declarations have none."""


def banded(points: int, of: int, *, green: Decimal, amber: Decimal) -> Rag:
    """Give the band of a score: exact, and inclusive at the bottom of each band."""
    score = 100 * Decimal(points) / Decimal(1)
    if score >= green * of:
        return Rag.GREEN
    return Rag.AMBER if score >= amber * of else Rag.RED


def figure_in(replies: Replies, question_id: str, part: str) -> Any:
    """Give one figure of another answer, or None where that is not answered."""
    value = replies.get(question_id)
    if isinstance(value, dict):
        return value.get(part)
    return value if part == "value" and isinstance(value, int | str) else None
