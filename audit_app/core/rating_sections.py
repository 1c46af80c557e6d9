"""How the levels in a section become its rating: the score, the band, the caps in order."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from audit_app.core.judging import AUTOMATIC, figure_in, ratio_judge
from audit_app.core.plans import Plan
from audit_app.core.questionnaire import Indicator, PriorityArea
from audit_app.core.rag import NOT_APPLICABLE, RANK, Rag, lower_of
from audit_app.core.results import (
    AreaResult,
    IndicatorResult,
    QuestionResult,
    SectionResult,
    Stage,
    Standing,
)

CAPS: dict[str, Rag] = {
    "critical_red": Rag.RED,
    "critical_unanswered": Rag.RED,
    "critical_amber": Rag.AMBER,
    "red": Rag.AMBER,
    "section_red": Rag.AMBER,
}
"""What each cap holds a rating down to (rag-method, section 3, "Caps, in this order")."""

PLAIN_OF = 2
OVERALL = "overall"
UNANSWERED, AUTOMATICALLY = Standing.UNANSWERED, Standing.AUTOMATIC
NOTHING = Fraction(0)
MODERATION = ("self", "part_validated", "validated")


class Tally:
    """The running count of one section: points, levels and coverage."""

    __slots__ = (
        "amber",
        "answered",
        "applicable",
        "checkable",
        "checked",
        "critical_amber",
        "critical_red",
        "critical_unanswered",
        "critical_unchecked",
        "green",
        "other_points",
        "points",
        "red",
        "reds",
        "weight",
    )

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.points = self.weight = self.answered = self.applicable = 0
        self.red = self.amber = self.green = 0
        self.checked = self.checkable = self.critical_unchecked = 0
        self.other_points = NOTHING
        self.reds: list[str] = []
        self.critical_red: list[str] = []
        self.critical_amber: list[str] = []
        self.critical_unanswered: list[str] = []

    def add(self, found: QuestionResult, *, draft: bool) -> None:
        """Count one scored question."""
        self.applicable += 1
        standing, rag = found.standing, found.rag
        if standing is not UNANSWERED:
            self.answered += 1
        elif found.critical and not draft:
            self.critical_unanswered.append(found.id)
        if standing is not AUTOMATICALLY:
            self.checkable += 1
            if found.is_moderated:
                self.checked += 1
            elif found.critical:
                self.critical_unchecked += 1
        if rag is None:
            return
        self.weight += found.weight
        if found.of == PLAIN_OF:
            self.points += found.weight * found.points
        else:
            self.other_points += Fraction(PLAIN_OF * found.weight * found.points, found.of)
        if rag == "green":
            self.green += 1
            return
        if rag == "amber":
            self.amber += 1
            if found.critical:
                self.critical_amber.append(found.id)
            return
        self.red += 1
        if not found.critical:
            self.reds.append(found.id)
        elif standing is not UNANSWERED:
            self.critical_red.append(found.id)

    def take(self, other: "Tally") -> None:
        """Add the count of a section within this one."""
        self.points += other.points
        if other.other_points is not NOTHING:
            self.other_points += other.other_points
        self.weight += other.weight
        self.answered += other.answered
        self.applicable += other.applicable
        self.red += other.red
        self.amber += other.amber
        self.green += other.green
        self.checked += other.checked
        self.checkable += other.checkable
        self.critical_unchecked += other.critical_unchecked
        self.reds += other.reds
        self.critical_red += other.critical_red
        self.critical_amber += other.critical_amber
        self.critical_unanswered += other.critical_unanswered

    @property
    def levels(self) -> int:
        """Count the questions that have a level."""
        return self.red + self.amber + self.green


def rated(
    section_id: str,
    tally: Tally,
    plan: Plan,
    stage: Stage,
    *,
    is_rated: bool = True,
    sections: Iterable[SectionResult] = (),
) -> SectionResult:
    """Rate a section, or with `sections` the whole return, from its tally.

    A draft has a score and no band. Where nothing that applies has a level the rating is "not
    applicable", or None while something is unanswered; never Green. Questions of weight 0 give no
    points but cap; where nothing else has a level, the worst of them is the band.
    """
    points: Fraction | int = tally.points
    if tally.other_points:
        points = points + tally.other_points
    of = PLAIN_OF * tally.weight
    caps, rating, band = _caps(tally, sections, is_overall=section_id == OVERALL), None, None
    if stage is not Stage.DRAFT and tally.levels:
        band = _band(points, of, tally, plan)
        rating = band
        for cap, _ in caps:
            rating = lower_of(rating, CAPS[cap])
    elif stage is not Stage.DRAFT and tally.critical_unanswered:
        rating = Rag.RED
    empty = not tally.levels and tally.answered == tally.applicable
    shown = NOT_APPLICABLE if empty else rating
    return SectionResult(
        section_id,
        shown if is_rated else None,
        band,
        points,
        of,
        tally.answered,
        tally.applicable,
        () if stage is Stage.DRAFT else caps,
        (tally.red, tally.amber, tally.green),
        _moderation(tally, plan),
    )


def _band(points: Fraction | int, of: int, tally: Tally, plan: Plan) -> Rag:
    if not of:
        return Rag.RED if tally.red else Rag.AMBER if tally.amber else Rag.GREEN
    (green, green_of), (amber, amber_of) = plan.green, plan.amber
    score = 100 * points
    if score * green_of >= green * of:
        return Rag.GREEN
    return Rag.AMBER if score * amber_of >= amber * of else Rag.RED


def _caps(
    tally: Tally, sections: Iterable[SectionResult], *, is_overall: bool
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the caps that apply, in their order. Overall, a Red section stands for single Reds."""
    caps = []
    if tally.critical_red:
        caps.append(("critical_red", tuple(tally.critical_red)))
    if tally.critical_unanswered:
        caps.append(("critical_unanswered", tuple(tally.critical_unanswered)))
    red_sections = tuple(section.id for section in sections if section.rating == Rag.RED)
    if red_sections:
        caps.append(("section_red", red_sections))
    if tally.critical_amber:
        caps.append(("critical_amber", tuple(tally.critical_amber)))
    if tally.reds and not is_overall:
        caps.append(("red", tuple(tally.reds)))
    return tuple(caps)


