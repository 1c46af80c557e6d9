"""How the levels in a section become its rating: the score, the band, the caps in order."""

from collections.abc import Iterable
from fractions import Fraction

from audit_app.core.plans import Plan
from audit_app.core.rag import NOT_APPLICABLE, Rag, lower_of
from audit_app.core.results import SectionResult, Stage
from audit_app.core.tallying import PLAIN_OF, Tally

CAPS: dict[str, Rag] = {
    "critical_red": Rag.RED,
    "critical_unanswered": Rag.RED,
    "critical_amber": Rag.AMBER,
    "red": Rag.AMBER,
    "section_red": Rag.AMBER,
}
"""What each cap holds a rating down to (rag-method, section 3, "Caps, in this order").

A questionnaire may do without any of them (`scoring: caps:`)."""

Cap = tuple[str, tuple[str, ...]]
"""The name of a cap, and the questions or sections that made it, in the order asked."""

OVERALL = "overall"
MODERATION = ("self", "part_validated", "validated")


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
    levels = tally.levels
    applicable = levels + tally.without_level
    checkable = applicable - tally.automatic
    caps: tuple[Cap, ...] = ()
    rating, band = None, None
    if stage is not Stage.DRAFT:
        is_overall = section_id == OVERALL
        if is_overall or tally.red or tally.critical_amber or tally.critical_unanswered:
            caps = _caps(tally, sections, plan, is_overall=is_overall)
        if levels:
            rating = band = _band(points, of, tally, plan)
            for cap, _ in caps:
                rating = lower_of(rating, CAPS[cap])
        elif any(name == "critical_unanswered" for name, _ in caps):
            rating = Rag.RED
    empty = not levels and not tally.left_open
    shown = NOT_APPLICABLE if empty else rating
    return SectionResult(
        section_id,
        shown if is_rated else None,
        band,
        points,
        of,
        applicable - tally.left_open,
        applicable,
        caps,
        (tally.red, tally.amber, tally.green),
        _moderation(tally, checkable, plan) if tally.checked else MODERATION[0],
        checkable,
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
    tally: Tally, sections: Iterable[SectionResult], plan: Plan, *, is_overall: bool
) -> tuple[Cap, ...]:
    """Give the caps that apply, in their order. Overall, a Red section stands for single Reds."""

    def asked(names: list[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=plan.order.__getitem__) if len(names) > 1 else names)

    caps: list[Cap] = []
    if tally.critical_red:
        caps.append(("critical_red", asked(tally.critical_red)))
    if tally.critical_unanswered:
        caps.append(("critical_unanswered", asked(tally.critical_unanswered)))
    if is_overall:
        red_sections = tuple(section.id for section in sections if section.rating == Rag.RED)
        if red_sections:
            caps.append(("section_red", red_sections))
    if tally.critical_amber:
        caps.append(("critical_amber", asked(tally.critical_amber)))
    if tally.reds and not is_overall:
        caps.append(("red", asked(tally.reds)))
    if plan.caps_off:
        caps = [cap for cap in caps if cap[0] not in plan.caps_off]
    return tuple(caps)


def _moderation(tally: Tally, checkable: int, plan: Plan) -> str:
    """Say how far moderators have looked: every critical question, and a share of the rest."""
    checked, sampling = tally.checked, plan.sampling
    enough = (
        checked >= min(sampling.least, checkable) and 100 * checked >= sampling.share * checkable
    )
    return MODERATION[2] if enough and not tally.critical_unchecked else MODERATION[1]
