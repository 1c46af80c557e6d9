"""Any questionnaire that can be published: of any structure, with the worst of texts."""

from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from audit_app.core.checking import problems_with
from audit_app.core.invisible import INVISIBLE
from audit_app.core.marked import Marked
from audit_app.core.problems import CannotBeRead
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.validating import validated
from tests.core.random_returns import (
    all_questions,
    can_be_scored,
    random_questionnaire,
    with_descriptors,
)

ODD = (
    "=1+1",
    "-",
    "- a list",
    "a: b",
    "a #b",
    "# c",
    "yes",
    "true",
    "null",
    "1.10",
    "007",
    "+44",
    "@x",
    "&x",
    "*x",
    "!x",
    "{a}",
    "[b]",
    "it's",
    '"q"',
    'a "q" b',
    "'",
    "a, b",
    "a\nb",
    "a\n\n\nb",
    "a \nb",
    "a\n b",
    "tab\there",
    "\\u{41}",
    "\\",
    "_x000D_",
    "_x005F_x000D_",
    "x005F_",
    "cr\rx",
    "\r\n.",
    "next\x85line",
    "sep\u2028x",
    "\U0001f600",
    "nbsp\u00a0 x",
    "two  spaces",
    "https://example.org/?a=b&c",
    "mailto:x@example.org",
    "<b>bold</b>",
    "-- ---",
    "...",
    "%",
    "`",
    "|",
    ">",
    "~",
    "?",
    "2026-11-20",
    "word " * 60 + "end",
    "w" * 250,
    "word " * 30 + "end\n\n" + "more " * 30 + "end\nlast",
)
SIGNS = "ab1 .:-#'\"\n\t,[]{}&*!|>%@`\\_x=é\x85\u2028"
ANY = (st.sampled_from(ODD) | st.text(SIGNS, max_size=30) | st.text(max_size=12)).filter(
    lambda text: (
        not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text) and not INVISIBLE.search(text)
    )
)
TEXT = ANY.map(str.strip).filter(bool)
PATTERNS = ("[A-Z]{2}", r"\d+ ", " x", "", "a,b", r"\\u{41}")
NUMBERS = (Decimal("0.5"), Decimal("66.66666666666666666"), 7, Decimal("1E-7"), 10**17, -3)


@st.composite
def questionnaires(draw: st.DrawFn, *, most: int = 8) -> Questionnaire:
    """Draw a questionnaire that could be published, warnings or not."""
    dice = Random(draw(st.integers(0, 10**9)))
    texts = draw(st.lists(TEXT, min_size=3, max_size=8))
    loose = draw(st.lists(ANY, min_size=2, max_size=5))
    data = with_descriptors(random_questionnaire(dice, most=most))
    _dress(data, dice, texts, loose)
    marked = Marked(data, {(): (1, 1)}, "any")
    try:
        made = validated(marked, Questionnaire)
    except CannotBeRead as error:
        raise AssertionError(f"the test makes what the format refuses: {error}") from error
    wrong = [problem for problem in problems_with(made, marked) if not problem.is_warning]
    assert not wrong, f"the test makes what cannot be published: {wrong[0].message}"
    return made


def with_every_odd_text() -> Questionnaire:
    """Give a questionnaire in which each odd text stands in a field, in a list and in a table."""
    asked = [
        {
            "id": f"q{place}",
            "kind": "choices",
            "text": text,
            "hint": text,
            "law": [text, "plain"],
            "options": [{"value": "a", "label": text}, {"value": "b", "label": "B", "hint": text}],
        }
        for place, text in enumerate(text.strip() for text in ODD)
    ]
    data = {
        "format": 1,
        "name": "odd",
        "version": "1",
        "title": "Odd",
        "reference": "ODD",
        "purpose": "To hold every text that is hard to keep.",
        "asked_of": ["group"],
        "sections": [{"id": "1", "title": "All", "questions": asked}],
    }
    return validated(Marked(data, {(): (1, 1)}, "odd"), Questionnaire)