def _moderation(tally: Tally, plan: Plan) -> str:
    """Say how far moderators have looked: every critical question, and a share of the rest."""
    if not tally.checked:
        return MODERATION[0]
    needed = min(plan.sampling.least, tally.checkable)
    enough = (
        tally.checked >= needed and 100 * tally.checked >= plan.sampling.share * tally.checkable
    )
    return MODERATION[2] if enough and not tally.critical_unchecked else MODERATION[1]


def area_result(
    area: PriorityArea,
    questions: Mapping[str, QuestionResult],
    values: Mapping[str, Any],
    plan: Plan,
    stage: Stage,
) -> AreaResult:
    """Rate a priority area by the worst level in it; a draft has none."""
    asked = [questions[name] for name in area.questions if name in questions]
    applicable = [q for q in asked if q.standing is not Standing.HIDDEN]
    levels = [(q.id, q.rag) for q in applicable if q.rag is not None]
    levels += [
        (q.id, Rag.RED)
        for q in applicable
        if q.rag is None and q.critical and q.standing is Standing.UNANSWERED
    ]
    levels += [
        (one.id, found.rating)
        for one in plan.indicators
        if one.id in area.indicators and (found := indicator_result(one, values)).rating in RANK
    ]
    answered = sum(q.standing is not Standing.UNANSWERED for q in applicable)
    rating: str | None = None
    because: tuple[str, ...] = ()
    if stage is not Stage.DRAFT and levels:
        rating = min((str(level) for _, level in levels), key=RANK.__getitem__)
        because = tuple(name for name, level in levels if level == rating)
    elif not levels and answered == len(applicable):
        rating = NOT_APPLICABLE
    return AreaResult(area.id, rating, because, answered, len(applicable))


def indicator_result(indicator: Indicator, values: Mapping[str, Any]) -> IndicatorResult:
    """Compute an indicator from the figures in two answers; None where one is missing."""
    x = figure_in(values, indicator.x.question, indicator.x.part)
    y = figure_in(values, indicator.y.question, indicator.y.part)
    rating: str | None = None
    if isinstance(x, int) and isinstance(y, int):
        if y == 0:
            rating = NOT_APPLICABLE if x == 0 else None
        elif indicator.thresholds:
            judged = ratio_judge(indicator.thresholds, "higher")(x, y)
            rating = judged.rag if judged and judged is not AUTOMATIC else None
    else:
        x = x if isinstance(x, int) else None
        y = y if isinstance(y, int) else None
    return IndicatorResult(indicator.id, x, y, rating)
