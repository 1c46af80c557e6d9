"""What the list of my returns shows of each: what it is for and how far it has come."""

from typing import NamedTuple

from flask import url_for

from audit_app.core.lifecycle import WORDS
from audit_app.core.progress import Progress
from audit_app.storage.models import AuditReturn
from audit_app.web.returns.opening import Opened, is_open, is_returned


class MyReturn(NamedTuple):
    """One return in the list of mine."""

    audit_return: AuditReturn
    title: str
    purpose: str
    takes: str
    state: str
    is_open: bool
    is_returned: bool
    progress: Progress
    minutes_left: int
    button: str
    href: str


def my_return(found: Opened) -> MyReturn:
    """Put one return into the list of mine."""
    audit_return, started = found.audit_return, bool(found.answers)
    going = is_open(audit_return)
    if found.progress.may_submit:
        button = "Check your answers"
    else:
        button = "Continue" if started else "Start"
    return MyReturn(
        audit_return=audit_return,
        title=audit_return.cycle.title,
        purpose=_first_sentence(found.questionnaire.purpose),
        takes=_duration(found.minutes),
        state=WORDS[audit_return.state],
        is_open=going,
        is_returned=is_returned(audit_return),
        progress=found.progress,
        minutes_left=found.minutes_left,
        button=button,
        href=url_for(
            "returns.check" if found.progress.may_submit else "returns.task_list",
            return_id=audit_return.id,
        ),
    )


def _duration(minutes: int) -> str:
    """Write 120 minutes as people say it: "2 hours"."""
    hours, rest = divmod(minutes, 60)
    said = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    said += [f"{rest} minute{'s' if rest > 1 else ''}"] if rest or not hours else []
    return " ".join(said)


def _first_sentence(text: str) -> str:
    first, dot, _ = text.partition(". ")
    return first + dot.strip()
