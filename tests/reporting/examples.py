"""Invented returns and an invented county, for reports to be made of."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import read_questionnaire
from audit_app.core.replies import Reply, Validation
from audit_app.core.results import Stage
from audit_app.core.sheet import Sheet, sheet_of
from audit_app.reporting.return_facts import Copy, ReturnFacts

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 16, 12, tzinfo=UTC)

SAID = (
    "We look at this in our staff meeting every half term and write down what we decide.",
    "Our lead went through the last ten records in October. Two were thin; both have been put "
    "right, and the people who wrote them have had an hour with her.",
    "",
    "The deputy keeps the list. It was last checked in September.",
    "",
    "This works on most days. It does not work when the lead and the deputy are both off, which "
    "happened twice in the summer. From January a third person will be trained, so that there is "
    "always somebody in the building who knows what to do.",
    "",
)


@cache
def early_years() -> Questionnaire:
    """The whole audit as shipped, read once: nothing can change it."""
    path = ROOT / "questionnaires" / "early-years-audit" / "2026.yaml"
    return read_questionnaire(path.read_bytes(), name=path.name)


def tiny(name: str = "two_sections_of_one_question") -> Questionnaire:
    """A questionnaire of the tests' own."""
    path = ROOT / "tests" / "questionnaires" / f"{name}.yaml"
    return read_questionnaire(path.read_bytes(), name=path.name)


def replies_to(questionnaire: Questionnaire, *, kind: str) -> dict[str, Reply]:
    """Answer everything, mostly well, now and then badly, always the same."""
    found = {}
    for number, placed in enumerate(questionnaire.asked(kind)):
        value = _value(placed.question, number)
        if placed.question.not_applicable and number % 11 == 5:
            found[placed.question.id] = Reply(
                not_applicable="No child of an age for this was with us this year."
            )
        elif value is not None:
            found[placed.question.id] = Reply(value, SAID[number % len(SAID)])
    return found


def _value(question: Any, number: int) -> Any:
    level = "red" if number in (52,) else "amber" if number % 7 == 3 else "green"
    match question.kind:
        case "rating":
            return level
        case "yes_partly_no":
            return {"red": "no", "amber": "partly", "green": "yes"}[level]
        case "yes_no":
            return question.good_answer
        case "choice":
            return question.options[0].value
        case "choices":
            return [option.value for option in question.options[:3]]
        case "number" | "percentage":
            return 12
        case "x_of_y":
            return {"x": 9} if question.y_from else {"x": 9, "y": 10 if level == "amber" else 9}
        case "date":
            return str(TODAY - timedelta(days=200 if level == "green" else 800))
        case "text":
            return "We have begun to ask every family, at the gate, how the week has been."
        case "table":
            return _table(question)
        case "declaration":
            return [{"name": "Jo Example", "role": "Manager", "date": str(TODAY)}]
        case _:
            return "Minutes of the staff meeting of 4 September 2026."


def _table(question: Any) -> Any:
    def cells(place: int) -> dict[str, Any]:
        values = {"number": place + 4, "date": "2026-02-03", "yes_no": "yes", "text": "In-house"}
        return {
            column.id: column.options[0].value if column.options else values[column.kind]
            for column in question.columns
        }

    if question.fixed_rows is not None:
        return {row.id: cells(place) for place, row in enumerate(question.fixed_rows)}
    return [cells(place) for place in range(3)]


def sheet(
    questionnaire: Questionnaire | None = None,
    *,
    kind: str = "group",
    stage: Stage = Stage.SUBMITTED,
    replies: dict[str, Reply] | None = None,
    validations: dict[str, Validation] | None = None,
) -> Sheet:
    """A return, scored and in words."""
    asked = questionnaire or early_years()
    given = replies_to(asked, kind=kind) if replies is None else replies
    return sheet_of(asked, given, kind=kind, on=TODAY, stage=stage, validations=validations or {})


COPY = Copy(
    number=1,
    of=2,
    check="7F3A 91CC 04BE 5D12",
    address="https://audit.example.org/returns/reference/EYA-2026-0042",
    name="Greta Example",
    role="Owner of the nursery",
    declaration="I confirm that these answers show things as they are",
)
"""What the receipt on the first page of a copy says."""


def facts(**changes: Any) -> ReturnFacts:
    """What the cover says of the invented return."""
    told = ReturnFacts(
        organisation="Larkfield Lane Nursery",
        kind_words="Group setting",
        urn="EY900001",
        locality="Westmere and the Fens",
        partnership="Wendlemere Safeguarding Children Partnership",
        cycle="Early Years Safeguarding Audit 2026",
        reference="EYA-2026-0042",
        status="Submitted",
        submitted_at=datetime(2026, 11, 12, 9, 30, tzinfo=UTC),
        submitted_by="Jo Example",
        printed_at=NOW,
        last_overall="amber",
        last_cycle="Early Years Safeguarding Audit 2025",
    )
    return told._replace(**changes)
