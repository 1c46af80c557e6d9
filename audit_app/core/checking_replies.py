"""What a reply must satisfy before it is kept: for each kind of question, the rule of its value.

`check(question, raw, ...)` takes what a form, a file or a spreadsheet gave and returns either the
value as it is stored, or problems that each name the part at fault ("" for the whole, "x", "y",
"day", or "row.column" in a table), so that an error can point at the right field.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from audit_app.core.checking_tables import check_table
from audit_app.core.questionnaire import Questionnaire
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
)
from audit_app.core.reply_parts import (
    FigureNotRead,
    ReplyProblem,
    lower_first,
    read_date,
    read_number,
    too_long,
)

LONGEST_COMMENT = 10_000
LONGEST_REASON = 1_000
MOST_COUNTED = Decimal(1_000_000)
"""No organisation counts more of anything; a slip of the finger would swamp a county's sum."""


class Context(NamedTuple):
    """What a reply is checked against besides its question."""

    questionnaire: Questionnaire
    kind: str
    on: date
    others: Mapping[str, Any]


Checked = tuple[Any, list[ReplyProblem]]


def check(question: Question, raw: Any, context: Context) -> Checked:
    """Give the value as stored and no problems, or None and what is wrong.

    None, empty text and empty lists are no reply: they give None without a problem.
    """
    if raw in (None, "", [], {}):
        return None, []
    if raw == "dont_know":
        if question.dont_know:
            return raw, []
        return None, [ReplyProblem("", "“Don't know” is not an answer to this question")]
    return CHECKS[type(question)](question, raw, context)


def check_commentary(text: str) -> list[ReplyProblem]:
    """Refuse words that are longer than a comment may be."""
    return too_long("commentary", "Your comment", text, LONGEST_COMMENT)


def check_not_applicable(question: Question, reason: str) -> list[ReplyProblem]:
    """Refuse a claim where the question takes none, without a reason, or with too long a one."""
    if question.not_applicable is None:
        return [
            ReplyProblem("not_applicable", "This question applies to everybody who is asked it")
        ]
    if not reason.strip():
        return [ReplyProblem("not_applicable", "Say why this does not apply to you")]
    return too_long("not_applicable", "Your reason", reason, LONGEST_REASON)


def _one_of(allowed: list[str], raw: Any) -> Checked:
    if isinstance(raw, str) and raw in allowed:
        return raw, []
    return None, [ReplyProblem("", "Choose one of the answers on offer")]


def _rating(question: Rating, raw: Any, context: Context) -> Checked:
    levels = context.questionnaire.scale(question.scale)
    value, problems = _one_of([level.value for level in levels], raw)
    if problems:
        names = ", ".join(level.label for level in levels)
        problems = [ReplyProblem("", f"Choose one of the ratings: {names}")]
    return value, problems


def _yes_partly_no(question: YesPartlyNo, raw: Any, context: Context) -> Checked:
    return _one_of(["yes", "partly", "no"], raw)


def _yes_no(question: YesNo, raw: Any, context: Context) -> Checked:
    return _one_of(["yes", "no"], raw)


def _choice(question: Choice, raw: Any, context: Context) -> Checked:
    return _one_of([option.value for option in question.options], raw)


def _choices(question: Choices, raw: Any, context: Context) -> Checked:
    allowed = [option.value for option in question.options]
    if question.none_of_these:
        allowed.append("none")
    if not isinstance(raw, list) or not all(isinstance(value, str) for value in raw):
        return None, [ReplyProblem("", "Choose from the answers on offer")]
    if not set(raw) <= set(allowed):
        return None, [ReplyProblem("", "Choose from the answers on offer")]
    if "none" in raw and len(set(raw)) > 1:
        return None, [
            ReplyProblem("", f"Choose either “{question.none_of_these}” or the answers that apply")
        ]
    return [value for value in allowed if value in raw], []


def _number(question: Number, raw: Any, context: Context) -> Checked:
    return _figure(raw, question.minimum, question.maximum, question.decimals)


def _percentage(question: Percentage, raw: Any, context: Context) -> Checked:
    if isinstance(raw, str):
        raw = raw.strip().removesuffix("%")
    return _figure(raw, Decimal(0), Decimal(100), question.decimals)


