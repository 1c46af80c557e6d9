"""What a draft comes to so far, section by section, and which answers would change it.

A draft has no band (rag-method, section 3, "Unanswered"): a section shows its score so far and its
coverage. Two things can be said of it truly before it is submitted, and only these are: what it
would come out as where every question that counts is answered; and, where some are open, what it
can at most come to, because a cap only ever lowers. The whole return has neither.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from audit_app.core.plans import Row, plan_for
from audit_app.core.questionnaire import PriorityArea, Questionnaire, Section
from audit_app.core.questions import Choice, Rating, YesNo, YesPartlyNo
from audit_app.core.rag import NOT_APPLICABLE, RANK, Rag
from audit_app.core.rating_sections import CAPS, Cap
from audit_app.core.replies import Reply, Validation
from audit_app.core.results import QuestionResult, Result, SectionResult, Stage
from audit_app.core.scoring import score

GREEN = RANK[Rag.GREEN]


class Change(NamedTuple):
    """Answers that, were they at their best, would bring a section or an area to a rating."""

    questions: tuple[str, ...]
    rating: str


class SectionSoFar(NamedTuple):
    """A top section of a draft.

    `would_be` is its rating were it submitted now, None while a question that counts is open;
    `at_most` is what it can still come to, None while everything can. `result` is the draft's.
    """

    section: Section
    result: SectionResult
    submitted: SectionResult
    would_be: str | None
    at_most: str | None
    caps: tuple[Cap, ...]
    changes: tuple[Change, ...]


class AreaSoFar(NamedTuple):
    """A priority area of a draft: its worst answer so far, and which answers those are."""

    area: PriorityArea
    answered: int
    applicable: int
    worst: str | None
    because: tuple[str, ...]
    change: Change | None


class SoFar(NamedTuple):
    """A whole draft: its score and coverage, never a band; its sections and priority areas.

    `first` are the gravest answers: critical ones, then Red before Amber.
    """

    overall: SectionResult
    sections: tuple[SectionSoFar, ...]
    areas: tuple[AreaSoFar, ...]
    first: tuple[str, ...] = ()


class Draft(NamedTuple):
    """The answers of a draft, and how it is scored."""

    questionnaire: Questionnaire
    replies: Mapping[str, Reply]
    kind: str
    on: date

    def scored(self, stage: Stage, raised: Iterable[str] = ()) -> Result:
        """Score the draft at a stage, with some of its answers at their best."""
        replies, judged = dict(self.replies), {}
        rows = {row.id: row for row in plan_for(self.questionnaire, self.kind).rows}
        for name in raised:
            best = _best_value(self, rows[name])
            if best is not None:
                replies[name] = Reply(best)
            else:
                levels = rows[name].levels
                judged[name] = Validation(max(levels, key=lambda level: levels[level].points))
        return score(
            self.questionnaire,
            replies,
            kind=self.kind,
            on=self.on,
            stage=stage,
            validations=judged,
        )


def so_far(draft: Draft) -> SoFar:
    """Say what a draft comes to so far, and what would change it: critical answers first."""
    now, submitted = draft.scored(Stage.DRAFT), draft.scored(Stage.SUBMITTED)
    in_plan = {section.id for section in plan_for(draft.questionnaire, draft.kind).sections}
    sections = tuple(
        _section(draft, section, now, submitted)
        for section in draft.questionnaire.sections
        if section.id in in_plan and section.rated
    )
    areas = {area.id: area for area in draft.questionnaire.priority_areas}
    return SoFar(
        now.overall,
        sections,
        tuple(_area(draft, areas[name], submitted) for name in now.areas),
        tuple(_gravest(submitted.questions.values())),
    )


def standing(result: SectionResult) -> tuple[str | None, str | None]:
    """Give what a section would come out as, or else at most come to; of a submitted result."""
    if result.rating == NOT_APPLICABLE:
        return NOT_APPLICABLE, None
    if result.answered == result.applicable:
        return result.rating, None
    held = [CAPS[cap] for cap, _ in result.caps if cap != "critical_unanswered"]
    return None, min(held, key=RANK.__getitem__) if held else None


def _section(draft: Draft, section: Section, now: Result, submitted: Result) -> SectionSoFar:
    result = submitted.sections[section.id]
    would_be, at_most = standing(result)
    return SectionSoFar(
        section,
        now.sections[section.id],
        result,
        would_be,
        at_most,
        tuple(cap for cap in result.caps if cap[0] != "critical_unanswered"),
        tuple(_changes(draft, section.id, submitted)),
    )


def _changes(draft: Draft, section_id: str, submitted: Result) -> Iterable[Change]:
    """Give each answer that alone would do it; where none does, the fewest of the gravest."""
    before = _rank(submitted.sections[section_id])
    if before is None or before == GREEN:
        return
    names = _not_green(draft, section_id, submitted)
    found = False
    for name in names:
        change = _raised(draft, section_id, submitted, (name,))
        if change is not None:
            found = True
            yield change
    for number in () if found else range(2, len(names) + 1):
        change = _raised(draft, section_id, submitted, tuple(names[:number]))
        if change is not None:
            yield change
            return


def _raised(
    draft: Draft, section_id: str, submitted: Result, names: tuple[str, ...]
) -> Change | None:
    """Score the draft with these answers at their best: what the section then is, if better.

    An answer that opens further questions leaves the section open: nothing is said of it then.
    """
    before, result = submitted.sections[section_id], draft.scored(Stage.SUBMITTED, names)
    after = result.sections[section_id]
    was_whole = standing(before)[0] is not None
    rank, old = _rank(after), _rank(before)
    if rank is None or old is None or rank <= old:
        return None
    if was_whole is not (standing(after)[0] is not None):
        return None
    return Change(names, next(rag for rag, place in RANK.items() if place == rank))


def _rank(result: SectionResult) -> int | None:
    """Rank what can truly be said of a section; None where nothing in it is scored."""
    would_be, at_most = standing(result)
    if would_be == NOT_APPLICABLE:
        return None
    return RANK[would_be or at_most or Rag.GREEN]


def _not_green(draft: Draft, section_id: str, submitted: Result) -> list[str]:
    """Name the answers of a section that are not Green: critical first, then Red before Amber."""
    inside = (
        one
        for name, one in submitted.questions.items()
        if draft.questionnaire.placed[name].path[0].id == section_id
    )
    return _gravest(inside)


def _gravest(results: Iterable[QuestionResult]) -> list[str]:
    found = [one for one in results if one.rag in (Rag.RED, Rag.AMBER)]
    found.sort(key=lambda one: (not one.critical, RANK[one.rag or Rag.GREEN]))
    return [one.id for one in found]


def _area(draft: Draft, area: PriorityArea, submitted: Result) -> AreaSoFar:
    counted = submitted.areas[area.id]
    worst, names = _worst(area, submitted)
    change = None
    if worst in (Rag.RED, Rag.AMBER) and names:
        after, _ = _worst(area, draft.scored(Stage.SUBMITTED, names))
        if after is not None and RANK[after] > RANK[worst]:
            change = Change(names, after)
    return AreaSoFar(area, counted.answered, counted.applicable, worst, names, change)


def _worst(area: PriorityArea, result: Result) -> tuple[str | None, tuple[str, ...]]:
    """Give the worst level answered so far in an area, and the answers that have it."""
    levels = {
        name: result.questions[name].rag for name in area.questions if name in result.questions
    }
    given = [rag for rag in levels.values() if rag is not None]
    shares = [
        result.indicators[name].rating for name in area.indicators if name in result.indicators
    ]
    given += [share for share in shares if share in RANK]
    if not given:
        return None, ()
    worst = min(given, key=RANK.__getitem__)
    return worst, tuple(name for name, rag in levels.items() if rag == worst)


def _best_value(draft: Draft, row: Row) -> object:
    """Give the answer that is best, where a single one is; None where it is a matter of figures."""
    question = draft.questionnaire.question(row.id)
    match question:
        case Rating():
            return max(draft.questionnaire.scale(question.scale), key=lambda one: one.points).value
        case YesNo() | YesPartlyNo():
            return question.good_answer
        case Choice() if row.judge is not None:
            judge, on = row.judge, draft.on
            judged = {one.value: judge(one.value, on, {}) for one in question.options}
            return max(judged, key=lambda value: one.points if (one := judged[value]) else -1)
        case _:
            return None
