"""How priority areas are rated, by their worst answer, and how indicators are computed."""

from collections.abc import Mapping
from typing import Any

from audit_app.core.judging_figures import figure_in, ratio_judge
from audit_app.core.levels import AUTOMATIC
from audit_app.core.questionnaire import Indicator, PriorityArea
from audit_app.core.rag import NOT_APPLICABLE, RANK, Rag
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
    applicable = [
        found
        for name in area.questions
        if (found := questions.get(name)) is not None and found.standing is not Standing.HIDDEN
    ]
    left_open = [one for one in applicable if one.standing is Standing.UNANSWERED]
    answered = len(applicable) - len(left_open)
    levels = [(one.id, one.rag) for one in applicable if one.rag is not None]
    levels += [(one.id, Rag.RED) for one in left_open if one.rag is None and one.critical]
    levels += [
        (name, share.rating)
        for name in area.indicators
        if (share := indicators.get(name)) is not None and share.rating in RANK
    ]
    rating: str | None = None
    because: tuple[str, ...] = ()
    is_held = False
    if stage is not Stage.DRAFT and levels:
        rating = min((str(level) for _, level in levels), key=RANK.__getitem__)
        because = tuple(name for name, level in levels if level == rating)
        is_held = rating == Rag.GREEN and bool(left_open)
        if is_held:
            rating, because = Rag.AMBER, tuple(one.id for one in left_open)
    elif not levels and not left_open:
        rating = NOT_APPLICABLE
    return AreaResult(area.id, rating, because, answered, len(applicable), is_held)


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
