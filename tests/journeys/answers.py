"""Whole sets of answers, as the fields of the questions' forms, with every date moved to today."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from audit_app.core.london import london_date
from audit_app.core.reading import read_questionnaire

ROOT = Path(__file__).parents[2]
QUESTIONNAIRE = ROOT / "questionnaires" / "early-years-audit" / "2026.yaml"
A_DATE = re.compile(r"\d{4}-\d\d-\d\d")

Fields = dict[str, str | list[str]]
"""What stands in the fields of a form, by name; several ticks are a list."""


@cache
def group_answers() -> dict[str, Fields]:
    """Give a nursery's answer to every question that it must answer, in the order asked."""
    return _answers_in("early_years_group.json")


def _answers_in(file: str) -> dict[str, Fields]:
    data = json.loads((ROOT / "tests" / "answers" / file).read_text("utf-8"))
    questionnaire = read_questionnaire(QUESTIONNAIRE.read_bytes(), name=QUESTIONNAIRE.name)
    moved = london_date(datetime.now(UTC)) - date.fromisoformat(data["on"])
    found = {}
    for name, given in data["answers"].items():
        kind = questionnaire.question(name).kind
        value = _moved(given.get("value"), moved)
        fields = dict(_fields(kind, value)) if value is not None else {}
        if "commentary" in given:
            fields["commentary"] = given["commentary"]
        if "not_applicable" in given:
            fields |= {"not_applicable": "yes", "not_applicable_reason": given["not_applicable"]}
        found[name] = fields
    return found


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {name: _moved(one, by) for name, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, by) for one in value]
    if isinstance(value, str) and A_DATE.fullmatch(value):
        return (date.fromisoformat(value) + by).isoformat()
    return value


def _fields(kind: str, value: Any) -> Iterator[tuple[str, str | list[str]]]:
    match kind:
        case "x_of_y":
            yield from ((part, str(number)) for part, number in value.items())
        case "date":
            yield from _date("date", value)
        case "table":
            rows = value.items() if isinstance(value, dict) else enumerate(value)
            for row, cells in rows:
                for column, cell in cells.items():
                    yield from _cell(f"cell-{row}-{column}", cell)
        case "declaration":
            for place, one in enumerate(value):
                for part, cell in one.items():
                    yield from _cell(f"sign-{place}-{part}", cell)
        case "choices":
            yield "answer", value
        case _:
            yield "answer", str(value)


def _cell(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if A_DATE.fullmatch(str(value)):
        yield from _date(name, value)
    else:
        yield name, str(value)


def _date(name: str, value: str) -> Iterator[tuple[str, str]]:
    for part, number in zip(("year", "month", "day"), value.split("-"), strict=True):
        yield f"{name}-{part}", str(int(number))
