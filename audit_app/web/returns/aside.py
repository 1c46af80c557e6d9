"""Answers that are kept and not counted, their question being hidden: each named, with why."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import flash, url_for

from audit_app.core.explaining import listed
from audit_app.core.kept_aside import KeptAside, hidden_behind, kept_aside
from audit_app.web.returns.last_answers import said
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_words import words_of


class Aside(NamedTuple):
    """One answer that is kept: what it says, and the answers behind that, with their addresses."""

    title: str
    href: str
    words: str
    is_decided: bool
    because: list[tuple[str, str]]


def aside_in(found: Opened, section_id: str | None = None) -> list[Aside]:
    """Give the answers kept aside of a return, or of one of its sections."""
    return [
        _aside(found, one)
        for one in _kept(found)
        if section_id is None or one.section_id == section_id
    ]


def put_aside_by(found: Opened, names: Sequence[str]) -> str:
    """Say which answers are kept aside because of those to some questions; often there are none."""
    kept = _kept(found)
    behind = {name: hidden_behind(kept, name) for name in names}
    hidden = list(dict.fromkeys(one for name in names for one in behind[name]))
    if not hidden:
        return ""
    causes, is_one = [name for name in names if behind[name]], len(hidden) == 1
    questions = f"{listed(hidden)} {'is' if is_one else 'are'} not asked now"
    answers = "The answer there is" if is_one else "The answers there are"
    does = "does" if is_one else "do"
    return (
        f"{questions}, because of your answer to {listed(causes)}. "
        f"{answers} kept, and {does} not count."
    )


def say_aside(found: Opened, names: Sequence[str]) -> None:
    """Have the next page say what `put_aside_by` says."""
    words = put_aside_by(found, names)
    if words:
        flash(words)


def _kept(found: Opened) -> list[KeptAside]:
    return kept_aside(found.questionnaire, found.result, found.replies, kind=found.kind)


def _aside(found: Opened, one: KeptAside) -> Aside:
    question = found.questionnaire.question(one.question_id)
    return Aside(
        words_of(found.questionnaire, question, found.kind).title,
        _href(found, one.question_id),
        said(found.replies[one.question_id], question, found.questionnaire, found.values),
        one.is_decided,
        [(name, _href(found, name)) for name in one.because],
    )


def _href(found: Opened, name: str) -> str:
    return url_for("returns.question", return_id=found.audit_return.id, question_id=name)
