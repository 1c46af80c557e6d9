"""What would be done about an answer that is not Green, and how anybody would know that it worked.

The author's own words stand first (`action` of a question). Where there are none, a sentence is
made of what the question has: its descriptors, figures, options, dates or columns.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from math import ceil, floor
from typing import Any

from audit_app.core.actions import descriptors
from audit_app.core.questionnaire import Level, Questionnaire
from audit_app.core.questions import (
    Choice,
    Choices,
    DateOfEvent,
    Number,
    Percentage,
    Question,
    Rating,
    Table,
    XOfY,
    YesNo,
    YesPartlyNo,
)
from audit_app.core.tables import Column, is_put_to_kind

LONGEST = 1_000
"""Characters that what is done, and how it will be known, may have."""

DO: dict[str, str] = {
    "unanswered": "Find out and answer this, and then do what it calls for: {question}",
    "level": "Make this true: {best}",
    "levels": "Make this true first: {next} Then this: {best}",
    "good": "Bring in what good looks like: {guidance}",
    "yes_no": "Change what you do so that the answer to this is {best}: {question}",
    "choice": "Get to “{best}”: {question}",
    "choices": "Put in place what is missing: {missing}.",
    "more_choices": "Put at least {number} more of these in place: {missing}.",
    "figure": "Bring this to {goal}: {question}",
    "count": "Bring this from {x} to {goal} of {y}: {question}",
    "date": "Do this again, so that it is no more than {months} months ago: {question}",
    "table": "Bring every row up to date: {columns}.",
    "other": "Put this right: {question}",
}
"""What is done, where the author says nothing."""

NOW: dict[str, str] = {"count": " Now: {x} of {y}.", "choices": " Missing now: {missing}."}
"""What is added to the author's words, so that it can be seen how far there is to go."""

KNOW: dict[str, str] = {
    "unanswered": "It is answered, and what it calls for stands in this plan.",
    "level": "Looked at again, this is true: {best}",
    "yes_no": "Asked again, the answer is {best}.",
    "choice": "Asked again, the answer is “{best}”.",
    "choices": "Asked again, nothing is missing.",
    "figure": "Counted again, it is {goal}.",
    "count": "Counted again, it is {share}.",
    "date": "The new date is on record, no more than {months} months ago.",
    "table": "Every row is up to date: {columns}.",
    "other": "Asked again, the answer is Green.",
}
SHOWN = " What could show it: {evidence}"


def what_to_do(
    questionnaire: Questionnaire, question_id: str, *, kind: str, level: str | None, value: Any
) -> str:
    """Say what this kind of organisation would do about its answer.

    `level` is the answer's own level, None where nothing was answered; `value` the reply's value.
    """
    question = questionnaire.question(question_id)
    name, facts = _facts(questionnaire, question, kind=kind, level=level, value=value)
    written = question.to_be_done(kind)
    if written is None:
        return within(DO[name].format_map(facts))
    if level is None:
        return within(written)
    said = NOW.get("choices" if name == "more_choices" else name, "")
    return within(f"{written}{said.format_map(facts)}")


def how_to_know(
    questionnaire: Questionnaire, question_id: str, *, kind: str, level: str | None, value: Any
) -> str:
    """Say how anybody would know that it worked: by the descriptor or figure, and by evidence."""
    question = questionnaire.question(question_id)
    name, facts = _facts(questionnaire, question, kind=kind, level=level, value=value)
    name = {"levels": "level", "good": "yes_no", "more_choices": "choices"}.get(name, name)
    said = KNOW[name].format_map(facts)
    if question.evidence_hint:
        said = f"{said}{SHOWN.format(evidence=question.evidence_hint)}"
    return within(said)