def _dress(data: dict[str, Any], dice: Random, texts: list[str], loose: list[str]) -> None:
    """Put odd words everywhere, and fill in the fields that a random questionnaire leaves out."""

    def text() -> str:
        return dice.choice(texts)

    def some(part: dict[str, Any], **fields: Any) -> None:
        part.update({field: value for field, value in fields.items() if dice.random() < 0.3})

    data["title"], data["purpose"] = text(), text()
    some(
        data,
        short_title=text(),
        changes=text(),
        minutes=7,
        section_word="standard",
        signed_by="signatory",
    )
    some(data, asked_of=["group", "childminder", "police", "group"])
    for part in (*data["indicators"], *data["priority_areas"]):
        some(part, title=text(), why=text())
    for area in data["priority_areas"]:
        some(area, derives_from=[*loose])
    for section in _sections(data["sections"]):
        section["title"] = text()
        some(section, introduction=text(), title_for={"childminder": text(), "nhs": text()})
        asked = [one for one in section["questions"] if can_be_scored(one)]
        if marks := sum(one.get("weight", 1) for one in asked):
            some(section, marks=marks)
    for question in all_questions(data["sections"]):
        question["text"] = text()
        some(question, text_for={"group": text(), "prison": text()}, hint_for={"group": text()})
        some(question, hint=text(), guidance=text(), evidence_hint=text(), not_applicable=text())
        some(question, action=text(), action_for={"group": text(), "nhs": text()})
        some(question, links=[{"label": text(), "address": "https://example.org/a?b=c#d"}])
        some(question, comment_required_for=["red", "amber"], evidence_required_for=["green"])
        some(question, derives_from=[*loose], law=[*loose, "EDUCATION-1"], scoring_version=4)
        some(question, same_meaning_as="0.1", applies_to=dice.choice([[], ["group"]]))
        _dress_kind(question, dice, text, some, loose)


def _dress_kind(question: dict[str, Any], dice: Random, text: Any, some: Any, loose: Any) -> None:
    for part in (*question.get("options", ()), *(question.get("fixed_rows") or ())):
        some(part, label=text())
    for option in question.get("options", ()):
        some(option, hint=text())
    match question["kind"]:
        case "rating":
            levels = list(question["descriptors"])
            question["descriptors"] = {level: text() for level in levels}
            some(question, cumulative=True, descriptors_for={"group": {}})
            some(question, descriptors_for={"group": {levels[0]: text()}, "nhs": {}})
        case "choices":
            some(question, none_of_these=text())
        case "number":
            some(question, unit=text(), minimum=None)
        case "text":
            some(question, rows=3, max_length=9, pattern=dice.choice(PATTERNS), pattern_says=text())
        case "x_of_y":
            some(question, x_label=text(), y_label=text())
        case "declaration":
            some(question, statement=text(), signatories=2)
        case "table":
            for column in question["columns"]:
                some(column, label=text())
            some(question["columns"][1], minimum=None, maximum=Decimal("9.5"), total=True)
            some(question["columns"][1], sum_of=[], applies_to=dice.choice([[], ["group"]]))
            if "repeating" in question:
                some(question["repeating"], item=text(), least=0)
                some(question, becomes={"what": "who", "by_when": "when_done"})
    if "when" in question:
        _dress_condition(question["when"], dice, loose)


def _dress_condition(condition: dict[str, Any], dice: Random, loose: list[str]) -> None:
    """Let comparisons with numbers compare with anything that the format takes."""
    for part in (*condition.get("all", ()), *condition.get("any", ())):
        _dress_condition(part, dice, loose)
    if "not" in condition:
        _dress_condition(condition["not"], dice, loose)
    if not {"at_least", "at_most", "more_than", "less_than"} & set(condition):
        return
    kept: dict[str, Any] = {key: condition[key] for key in ("question", "part") if key in condition}
    values = [*NUMBERS, *loose, "5", True]
    asked: list[dict[str, Any]] = [
        {"is": dice.choice(values)},
        {"in": dice.sample(values, dice.randint(0, 4))},
        {"at_least": dice.choice(NUMBERS)},
    ]
    condition.clear()
    condition.update(kept, **dice.choice(asked))


def _sections(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for section in sections for one in (section, *_sections(section["sections"]))]
