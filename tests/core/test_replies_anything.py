"""Whatever is sent as a reply: it is taken or refused, and what is taken is judged and said."""

import json
from datetime import date
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit_app.core.checking_replies import Context, check
from audit_app.core.questions import Question, Table
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from audit_app.core.sheet import sheet_of
from audit_app.core.wording_replies import reply_words, table_rows
from tests.core.tiny import ON, tiny

EVERY = tiny("every_kind_of_question")
QUESTIONS = st.sampled_from([placed.question for placed in EVERY.placed.values()])
KINDS = st.sampled_from(["group", "childminder"])

WORDS = [
    *("full", "half", "not_met", "yes", "partly", "no", "first", "second", "a", "b", "none"),
    *("dont_know", "well", "badly", "AB1234", "Ada", "2026-11-20", "2026-11-21", "2024-02-29"),
    *("0", "3", "12", "1,000", "12.5", "-4.25", "-0", "1e9", "NaN", " ", "\x00", "\ud800", "１２"),
]
NAMES = [
    *("x", "y", "day", "month", "year", "name", "role", "date", "trained", "lead", "how"),
    *("young", "old", "both", "all", "here", "away", "other"),
]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-5, 30)
    | st.integers()
    | st.floats()
    | st.sampled_from(WORDS)
    | st.text(max_size=30)
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=12,
)
FIGURES = st.integers(0, 4) | st.sampled_from(["1", "2", ""])
DAYS = st.dates().map(str) | st.fixed_dictionaries(
    {part: st.integers(0, 32).map(str) for part in ("day", "month")}
    | {"year": st.integers(2020, 2027).map(str)}
)
PAST = st.dates(date(2019, 1, 1), ON).map(str)


@st.composite
def fixed_tables(draw: st.DrawFn) -> dict[str, Any]:
    """Make rows that mostly add up, along and down."""
    rows: dict[str, dict[str, Any]] = {}
    for name in ("young", "old"):
        here, away = draw(st.integers(0, 20)), draw(st.integers(0, 20))
        rows[name] = {"all": here + away, "here": here, "away": away}
    rows["both"] = {part: rows["young"][part] + rows["old"][part] for part in rows["old"]}
    if draw(st.booleans()):
        rows[draw(st.sampled_from(list(rows)))]["away"] = draw(FIGURES)
    return rows


NAME = {"name": st.sampled_from(["Ada", "Bo"])}
HOW = {"how": st.sampled_from(["well", "badly"])}
PEOPLE = st.one_of(
    st.lists(st.fixed_dictionaries({**NAME, "trained": PAST}, optional=HOW), max_size=4),
    st.lists(st.fixed_dictionaries(NAME, optional=HOW), min_size=2, max_size=3),
    st.lists(st.fixed_dictionaries({**NAME, "trained": DAYS, "lead": st.just("yes")}), max_size=4),
)
SIGNED = st.lists(
    st.fixed_dictionaries({"name": st.text(min_size=1), "role": st.just("Lead"), "date": PAST}),
    min_size=2,
    max_size=2,
)
NEARLY: dict[str, st.SearchStrategy[Any]] = {
    "rating": st.sampled_from(["full", "half", "not_met", "dont_know"]),
    "yes_partly_no": st.sampled_from(["yes", "partly", "no"]),
    "yes_no": st.sampled_from(["yes", "no", "partly"]),
    "choice": st.sampled_from(["first", "second"]),
    "choices": st.lists(st.sampled_from(["a", "b", "c"])) | st.just(["none"]),
    "number": st.integers(-5, 600) | st.decimals(-5, 600, places=2).map(str),
    "percentage": st.decimals(0, 101, places=1).map(str),
    "x_of_y": st.fixed_dictionaries({"x": FIGURES}, optional={"y": FIGURES}),
    "date": PAST | DAYS,
    "declaration": SIGNED,
    "table": fixed_tables() | PEOPLE | st.just("dont_know"),
}


@st.composite
def replies_of_any_kind(draw: st.DrawFn) -> tuple[Question, Any]:
    question = draw(QUESTIONS)
    nearly = NEARLY.get(question.kind, st.sampled_from(WORDS))
    return question, draw(st.one_of(nearly, nearly, nearly, JSON))


@settings(max_examples=500)
@given(replies_of_any_kind(), KINDS, st.dictionaries(st.sampled_from(list(EVERY.placed)), JSON))
@example((EVERY.question("x_of_y"), {"x": 10**400, "y": 10**400}), "group", {})
@example((EVERY.question("percentage"), 1e300), "group", {})
def test_any_reply_is_taken_or_refused_and_what_is_taken_is_judged_and_said(
    sent: tuple[Question, Any], kind: str, others: dict[str, Any]
) -> None:
    question, raw = sent
    context = Context(EVERY, kind, ON, others)
    value, problems = check(question, raw, context)
    assert value is None or not problems
    for problem in problems:
        assert problem.message.strip()
        assert isinstance(problem.part, str)
    if value is None:
        return
    # What is stored comes back from the database as it went in, and is taken again as it is.
    stored = json.loads(json.dumps(value, allow_nan=False).encode())
    assert stored == value
    json.dumps(value, ensure_ascii=False).encode()
    assert check(question, stored, context) == (value, [])
    for stage in Stage:
        score(EVERY, {question.id: Reply(stored)}, kind=kind, on=ON, stage=stage)
    sheet_of(EVERY, {question.id: Reply(stored)}, kind=kind, on=ON, stage=Stage.SUBMITTED)
    if isinstance(question, Table):
        rows = table_rows(question, stored)
        assert rows or stored == "dont_know"
        assert all(len(cells) == len(question.columns) for _, cells in rows)
    else:
        assert reply_words(question, stored, EVERY, others).strip()


@given(st.lists(replies_of_any_kind(), max_size=20), KINDS, st.sampled_from(list(Stage)))
def test_a_whole_return_of_what_was_taken_is_judged_and_said(
    sent: list[tuple[Question, Any]], kind: str, stage: Stage
) -> None:
    values: dict[str, Any] = {}
    for question, raw in sent:
        value, _ = check(question, raw, Context(EVERY, kind, ON, values))
        if value is not None:
            values[question.id] = value
    replies = {name: Reply(value) for name, value in values.items()}
    sheet = sheet_of(EVERY, replies, kind=kind, on=ON, stage=stage)
    said = {line.question.id for section in sheet.sections for line in section.lines}
    assert said >= set(values)
