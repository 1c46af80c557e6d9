"""A questionnaire turned into the rows of its sheets; what holds anyway is left blank."""

from collections.abc import Iterator, Mapping
from typing import Any

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.sheets.cells import Cell, to_cell
from audit_app.core.sheets.columns import (
    Column,
    Sheet,
)
from audit_app.core.sheets.conditions import parts_of
from audit_app.core.sheets.part_columns import (
    COLUMNS,
    CONDITIONS,
    DESCRIPTORS,
    LINKS,
    OPTIONS,
    ROWS,
    WORDING,
)
from audit_app.core.sheets.question_columns import QUESTIONS, SHEETS
from audit_app.core.sheets.whole_columns import (
    INDICATORS,
    PRIORITY_AREAS,
    QUESTIONNAIRE,
    SCALES,
    SECTIONS,
)
from audit_app.core.writing import plain_data

LIST_HEADINGS = ("Field", "Value")

Rows = list[list[Cell]]
Part = Mapping[str, Any]


def sheets_of(questionnaire: Questionnaire) -> dict[str, Rows]:
    """Give the rows of every sheet by its name, headings first."""
    data = plain_data(questionnaire)
    rows: dict[str, Rows] = {sheet.name: [_headings(sheet)] for sheet in SHEETS}
    for column in QUESTIONNAIRE.columns:
        rows[QUESTIONNAIRE.name].append([column.heading, _cell(data, column)])
    for name, levels in data.get("scales", {}).items():
        rows[SCALES.name] += [_row(SCALES, level, {"@scale": name}) for level in levels]
    for sheet, field in ((PRIORITY_AREAS, "priority_areas"), (INDICATORS, "indicators")):
        rows[sheet.name] += [_row(sheet, part, {}) for part in data.get(field, [])]
    kinds = {name: placed.question.kind for name, placed in questionnaire.placed.items()}
    for section in data["sections"]:
        _section(rows, section, None, kinds)
    return rows


def _headings(sheet: Sheet) -> list[Cell]:
    return [*LIST_HEADINGS] if sheet.is_a_list else [column.heading for column in sheet.columns]


def _section(
    rows: dict[str, Rows], section: Part, within: str | None, kinds: Mapping[str, str]
) -> None:
    owner = {"@section": section["id"]}
    rows[SECTIONS.name].append(_row(SECTIONS, section, {"@within": within}))
    _wording(rows, section, owner)
    _conditions(rows, section, owner, kinds)
    for question in section.get("questions", []):
        _question(rows, question, owner, kinds)
    for inner in section.get("sections", []):
        _section(rows, inner, section["id"], kinds)


def _question(
    rows: dict[str, Rows], question: Part, section: Mapping[str, Any], kinds: Mapping[str, str]
) -> None:
    owner = {"@question": question["id"]}
    rows[QUESTIONS.name].append(_row(QUESTIONS, question, section))
    _wording(rows, question, owner)
    _conditions(rows, question, owner, kinds)
    rows[DESCRIPTORS.name] += _descriptors(question, owner)
    for sheet, field in (
        (OPTIONS, "options"),
        (COLUMNS, "columns"),
        (ROWS, "fixed_rows"),
        (LINKS, "links"),
    ):
        rows[sheet.name] += [_row(sheet, part, owner) for part in question.get(field) or []]
    for column in question.get("columns", []):
        of_column = {**owner, "@column": column["id"]}
        rows[OPTIONS.name] += [_row(OPTIONS, part, of_column) for part in column.get("options", [])]
        _conditions(rows, column, of_column, kinds)


def _wording(rows: dict[str, Rows], part: Part, owner: Mapping[str, Any]) -> None:
    fields = ("title_for", "text_for", "hint_for", "action_for")
    for kind in dict.fromkeys(kind for field in fields for kind in part.get(field, {})):
        said = {field: part[field][kind] for field in fields if kind in part.get(field, {})}
        rows[WORDING.name].append(_row(WORDING, said, {**owner, "@kind": kind}))


def _descriptors(question: Part, owner: Mapping[str, Any]) -> Iterator[list[Cell]]:
    variants = {None: question.get("descriptors", {}), **question.get("descriptors_for", {})}
    for kind, descriptors in variants.items():
        for level, words in descriptors.items():
            links = {**owner, "@kind": kind, "@level": level}
            yield _row(DESCRIPTORS, {"descriptor": words}, links)
        if kind is not None and not descriptors:
            yield _row(DESCRIPTORS, {}, {**owner, "@kind": kind})


def _conditions(
    rows: dict[str, Rows], part: Part, owner: Mapping[str, Any], kinds: Mapping[str, str]
) -> None:
    for one in parts_of(part["when"], kinds) if "when" in part else ():
        links = {**owner, "@part": one.number, "@join": one.join, "@compare": one.compare}
        row = _row(CONDITIONS, {"question": one.question, "part": one.figure}, links)
        # What is compared with is written as its question needs it, not as a column does.
        row[-1] = one.value
        rows[CONDITIONS.name].append(row)


def _row(sheet: Sheet, part: Part, links: Mapping[str, Any]) -> list[Cell]:
    return [
        _link(links.get(column.field), column)
        if column.field.startswith("@")
        else _cell(part, column)
        for column in sheet.columns
    ]


def _link(value: Any, column: Column) -> Cell:
    return None if value is None else to_cell(value, column.holds)


def _cell(part: Part, column: Column) -> Cell:
    """Give the cell of a field; a field that is not there stays blank."""
    found: Any = part
    for name in column.field.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    if found is None and "minimum" not in column.field:
        return None
    return to_cell(found, column.holds)
