"""How priority areas are rated, by their worst answer, and how indicators are computed."""

from collections.abc import Mapping
from typing import Any

from audit_app.core.judging_figures import figure_in, ratio_judge
from audit_app.core.levels import AUTOMATIC
from audit_app.core.questionnaire import Indicator, PriorityArea
from audit_app.core.rag import NOT_APPLICABLE, Rag
from audit_app.core.results import AreaResult, IndicatorResult, QuestionResult, Stage, Standing


def area_result(
    area: PriorityArea,
    questions: Mapping[str, QuestionResult],
    indicators: Mapping[str, IndicatorResult],
    stage: Stage,
) -> AreaResult:
    """Rate a priority area by the worst level in it; a draft has none.

    An area is Green only when all of it is: a question that was left open holds it at Amber, and
    a critical one at Red. Where nothing at all is answered, there is no rating.
    """
    levels: dict[str, list[str]] = {Rag.RED.value: [], Rag.AMBER.value: [], Rag.GREEN.value: []}
    left_open: list[str] = []
    applicable = 0
    for name in area.questions:
        one = questions.get(name)
        if one is None or one.standing is Standing.HIDDEN:
            continue
        applicable += 1
        rag: str | None = one.rag
        if one.standing is Standing.UNANSWERED:
            left_open.append(name)
            rag = Rag.RED if one.critical else rag
        if rag is not None:
            levels[rag].append(name)
    for name in area.indicators:
        share = indicators.get(name)
        if share is not None and share.rating in levels:
            levels[share.rating].append(name)
    rating: str | None = None
    because: list[str] = []
    is_held = False
    worst = next((rag for rag in levels if levels[rag]), None)
    if worst is None:
        rating = None if left_open else NOT_APPLICABLE
    elif stage is not Stage.DRAFT:
        rating, because = Rag(worst), levels[worst]
        is_held = rating == Rag.GREEN and bool(left_open)
        if is_held:
            rating, because = Rag.AMBER, left_open
    return AreaResult(
        area.id, rating, tuple(because), applicable - len(left_open), applicable, is_held
    )


def indicator_result(indicator: Indicator, values: Mapping[str, Any]) -> IndicatorResult:
    """Compute an indicator from the figures in two answers; None where one is missing."""
    x = figure_in(values, indicator.x.question, indicator.x.part)
    y = figure_in(values, indicator.y.question, indicator.y.part)
    rating: str | None = None
    if x is not None and y is not None:
        if y == 0:
            rating = NOT_APPLICABLE if x == 0 else None
        elif indicator.thresholds:
            judged = ratio_judge(indicator.thresholds, "higher")(x, y)
            rating = judged.rag if judged and judged is not AUTOMATIC else None
    return IndicatorResult(indicator.id, x, y, rating)
