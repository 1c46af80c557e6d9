"""How one reply becomes a level: for each kind of question, the rule that judges its value.

Every rule is made once for a question and a kind of organisation, and then only looks values up,
because a board's figures judge millions of answers.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from audit_app.core.conditions import holds
from audit_app.core.judging_figures import against, banded, by_age, figure_in, ratio_judge
from audit_app.core.levels import AMBER, GREEN, NOTHING_TO_JUDGE, PLAIN, RED, Judged, levels_of
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
    Ticked,
    XOfY,
    YesNo,
    YesPartlyNo,
    is_scored,
)
from audit_app.core.rag import POINTS, RANK, Rag
from audit_app.core.tables import is_put_to_kind

Replies = Mapping[str, Any]
Judge = Callable[[Any, date, Replies], Judged | None]
"""Takes a reply's value, the date of the return and the other values; gives None for no level."""


def judge_of(question: Question, questionnaire: Questionnaire, *, kind: str) -> Judge | None:
    """Make the rule that judges this question for a kind; None where it is not scored for it."""
    if not is_scored(question, kind=kind):
        return None
    return JUDGES[type(question)](question, questionnaire, kind)


def _looked_up(levels: Mapping[str, Judged]) -> Judge:
    find = levels.get
    return lambda value, on, others: find(value)


def _rating(question: Rating, questionnaire: Questionnaire, kind: str) -> Judge:
    return _looked_up(levels_of(question, questionnaire))


def _yes_partly_no(question: YesPartlyNo | YesNo, questionnaire: Questionnaire, kind: str) -> Judge:
    good, bad = ("yes", "no") if question.good_answer == "yes" else ("no", "yes")
    return _looked_up({good: GREEN, "partly": AMBER, bad: RED})


def _choice(question: Choice, questionnaire: Questionnaire, kind: str) -> Judge:
    def points(level: str | None, given: int | None) -> int:
        return given if given is not None else POINTS[Rag(level or "red")]

    most = max(points(option.level, option.points) for option in question.options)
    if any(option.points is None for option in question.options):
        # A level by itself has its points of two, also where no option is Green.
        most = max(most, POINTS[Rag.GREEN])
    bands = questionnaire.scoring.bands
    levels: dict[str, Judged] = {}
    for option in question.options:
        scored = points(option.level, option.points)
        rag = (
            Rag(option.level)
            if option.level
            else banded(scored, most, green=bands.green, amber=bands.amber)
        )
        levels[option.value] = Judged(rag, scored, most, rag.value)
    return _looked_up(levels)


def _choices(question: Choices, questionnaire: Questionnaire, kind: str) -> Judge:
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


def _figure(question: Number | Percentage, questionnaire: Questionnaire, kind: str) -> Judge:
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


def _x_of_y(question: XOfY, questionnaire: Questionnaire, kind: str) -> Judge:
    ratio = ratio_judge(question.thresholds, question.better)
    source = question.y_from

    def judge(value: Any, on: date, others: Replies) -> Judged | None:
        whole = figure_in(others, source.question, source.part) if source else value["y"]
        if whole is None:
            return None
        return ratio(value["x"], whole)

    return judge


def _date(question: DateOfEvent, questionnaire: Questionnaire, kind: str) -> Judge:
    limit, grace = question.within_months or 0, question.grace_months
    return lambda value, on, others: by_age(date.fromisoformat(value), on, limit, grace)


def _table(question: Table, questionnaire: Questionnaire, kind: str) -> Judge:
    columns = [column for column in question.columns if is_put_to_kind(column, kind)]
    dates = {column.id: column for column in columns if column.within_months is not None}
    options = {
        column.id: {option.value: PLAIN[option.level] for option in column.options if option.level}
        for column in columns
    }
    conditions = {column.id: column.when for column in columns if column.when is not None}

    def judge(value: Any, on: date, others: Replies) -> Judged | None:
        # What was entered while a column was shown is not judged while it is hidden.
        hidden = {name for name, when in conditions.items() if not holds(when, others)}
        found: list[Judged] = []
        for row in value.values() if isinstance(value, dict) else value:
            for column, cell in row.items():
                if cell in (None, "") or column in hidden:
                    continue
                if column in dates:
                    rule = dates[column]
                    limit, grace = rule.within_months or 0, rule.grace_months
                    found.append(by_age(date.fromisoformat(cell), on, limit, grace))
                elif cell in options.get(column, ()):
                    found.append(options[column][cell])
        return min(found, key=lambda judged: RANK[judged.rag]) if found else NOTHING_TO_JUDGE

    return judge


JUDGES: dict[type, Callable[[Any, Questionnaire, str], Judge]] = {
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