def within(text: str, most: int = LONGEST) -> str:
    """Cut a text to a length at the end of a word."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"


def _facts(
    questionnaire: Questionnaire, question: Question, *, kind: str, level: str | None, value: Any
) -> tuple[str, Mapping[str, Any]]:
    """Give the name of the sentence that fits, and what stands in it."""
    facts: dict[str, Any] = {"question": question.words(kind)}
    if level is None:
        return "unanswered", facts
    match question:
        case Rating():
            return _of_rating(questionnaire, question, kind, level, facts)
        case YesNo() | YesPartlyNo():
            guidance = _first_sentences(question.guidance or "", 240)
            facts |= {"best": question.good_answer, "guidance": guidance}
            return "good" if guidance else "yes_no", facts
        case Choice():
            best = max(question.options, key=lambda one: (one.points or 0, _rank(one.level)))
            return "choice", facts | {"best": best.label}
        case Choices() if question.levels is not None:
            return _of_choices(question, value, facts)
        case XOfY():
            return _of_count(question, value, facts)
        case Number() | Percentage() if question.thresholds is not None:
            unit = " %" if isinstance(question, Percentage) else f" {question.unit or ''}".rstrip()
            goal = f"{question.thresholds.green:f}{unit}"
            return "figure", facts | {"goal": f"{_bound(question.better)} {goal}"}
        case DateOfEvent():
            return "date", facts | {"months": question.within_months}
        case Table():
            return "table", facts | {"columns": _judged(question, kind)}
        case _:
            return "other", facts


def _first_sentences(text: str, most: int) -> str:
    """Give as many whole sentences as stay within a length, and at least the first."""
    first, *rest = re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
    for sentence in rest:
        if len(first) + len(sentence) >= most:
            break
        first = f"{first} {sentence}"
    return within(first, most)


def _of_rating(
    questionnaire: Questionnaire, question: Rating, kind: str, level: str, facts: dict[str, Any]
) -> tuple[str, Mapping[str, Any]]:
    said = descriptors(question, questionnaire, kind=kind)
    rising = sorted(questionnaire.scale(question.scale), key=lambda one: one.points)
    best = _said(said, rising[-1])
    at = next((place for place, one in enumerate(rising) if one.value == level), 0)
    above = rising[at + 1 :]
    facts |= {"best": best}
    if len(above) < 2 or above[0].rag == "green":
        return "level", facts
    return "levels", facts | {"next": within(_said(said, above[0]), 450)}


def _said(said: Mapping[str, str], level: Level) -> str:
    words = said.get(level.value, level.label).strip()
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _of_choices(
    question: Choices, value: Any, facts: dict[str, Any]
) -> tuple[str, Mapping[str, Any]]:
    ticked = set(value) if isinstance(value, list) else set()
    labels = {one.value: one.label for one in question.options}
    green = question.levels.green if question.levels else None
    if green is None:  # pragma: no cover - whoever calls has asked already
        return "other", facts
    missing = [labels[name] for name in green.all_of if name not in ticked and name in labels]
    more = (green.at_least or 0) - len(ticked & set(labels))
    if missing and more <= len(missing):
        return "choices", facts | {"missing": "; ".join(missing)}
    left = [label for name, label in labels.items() if name not in ticked]
    if more < 1 or not left:
        return "other", facts
    return "more_choices", facts | {"number": more, "missing": "; ".join(left)}


def _of_count(question: XOfY, value: Any, facts: dict[str, Any]) -> tuple[str, Mapping[str, Any]]:
    green, bound = question.thresholds.green, _bound(question.better)
    share = f"{bound} {green:f} in 100"
    if green == 100 and question.better == "higher":
        share = "all of them"
    elif green == 0 and question.better == "lower":
        share = "none of them"
    facts |= {"share": share, "goal": share}
    x, y = (value.get(name) if isinstance(value, dict) else None for name in ("x", "y"))
    if not isinstance(x, int) or not isinstance(y, int) or not y:
        return "figure", facts
    exact = green * y / Decimal(100)
    goal = ceil(exact) if question.better == "higher" else floor(exact)
    return "count", facts | {"x": x, "y": y, "goal": f"{bound} {goal}"}


def _judged(question: Table, kind: str) -> str:
    """Say of each judged column what its cells must be."""
    said = [
        f"“{column.label}” {_cell(column)}"
        for column in question.columns
        if column.is_judged and is_put_to_kind(column, kind)
    ]
    return "; ".join(said)


def _cell(column: Column) -> str:
    if column.within_months is not None:
        return f"no more than {column.within_months} months ago"
    best = max(column.options, key=lambda one: _rank(one.level))
    return f"is “{best.label}”"


def _rank(level: str | None) -> int:
    return {"red": 1, "amber": 2, "green": 3}.get(level or "", 0)


def _bound(better: str) -> str:
    return "at least" if better == "higher" else "at most"
