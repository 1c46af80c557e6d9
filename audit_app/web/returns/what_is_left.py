"""What a list of returns says is left of each, and the button that leads on to it."""

from typing import NamedTuple

from flask import url_for

from audit_app.core.permissions import Permission
from audit_app.core.progress import Progress, progress_of
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from audit_app.core.waiting import sections_that_may_grow
from audit_app.storage.models import AuditReturn, ReturnProgress
from audit_app.web.access import may
from audit_app.web.clock import today
from audit_app.web.returns.changes_page import Asked


class Counted(NamedTuple):
    """How many are left, of how many: sections, or questions where those were never counted."""

    left: int
    of: int
    what: str


class Onward(NamedTuple):
    """The button that leads on, and where to."""

    text: str
    href: str


class Untouched(NamedTuple):
    """What a return asks that nobody has begun, and whether answers may bring up more."""

    progress: Progress
    may_grow: bool


def untouched_by(questionnaire: Questionnaire, kind: str) -> Untouched:
    """Measure a return that nobody has begun: what it asks, and about how long that takes."""
    result = score(questionnaire, {}, kind=kind, on=today(), stage=Stage.DRAFT)
    progress = progress_of(questionnaire, result, {}, kind=kind)
    grows = bool(sections_that_may_grow(questionnaire, result, kind=kind))
    return Untouched(progress, grows)


def left_of(
    counted: ReturnProgress | None, untouched: Progress, whole: int, word: str
) -> tuple[Counted, int]:
    """Give what is left and about how many minutes that takes, from the counts that are kept."""
    if counted is None or not counted.asked:
        sections = len(untouched.sections)
        return Counted(sections, sections, f"{word}s"), untouched.minutes_left
    if counted.questions_left is None or counted.sections is None:
        left = counted.asked - counted.answered
        return Counted(left, counted.asked, "questions"), -(-whole * left // counted.asked)
    if not counted.questions_left:
        return Counted(0, counted.sections, f"{word}s"), 0
    return (
        Counted(counted.sections_left or 0, counted.sections, f"{word}s"),
        counted.minutes_left or 0,
    )


def left_of_asked(asked: Asked) -> Counted:
    """Give what is left of the changes asked for: nothing but these is open or counted."""
    return Counted(asked.left, asked.of, "answers to look at again")


def onward(
    audit_return: AuditReturn, left: Counted, *, awaits: bool, is_asked: bool, is_started: bool
) -> Onward:
    """Give the button of a return: to what is left, to checking it, or to what it waits for."""
    if awaits:
        if may(Permission.SUBMIT_RETURN, audit_return):
            return Onward("Read it, or take the request back", _at("sign_off", audit_return))
        return Onward("Read the return", _at("read", audit_return))
    if not left.left:
        return Onward("Check your answers", _at("check", audit_return))
    words = "Look at what is asked" if is_asked else "Continue" if is_started else "Start"
    return Onward(words, _at("task_list", audit_return))


def duration(minutes: int) -> str:
    """Write 120 minutes as people say it: "2 hours"."""
    hours, rest = divmod(minutes, 60)
    said = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    said += [f"{rest} minute{'s' if rest > 1 else ''}"] if rest or not hours else []
    return " ".join(said)


def _at(page: str, audit_return: AuditReturn) -> str:
    return url_for(f"returns.{page}", return_id=audit_return.id)
