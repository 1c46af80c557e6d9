"""A plan in groups that can be read one at a time: worst first, or section by section."""

from collections.abc import Iterable
from typing import NamedTuple

from audit_app.core.action_moves import TO_BE_DONE
from audit_app.core.questionnaire import Questionnaire
from audit_app.services.reading_plans import Plan, PlanLine

FIRST = 3
"""How many of a longer plan are pointed out."""

WORST_FIRST: dict[str, str] = {
    "red": "Red",
    "amber": "Amber",
    "own": "Written by you",
    "settled": "Perhaps no longer needed",
}
"""The groups by urgency, in their order, and what each is called."""

AREAS = "areas", "Priority areas"


class Group(NamedTuple):
    """Some actions of a plan that stand together; `name` is what an address calls them."""

    name: str
    title: str
    lines: tuple[PlanLine, ...]

    @property
    def drafts(self) -> tuple[PlanLine, ...]:
        """Give those that can still be given to somebody together."""
        return tuple(line for line in self.lines if line.is_draft)


def groups_of(
    plan: Plan, questionnaire: Questionnaire, *, kind: str, by_section: bool
) -> tuple[Group, ...]:
    """Put the actions of a plan into groups, none of them empty, the gravest first in each."""
    titles = dict(WORST_FIRST)
    if by_section:
        sections = {
            one.id: {**one.title_for}.get(kind, one.title)  # type: ignore[call-overload]
            for one in questionnaire.sections
        }
        numbers = {one.id: one.number for one in questionnaire.sections}
        titles = {name: f"{numbers[name]} {title}".strip() for name, title in sections.items()}
        titles = dict([AREAS]) | titles | {"own": WORST_FIRST["own"]}
    found: dict[str, list[PlanLine]] = {name: [] for name in titles}
    for line in plan.lines:
        name = _section(line, questionnaire) if by_section else _urgency(line)
        found[name].append(line)
    return tuple(Group(name, titles[name], tuple(lines)) for name, lines in found.items() if lines)


def first_of(plan: Plan) -> tuple[PlanLine, ...]:
    """Point out what is most urgent where a plan is longer than that: single answers, to be done.

    A priority area is put right by putting right its answers, so it is not among them.
    """
    if len(plan.lines) <= FIRST:
        return ()
    return tuple(_urgent(plan.lines))[:FIRST]


def _urgent(lines: Iterable[PlanLine]) -> Iterable[PlanLine]:
    for line in lines:
        is_open = line.is_draft or line.action.status in TO_BE_DONE
        if is_open and line.called is not None and line.action.area_id is None:
            yield line


def _urgency(line: PlanLine) -> str:
    if line.called is not None:
        return line.called.rating
    return "own" if line.now is None else "settled"


def _section(line: PlanLine, questionnaire: Questionnaire) -> str:
    name = line.action.question_id
    if name in questionnaire.placed:
        return questionnaire.placed[name].path[0].id
    return "own" if line.action.area_id is None else AREAS[0]
