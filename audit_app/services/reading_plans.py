"""Reading the action plan of a return: each action beside what calls for it now, if anything."""

from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.action_moves import ActionStatus, is_overdue
from audit_app.core.action_plan import Key, still_called_for
from audit_app.core.actions import CalledFor
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.results import Result
from audit_app.core.section_names import question_number
from audit_app.core.sheet import Sheet
from audit_app.services.planning_actions import is_untouched, key_of, promise_of
from audit_app.storage.models import Action, AuditReturn
from audit_app.storage.queries.actions import actions_of_return

NOW_WORDS: dict[str, str] = {
    "green": "Green now",
    "not_applicable": "Does not apply now",
    "unanswered": "Not answered now",
}
"""What has become of an answer that no longer calls for its action."""


class PlanLine(NamedTuple):
    """One action of a plan: what it is about in words, and what its answer is now.

    `called` is what calls for it, None where nothing does any longer; `now` then is the name of
    one of NOW_WORDS. An action that was added by hand has neither. `was` is the rating for which
    it was drafted, where that is another now. `lacks` names what a draft needs to be promised.
    `number` is that of its question, where it has one that people are shown.
    """

    action: Action
    about: str | None
    called: CalledFor | None
    now: str | None
    is_whole: bool
    is_overdue: bool
    was: str | None = None
    lacks: tuple[str, ...] = ()
    number: str = ""

    @property
    def is_draft(self) -> bool:
        """Say whether nothing of it is promised yet."""
        return self.action.status is ActionStatus.DRAFT

    @property
    def is_stale(self) -> bool:
        """Say whether drafting again would bring it up to date: nobody has written in it."""
        return is_untouched(self.action) and (self.was is not None or "past" in self.lacks)


class Plan(NamedTuple):
    """The plan of a return: what stands, the gravest first; what was dropped; what has none."""

    lines: tuple[PlanLine, ...]
    dropped: tuple[PlanLine, ...]
    without: tuple[Key, ...]

    @property
    def not_whole(self) -> int:
        """Count the drafts that cannot be promised as they stand."""
        return sum(one.is_draft and not one.is_whole for one in self.lines)

    @property
    def stale(self) -> int:
        """Count the drafts that drafting again would bring up to date."""
        return sum(one.is_stale for one in self.lines)

    def lacking(self, part: str) -> int:
        """Count the drafts that lack one part of a promise, as `lacks` names it."""
        return sum(part in one.lacks for one in self.lines)


def plan_of_return(
    session: Session, audit_return: AuditReturn, *, sheet: Sheet, today: date
) -> Plan:
    """Give the plan of a return the caller was let into; `sheet` is the return as it is read."""
    return plan_from(
        actions_of_return(session, audit_return),
        questionnaire=sheet.questionnaire,
        result=sheet.result,
        kind=sheet.kind,
        today=today,
    )


def plan_from(
    actions: list[Action],
    *,
    questionnaire: Questionnaire,
    result: Result,
    kind: str,
    today: date,
) -> Plan:
    """Put actions beside what calls for them: called for first, then by hand, then no longer."""
    called = still_called_for(questionnaire, result, kind=kind)
    order = {key: place for place, key in enumerate(called)}
    lines = [
        _line(one, questionnaire, result, called.get(key_of(one)), kind, today) for one in actions
    ]
    lines.sort(
        key=lambda line: (
            order.get(key_of(line.action), len(order) + (line.now is not None)),
            line.action.question_id is not None,
        )
    )
    have = {key_of(one) for one in actions}
    return Plan(
        tuple(one for one in lines if one.action.status is not ActionStatus.CANCELLED),
        tuple(one for one in lines if one.action.status is ActionStatus.CANCELLED),
        tuple(key for key in called if key not in have),
    )


def _line(
    action: Action,
    questionnaire: Questionnaire,
    result: Result,
    called: CalledFor | None,
    kind: str,
    today: date,
) -> PlanLine:
    about, now, number = None, None, ""
    if action.question_id in questionnaire.placed:
        number = question_number(action.question_id)
        about = f"{number} {questionnaire.question(action.question_id).words(kind)}".strip()
        now = None if called else _of_question(result, action.question_id)
    elif action.area_id is not None:
        area = next((a for a in questionnaire.priority_areas if a.id == action.area_id), None)
        if area is not None:
            about = area.title
            now = None if called else _of_area(result, area.questions)
    lacks = _lacks(action, today)
    was = action.drafted_rating if called and called.rating != action.drafted_rating else None
    return PlanLine(
        action,
        about,
        called,
        now,
        not lacks,
        is_overdue(action.status, action.by_when, today),
        was,
        lacks,
        number,
    )


def _lacks(action: Action, today: date) -> tuple[str, ...]:
    """Name what an action lacks: who, by_when, how_known; a day that is past, of a draft."""
    promise = promise_of(action)
    lacks = [part for part in ("who", "by_when", "how_known") if not getattr(promise, part)]
    is_draft = action.status is ActionStatus.DRAFT
    if is_draft and promise.by_when is not None and promise.by_when < today:
        lacks.append("past")
    return tuple(lacks)


def _of_question(result: Result, question_id: str) -> str | None:
    found = result.questions.get(question_id)
    if found is not None and found.standing == "answered_unscored":
        # A step that was written down where the questionnaire asks for it: nothing rates that.
        return None
    if found is not None and found.rag == "green":
        return "green"
    is_open = found is not None and found.standing == "unanswered"
    return "unanswered" if is_open else "not_applicable"


def _of_area(result: Result, names: list[str]) -> str:
    found = [_of_question(result, name) for name in names if name in result.questions]
    if "unanswered" in found:
        return "unanswered"
    return "green" if "green" in found else "not_applicable"
