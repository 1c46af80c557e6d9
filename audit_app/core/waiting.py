"""Why a part of a questionnaire is not asked: an answer is waited for, or has decided it."""

from collections.abc import Iterable
from typing import NamedTuple

from audit_app.core.plans import Plan, plan_for
from audit_app.core.progress import DONE
from audit_app.core.questionnaire import Questionnaire, Section
from audit_app.core.results import Result, Standing


class NotAsked(NamedTuple):
    """Questions that are not asked now: the open answers they wait for, and those that decided.

    While any answer is waited for, they may still be asked.
    """

    names: tuple[str, ...]
    waits_for: tuple[str, ...]
    decided_by: tuple[str, ...]


class NotAskedSection(NamedTuple):
    """A top section of which nothing is asked now, and why."""

    section: Section
    why: NotAsked


def sections_not_asked(
    questionnaire: Questionnaire, result: Result, *, kind: str
) -> list[NotAskedSection]:
    """Give the sections that are put to this kind of organisation and not asked now, in order."""
    hidden: dict[str, list[str]] = {}
    asked: set[str] = set()
    for row in plan_for(questionnaire, kind).rows:
        top = questionnaire.placed[row.id].path[0].id
        if result.questions[row.id].standing is Standing.HIDDEN:
            hidden.setdefault(top, []).append(row.id)
        else:
            asked.add(top)
    return [
        NotAskedSection(
            section, why_not_asked(questionnaire, result, hidden[section.id], kind=kind)
        )
        for section in questionnaire.sections
        if section.id in hidden and section.id not in asked
    ]


def may_follow(
    questionnaire: Questionnaire, result: Result, section_id: str, *, kind: str
) -> NotAsked:
    """Give the questions of a top section that an answer may still open; often there are none."""
    waiting: list[NotAsked] = []
    for row in plan_for(questionnaire, kind).rows:
        if result.questions[row.id].standing is not Standing.HIDDEN:
            continue
        if questionnaire.placed[row.id].path[0].id == section_id:
            why = why_not_asked(questionnaire, result, [row.id], kind=kind)
            waiting += [why] if why.waits_for else []
    return NotAsked(
        tuple(name for one in waiting for name in one.names),
        _in_order(questionnaire, (name for one in waiting for name in one.waits_for)),
        (),
    )


def sections_that_may_grow(
    questionnaire: Questionnaire, result: Result, *, kind: str
) -> frozenset[str]:
    """Name the top sections in which an answer that is still open may bring up more questions.

    What is counted of them, and the time they take, is then at least so much.
    """
    found: set[str] = set()
    for row in plan_for(questionnaire, kind).rows:
        top = questionnaire.placed[row.id].path[0].id
        if top in found or result.questions[row.id].standing is not Standing.HIDDEN:
            continue
        if why_not_asked(questionnaire, result, [row.id], kind=kind).waits_for:
            found.add(top)
    return frozenset(found)


def why_not_asked(
    questionnaire: Questionnaire, result: Result, names: Iterable[str], *, kind: str
) -> NotAsked:
    """Say which answers keep some questions hidden; one behind another is followed to its root."""
    plan, names = plan_for(questionnaire, kind), tuple(names)
    open_: set[str] = set()
    settled: set[str] = set()
    seen: set[str] = set()
    look = list(names)
    while look:
        for name in _looked_at(plan, look.pop()):
            if name in seen or name not in plan.order:
                continue
            seen.add(name)
            standing = result.questions[name].standing
            if standing is Standing.HIDDEN:
                look.append(name)
            else:
                (settled if standing in DONE else open_).add(name)
    return NotAsked(names, _in_order(questionnaire, open_), _in_order(questionnaire, settled))


def _looked_at(plan: Plan, name: str) -> list[str]:
    conditions = plan.rows[plan.order[name]].conditions
    return [other for _, condition in conditions for other in condition.questions()]


def _in_order(questionnaire: Questionnaire, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names), key=lambda name: questionnaire.placed[name].number))
