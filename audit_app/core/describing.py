"""What a question asks for, when it is asked and how it is rated, in plain words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from audit_app.core.conditions import Condition
from audit_app.core.questionnaire import Questionnaire, is_put_to
from audit_app.core.questions import (
    Choice,
    Choices,
    DateOfEvent,
    Number,
    Percentage,
    Question,
    Rating,
    Table,
    Thresholds,
    Ticked,
    XOfY,
    YesNo,
    YesPartlyNo,
    is_scored,
)
from audit_app.core.wording_replies import YES_WORDS

KIND_WORDS: dict[str, str] = {
    "rating": "One of these levels",
    "yes_partly_no": "Yes, partly or no",
    "yes_no": "Yes or no",
    "choice": "One of these answers",
    "choices": "Every answer that is true",
    "number": "A number",
    "percentage": "A percentage",
    "x_of_y": "So many of so many",
    "date": "A date",
    "text": "Words",
    "table": "A table",
    "evidence": "Where the evidence is",
    "declaration": "A declaration to sign",
}

NOT_RATED = "For information; not rated"

COMPARED: dict[str, str] = {
    "at_least": "is {} or more",
    "at_most": "is {} or less",
    "more_than": "is more than {}",
    "less_than": "is less than {}",
}


def asked_only_if(
    condition: Condition | None, questionnaire: Questionnaire, kind: str
) -> str | None:
    """Say on what answers a kind of organisation is asked this; None where it always is.

    Where it never can be, it says so.
    """
    left = condition_for(condition, questionnaire, kind)
    if isinstance(left, Condition):
        return f"Only if {condition_words(left, questionnaire)}."
    return None if left else "Never asked of you: it depends on what you are not asked."


def condition_words(condition: Condition, questionnaire: Questionnaire) -> str:
    """Say a condition as the end of "asked only if ...": "1.4 is “Yes” and 2.1 is more than 0"."""
    for parts, joint in ((condition.all, " and "), (condition.any, " or ")):
        if parts is not None:
            said = [_inner(part, questionnaire, alone=len(parts) == 1) for part in parts]
            return joint.join(said)
    if condition.not_ is not None:
        return f"it is not so that {_inner(condition.not_, questionnaire, alone=False)}"
    return _comparison(condition, questionnaire)


def condition_for(
    condition: Condition | None, questionnaire: Questionnaire, kind: str
) -> Condition | bool:
    """Give what is left of a condition for a kind of organisation; True and False settle it.

    A question that is not put to this kind is never answered by it.
    """
    if condition is None:
        return True
    if condition.not_ is not None:
        inner = condition_for(condition.not_, questionnaire, kind)
        return not inner if isinstance(inner, bool) else Condition.model_validate({"not": inner})
    for name, parts, settles in (("all", condition.all, False), ("any", condition.any, True)):
        if parts is not None:
            left = [condition_for(part, questionnaire, kind) for part in parts]
            open_still = [part for part in left if isinstance(part, Condition)]
            if settles in [part for part in left if isinstance(part, bool)]:
                return settles
            if len(open_still) == 1:
                return open_still[0]
            return Condition.model_validate({name: open_still}) if open_still else not settles
    placed = questionnaire.placed.get(condition.question or "")
    if placed is not None and is_put_to(placed, kind):
        return condition
    return condition.answered is False


def rated_words(question: Question) -> str:
    """Say how an answer becomes Red, Amber or Green."""
    if not is_scored(question):
        return NOT_RATED
    match question:
        case Rating():
            return "As chosen"
        case YesPartlyNo() | YesNo():
            return _yes_no(question)
        case Choice():
            has_levels = question.options[0].level is not None
            return "By the level of the answer chosen" if has_levels else "By the points reached"
        case Choices(levels=levels) if levels is not None:
            green, amber = (_ticked(rule, question) for rule in (levels.green, levels.amber))
            return f"Green with {green}; Amber with {amber}; otherwise Red"
        case Number() | Percentage() | XOfY() if question.thresholds is not None:
            sign = "" if isinstance(question, Number) else " %"
            return threshold_words(question.thresholds, better=question.better, sign=sign)
        case DateOfEvent():
            return _age(question)
        case _:
            return "As its worst cell"


def threshold_words(thresholds: Thresholds, *, better: str = "higher", sign: str = " %") -> str:
    """Say thresholds: "Green from 95 %, Amber from 80 %, then Red"."""
    word = "from" if better == "higher" else "up to"
    green, amber = (f"{plain_number(one)}{sign}" for one in (thresholds.green, thresholds.amber))
    middle = "" if green == amber else f", Amber {word} {amber}"
    return f"Green {word} {green}{middle}, else Red"


def plain_number(number: Decimal) -> str:
    """Write a figure without zeros that say nothing: 95 and not 95.0."""
    said = f"{number:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def listed_or(words: Sequence[str]) -> str:
    """Write a list of which one holds: "a", "a or b", "a, b or c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _inner(part: Condition, questionnaire: Questionnaire, *, alone: bool) -> str:
    said = condition_words(part, questionnaire)
    several = len(part.all or part.any or ()) > 1
    return f"({said})" if several and not alone else said


