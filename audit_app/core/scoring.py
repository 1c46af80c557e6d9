"""How ratings of questions become ratings of sections, priority areas and the whole return.

The method is the one written down in `questionnaires/README.md`, "How a return is scored": exact
points, bands inclusive at the bottom, caps that only lower, priority areas by their worst answer,
and nothing unanswered or not applicable ever Green.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from audit_app.core.conditions import CLAIMED, holds
from audit_app.core.judging_figures import figure_in
from audit_app.core.levels import AUTOMATIC, NOTHING_TO_JUDGE, Judged
from audit_app.core.plans import Plan, Row, plan_for
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Part
from audit_app.core.rating_areas import area_result, indicator_result
from audit_app.core.rating_sections import OVERALL, rated
from audit_app.core.replies import REJECTED, Reply, Validation
from audit_app.core.results import QuestionResult, Result, Stage, Standing
from audit_app.core.tallying import Tally

NOBODY: Mapping[str, Validation] = {}
UNANSWERED, ANSWERED, CLAIMED_STANDING = Standing.UNANSWERED, Standing.ANSWERED, Standing.CLAIMED
UNSCORED = Standing.UNSCORED


def score(
    questionnaire: Questionnaire,
    replies: Mapping[str, Reply],
    *,
    kind: str,
    on: date,
    stage: Stage,
    validations: Mapping[str, Validation] = NOBODY,
) -> Result:
    """Score a return of an organisation of this kind, as it stands on a date.

    Validated levels count where there are any; `self_result` then holds the self-assessment alone.
    Replies must have passed `checking_replies`; one that fits no level counts as unanswered.
    """
    plan = plan_for(questionnaire, kind)
    effective = _score(plan, replies, on, stage, validations)
    if not validations:
        return effective
    return effective._replace(self_result=_score(plan, replies, on, stage, NOBODY))


def _score(
    plan: Plan,
    replies: Mapping[str, Reply],
    on: date,
    stage: Stage,
    validations: Mapping[str, Validation],
) -> Result:
    values: dict[str, Any] = {}
    shown: dict[str, bool] = {}
    questions: dict[str, QuestionResult] = {}
    tallies = [Tally() for _ in plan.sections]
    closed = stage is Stage.CLOSED
    for row in plan.rows:
        name = row.id
        if row.conditions and not _is_shown(row, values, shown):
            questions[name] = row.hidden
            continue
        checked = validations.get(name) if validations and row.is_scored else None
        found = _question(row, replies.get(name), on, values, questions, checked, closed)
        questions[name] = found
        if row.is_scored:
            tallies[row.section].add(found)
    overall = Tally()
    for place in range(len(tallies) - 1, -1, -1):
        # Sections stand after the ones around them, so that every count is whole when it is taken.
        around = plan.around[place]
        (overall if around is None else tallies[around]).take(tallies[place])
    sections = {
        section.id: rated(section.id, tally, plan, stage, is_rated=section.rated)
        for section, tally in zip(plan.sections, tallies, strict=True)
    }
    whole = rated(OVERALL, overall, plan, stage, sections=sections.values())
    indicators = {one.id: indicator_result(one, values) for one in plan.indicators}
    areas = {area.id: area_result(area, questions, indicators, stage) for area in plan.areas}
    return Result(stage, questions, sections, areas, indicators, whole, None)


def _is_shown(row: Row, values: Mapping[str, Any], shown: dict[str, bool]) -> bool:
    """Say whether every condition around a question holds; a section's is asked only once."""
    for owner, condition in row.conditions:
        known = shown.get(owner)
        if known is None:
            known = shown[owner] = holds(condition, values)
        if not known:
            return False
    return True


def _question(
    row: Row,
    reply: Reply | None,
    on: date,
    values: dict[str, Any],
    questions: Mapping[str, QuestionResult],
    checked: Validation | None,
    closed: bool,
) -> QuestionResult:
    """Judge one question, and put its value among those that later conditions look at."""
    standing, judged = UNANSWERED, None
    if reply is not None and reply.stands:
        if reply.not_applicable is not None:
            values[row.id] = CLAIMED
            standing = CLAIMED_STANDING
        else:
            # What is answered by evidence alone has no value, and is answered all the same.
            values[row.id] = True if reply.value is None else reply.value
            if row.judge is None:
                return row.unscored
            judged = row.judge(reply.value, on, values)
            if checked is None and (known := row.answered.get(judged)) is not None:
                # Nearly every question of nearly every return ends here.
                return known
            if judged is NOTHING_TO_JUDGE:
                standing, judged = UNSCORED, None
            elif judged is not None:
                standing = ANSWERED
    source = row.y_from
    if source and standing is not CLAIMED_STANDING and _there_are_none(source, values, questions):
        judged = AUTOMATIC
    if judged is AUTOMATIC:
        standing, judged = Standing.AUTOMATIC, None
    own, is_moderated = judged, False
    if checked is not None:
        # A verdict on a claim that is no longer made is no verdict.
        is_moderated = checked.level is not None or standing is CLAIMED_STANDING
        standing, judged = _moderated(row, checked, standing, judged)
    if judged is None and closed and standing is UNANSWERED and row.is_scored:
        # Closed by the deadline: an unanswered question scores nothing, and is flagged.
        judged = row.lowest
    return row.result(standing, judged, own, is_moderated=is_moderated)


def _moderated(
    row: Row, checked: Validation, standing: Standing, judged: Judged | None
) -> tuple[Standing, Judged | None]:
    """Give the effective standing and level after a moderator looked; the claim itself is kept."""
    if checked.not_applicable == REJECTED and standing is Standing.CLAIMED:
        return Standing.REJECTED, row.lowest
    if checked.level is not None:
        return ANSWERED, row.levels[checked.level]
    return standing, judged


def _there_are_none(
    source: Part, values: Mapping[str, Any], questions: Mapping[str, QuestionResult]
) -> bool:
    """Say whether the figure that this answer is out of is 0, or was never to be counted.

    A figure that was claimed as not applicable, or not asked for, leaves nothing to be out of.
    """
    if source.question not in values:
        asked = questions.get(source.question)
        return asked is None or asked.standing is Standing.HIDDEN
    return (
        values[source.question] is CLAIMED or figure_in(values, source.question, source.part) == 0
    )