def _figure(raw: Any, least: Decimal | None, most: Decimal | None, decimals: int) -> Checked:
    try:
        return read_number(raw, least=least, most=most, decimals=decimals), []
    except FigureNotRead as error:
        return None, [ReplyProblem("", str(error))]


def _x_of_y(question: XOfY, raw: Any, context: Context) -> Checked:
    wanted = {"x"} if question.y_from else {"x", "y"}
    if not isinstance(raw, dict) or not set(raw) <= {"x", "y"}:
        return None, [ReplyProblem("x", "Enter two whole numbers")]
    given = {part: raw.get(part) for part in sorted(wanted)}
    if all(value in (None, "") for value in given.values()):
        return None, []
    value: dict[str, Any] = {}
    problems = []
    for part in sorted(wanted):
        label = question.x_label if part == "x" else question.y_label
        try:
            value[part] = read_number(given[part], least=Decimal(0), most=MOST_COUNTED, decimals=0)
        except FigureNotRead as error:
            problems.append(ReplyProblem(part, f"{label}: {lower_first(str(error))}"))
    if problems:
        return None, problems
    whole = value.get("y", _figure_elsewhere(question, context))
    if isinstance(whole, int) and value["x"] > whole:
        return None, [ReplyProblem("x", f"{value['x']} is more than the {whole} it is out of")]
    return value, []


def _figure_elsewhere(question: XOfY, context: Context) -> Any:
    if question.y_from is None:
        return None
    other = context.others.get(question.y_from.question)
    return other.get(question.y_from.part) if isinstance(other, dict) else other


def _date(question: DateOfEvent, raw: Any, context: Context) -> Checked:
    found, problem = read_date(raw, on=context.on, may_be_future=question.may_be_future)
    return (found, []) if problem is None else (None, [problem])


def _text(question: FreeText, raw: Any, context: Context) -> Checked:
    if not isinstance(raw, str):
        return None, [ReplyProblem("", "Write your answer in words")]
    problems = too_long("", "Your answer", raw, question.max_length)
    if not problems and question.pattern and not re.fullmatch(question.pattern, raw.strip()):
        said = question.pattern_says or "This is not written in the way that is asked for"
        problems = [ReplyProblem("", said)]
    return (None, problems) if problems else (raw.strip() or None, [])


def _evidence(question: EvidenceCited, raw: Any, context: Context) -> Checked:
    if not isinstance(raw, str):
        return None, [ReplyProblem("", "Say in words where the evidence is")]
    problems = too_long("", "Your answer", raw, question.max_length)
    return (None, problems) if problems else (raw.strip() or None, [])


def _declaration(question: Declaration, raw: Any, context: Context) -> Checked:
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        return None, [ReplyProblem("0.name", "Enter the name, role and date")]
    signed, problems = [], []
    if len(raw) != question.signatories:
        said = "Two people must sign" if question.signatories > 1 else "One person must sign"
        problems.append(ReplyProblem("0.name", said))
    for place, one in enumerate(raw):
        for part, said in (("name", "Enter the name"), ("role", "Enter the role")):
            text = one.get(part)
            if not isinstance(text, str) or not text.strip():
                problems.append(ReplyProblem(f"{place}.{part}", said))
            else:
                problems += too_long(f"{place}.{part}", "This", text, 200)
        when, problem = read_date(one.get("date"), on=context.on, may_be_future=False)
        if problem is not None or when is None:
            part = f"{place}.{problem.part or 'day'}" if problem else f"{place}.day"
            problems.append(ReplyProblem(part, problem.message if problem else "Enter the date"))
        else:
            name, role = (str(one.get(part)).strip() for part in ("name", "role"))
            signed.append({"name": name, "role": role, "date": when})
    return (None, problems) if problems else (signed, [])


def _table(question: Table, raw: Any, context: Context) -> Checked:
    return check_table(question, raw, kind=context.kind, on=context.on, others=context.others)


CHECKS: dict[type, Callable[[Any, Any, Context], Checked]] = {
    Rating: _rating,
    YesPartlyNo: _yes_partly_no,
    YesNo: _yes_no,
    Choice: _choice,
    Choices: _choices,
    Number: _number,
    Percentage: _percentage,
    XOfY: _x_of_y,
    DateOfEvent: _date,
    FreeText: _text,
    Table: _table,
    EvidenceCited: _evidence,
    Declaration: _declaration,
}
"""Which rule checks which kind of question: every kind has one."""