def _comparison(condition: Condition, questionnaire: Questionnaire) -> str:
    name = condition.question or ""
    source = questionnaire.placed[name].question if name in questionnaire.placed else None
    name = questionnaire.numbers.get(name, name)
    where = _figure(name, condition.part, source)
    if condition.answered is not None:
        return f"{where} is answered" if condition.answered else f"{where} is not answered"
    if condition.includes is not None:
        return f"{_label(source, condition.includes, questionnaire)} is ticked in {name}"
    if condition.is_ is not None:
        return f"{where} is {_label(source, condition.is_, questionnaire)}"
    if condition.in_ is not None:
        said = [_label(source, one, questionnaire) for one in condition.in_]
        return f"{where} is {listed_or(said)}" if said else f"{where} is none of any"
    compare = next(word for word in COMPARED if getattr(condition, word) is not None)
    return f"{where} {COMPARED[compare].format(plain_number(getattr(condition, compare)))}"


def _figure(name: str, part: str, source: Question | None) -> str:
    """Say which figure of an answer is looked at."""
    if isinstance(source, XOfY) and part in ("x", "y"):
        return f"“{source.x_label if part == 'x' else source.y_label}” in {name}"
    if isinstance(source, Table):
        labels = {column.id: column.label for column in source.columns}
        return f"“{labels.get(part.rpartition('.')[2], part)}” in {name}"
    return name


def _label(source: Question | None, value: Any, questionnaire: Questionnaire) -> str:
    labels: dict[str, str] = {}
    match source:
        case Rating():
            labels = {level.value: level.label for level in questionnaire.scale(source.scale)}
        case YesNo() | YesPartlyNo():
            labels = YES_WORDS
        case Choice():
            labels = {option.value: option.label for option in source.options}
        case Choices():
            labels = {option.value: option.label for option in source.options}
            labels["none"] = source.none_of_these or "None of these"
        case _:
            return plain_number(value) if isinstance(value, Decimal) else str(value)
    return f"“{labels.get(str(value), str(value))}”"


def _yes_no(question: YesNo | YesPartlyNo) -> str:
    good, bad = ("Yes", "no") if question.good_answer == "yes" else ("No", "yes")
    partly = "partly is Amber, " if isinstance(question, YesPartlyNo) else ""
    return f"{good} is Green, {partly}{bad} is Red"


def _ticked(rule: Ticked, question: Choices) -> str:
    labels = {option.value: option.label for option in question.options}
    number = f"{rule.at_least} or more ticked" if rule.at_least is not None else ""
    named = ", ".join(f"“{labels.get(value, value)}”" for value in rule.all_of)
    return " and ".join(part for part in (number, f"{named} ticked" if named else "") if part)


def _age(question: DateOfEvent) -> str:
    grace = question.grace_months
    amber = f", Amber for {_months(grace)} more" if grace else ""
    return f"Green up to {_months(question.within_months or 0)} old{amber}, then Red"


def _months(number: int) -> str:
    return f"{number} month{'' if number == 1 else 's'}"
