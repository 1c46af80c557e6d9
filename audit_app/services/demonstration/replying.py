"""Invented replies: for each kind of question, what a setting of some strength answers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from audit_app.core.checking_replies import Context, check
from audit_app.core.conditions import holds
from audit_app.core.judging_figures import figure_in
from audit_app.core.questionnaire import Placed
from audit_app.core.questions import (
    Choice,
    Choices,
    DateOfEvent,
    Declaration,
    EvidenceCited,
    FreeText,
    Number,
    Percentage,
    Question,
    Rating,
    Table,
    XOfY,
    YesNo,
    YesPartlyNo,
    is_scored,
)
from audit_app.core.replies import Reply
from audit_app.services.demonstration.answering import Answering, day_of
from audit_app.services.demonstration.sentences import (
    COMMENTS,
    OUT_OF,
    PROVISION,
    TEXTS,
)
from audit_app.services.demonstration.tables import table_reply

Told = Callable[[Question, dict[str, Any]], Any]
"""Gives what a story says in reply to a question, given the values before it; None draws one."""

LEFT_EMPTY = object()
"""What is told of a question that stays without an answer."""


def replies_of(
    answering: Answering, *, share: float = 1.0, told: Told | None = None
) -> dict[str, Reply]:
    """Invent the replies of one return; `share` below 1 leaves the last questions open.

    What is `told` is taken as it is, without a comment.
    """
    asked = answering.questionnaire.asked(answering.kind)
    values: dict[str, Any] = {}
    replies: dict[str, Reply] = {}
    for placed in asked[: int(len(asked) * share)]:
        if not _is_shown(placed, values):
            continue
        value, level = told(placed.question, values) if told is not None else None, None
        if value is LEFT_EMPTY:
            continue
        if value is None:
            value, level = _value(placed.question, answering, values)
        context = Context(answering.questionnaire, answering.kind, answering.on, values)
        kept, problems = check(placed.question, value, context)
        if problems or kept is None:
            continue
        values[placed.question.id] = kept
        rated = level if is_scored(placed.question) else None
        replies[placed.question.id] = Reply(kept, _comment(answering, rated))
    return replies


def _is_shown(placed: Placed, values: dict[str, Any]) -> bool:
    return all(
        part.when is None or holds(part.when, values) for part in (*placed.path, placed.question)
    )


def _comment(answering: Answering, level: str | None) -> str:
    if level is None or (level == "green" and answering.random.random() < 0.6):
        return ""
    return answering.random.choice(COMMENTS[level])


def _value(
    question: Question, answering: Answering, values: dict[str, Any]
) -> tuple[Any, str | None]:
    level = answering.level(question)
    return REPLIES[type(question)](question, answering, level, values), level


def _rating(question: Rating, a: Answering, level: str, values: dict[str, Any]) -> Any:
    fitting = [x.value for x in a.questionnaire.scale(question.scale) if x.rag == level]
    return a.random.choice(fitting or [x.value for x in a.questionnaire.scale(question.scale)])


def _yes(question: YesPartlyNo | YesNo, a: Answering, level: str, values: dict[str, Any]) -> Any:
    words = {"green": "yes", "amber": "partly", "red": "no"}
    if question.kind == "yes_no":
        # A plain no is rarer than a weak practice: half of those who fall short still say yes.
        words["amber"] = "yes"
    if not question.scored:
        return a.random.choice(["yes", "no"])
    found = words[level]
    return {"yes": "no", "no": "yes"}.get(found, found) if question.good_answer == "no" else found


def _choice(question: Choice, a: Answering, level: str, values: dict[str, Any]) -> Any:
    offered = [option.value for option in question.options]
    own = [value for value in PROVISION[a.kind] if value in offered] if a.kind in PROVISION else []
    if own:
        return a.random.choice(own)
    fitting = [option.value for option in question.options if option.level == level]
    return a.random.choice(fitting or offered)


def _choices(question: Choices, a: Answering, level: str, values: dict[str, Any]) -> Any:
    offered = [option.value for option in question.options]
    rules = question.levels
    if rules is None:
        return a.random.sample(offered, a.random.randint(1, len(offered)))
    rule = {"green": rules.green, "amber": rules.amber}.get(level)
    if rule is None:
        most = max(1, (rules.amber.at_least or len(rules.amber.all_of) or 2) - 1)
        kept = [value for value in offered if value not in rules.amber.all_of] or offered
        return a.random.sample(kept, min(most, len(kept)))
    chosen = list(rule.all_of)
    wanted = max(rule.at_least or 0, len(chosen), 1)
    rest = [value for value in offered if value not in chosen]
    a.random.shuffle(rest)
    return chosen + rest[: wanted - len(chosen)]


def _x_of_y(question: XOfY, a: Answering, level: str, values: dict[str, Any]) -> Any:
    source = question.y_from
    if source is not None:
        whole = figure_in(values, source.question, source.part)
        if not isinstance(whole, int):
            return None
    else:
        least, most = OUT_OF.get(question.id, (4, 18))
        whole = a.random.randint(least, max(least, most // 4 if a.kind == "childminder" else most))
    green, amber = (float(question.thresholds.green), float(question.thresholds.amber))
    low, high = {"green": (green, 100.0), "amber": (amber, green), "red": (30.0, amber)}[level]
    part = round(whole * (a.random.uniform(low, high) if level != "green" else 100.0) / 100)
    if question.better == "lower":
        part = whole - part
    return {"x": min(whole, max(0, part))} | ({} if source is not None else {"y": whole})


def _number(question: Number, a: Answering, level: str, values: dict[str, Any]) -> Any:
    least, most = question.minimum or Decimal(0), question.maximum
    found = least + a.random.randint(0, 3 if a.kind == "childminder" else 9)
    return str(min(found, most) if most is not None else found)


def _percentage(question: Percentage, a: Answering, level: str, values: dict[str, Any]) -> Any:
    return {"green": 97, "amber": 84, "red": 55}[level]


def _date(question: DateOfEvent, a: Answering, level: str, values: dict[str, Any]) -> Any:
    limit = question.within_months or 11
    return day_of(a, limit, level)


def _text(
    question: FreeText | EvidenceCited, a: Answering, level: str, values: dict[str, Any]
) -> Any:
    return a.random.choice(TEXTS)[: question.max_length]


def _declaration(question: Declaration, a: Answering, level: str, values: dict[str, Any]) -> Any:
    one = {"name": a.signed_by, "role": "Designated safeguarding lead", "date": a.on.isoformat()}
    return [one] * question.signatories


REPLIES: dict[type, Callable[[Any, Answering, str, dict[str, Any]], Any]] = {
    Rating: _rating,
    YesPartlyNo: _yes,
    YesNo: _yes,
    Choice: _choice,
    Choices: _choices,
    Number: _number,
    Percentage: _percentage,
    XOfY: _x_of_y,
    DateOfEvent: _date,
    FreeText: _text,
    Table: table_reply,
    EvidenceCited: _text,
    Declaration: _declaration,
}
