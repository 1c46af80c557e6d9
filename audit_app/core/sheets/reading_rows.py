"""The rows of a spreadsheet read as a questionnaire: every problem in one run, each at its cell."""

from audit_app.core.checking import problems_with
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import problems_besides
from audit_app.core.sheets.gathering import Book, Gathered, fields_of, rows_of, sorted_by_cell
from audit_app.core.sheets.owners import Owner, Owners, append, say_missing
from audit_app.core.sheets.question_columns import QUESTIONS
from audit_app.core.sheets.reading_conditions import read_conditions
from audit_app.core.sheets.reading_parts import read_parts
from audit_app.core.sheets.whole_columns import (
    INDICATORS,
    PRIORITY_AREAS,
    QUESTIONNAIRE,
    SCALES,
    SECTIONS,
)
from audit_app.core.validating import MalformedParts, validated


def check_sheets(book: Book, *, name: str) -> tuple[Questionnaire | None, list[Problem]]:
    """Give the questionnaire where the sheets make one, and every problem and warning, in order.

    Its content hash is blank: that belongs to the file which is published.
    """
    gathered = gather(book, name=name)
    if gathered.missing:
        return None, sorted_by_cell(gathered.missing)
    questionnaire, problems = None, list(gathered.problems)
    try:
        questionnaire = validated(gathered, Questionnaire)
    except MalformedParts as error:
        # What was already complained of is not complained of again for being absent.
        problems += [
            one
            for one in error.problems
            if (one.sheet or "", one.line, one.column) not in gathered.bad
        ]
        if not gathered.problems:
            problems += problems_besides(error, gathered)
    except CannotBeRead as error:
        problems += error.problems
    if questionnaire is None or gathered.problems:
        return None, sorted_by_cell(problems)
    return questionnaire, sorted_by_cell(problems_with(questionnaire, gathered))


def gather(book: Book, *, name: str) -> Gathered:
    """Put the rows of all sheets together as one piece of plain data."""
    gathered = Gathered(name)
    gathered.fill(gathered.data, (), fields_of(book, QUESTIONNAIRE, gathered))
    _read_scales(book, gathered)
    for sheet, field in ((PRIORITY_AREAS, "priority_areas"), (INDICATORS, "indicators")):
        for row in rows_of(book, sheet, gathered):
            append(gathered, (gathered.data, ()), field, row)
    owners = Owners({}, {})
    _read_sections(book, gathered, owners)
    _read_questions(book, gathered, owners)
    read_parts(book, gathered, owners)
    read_conditions(book, gathered, owners)
    return gathered


def _read_scales(book: Book, gathered: Gathered) -> None:
    scale = SCALES.column("@scale")
    for row in rows_of(book, SCALES, gathered):
        name = gathered.value(row, scale)
        if name is None:
            say_missing(gathered, row.places["@scale"], "Scale")
            continue
        gathered.marks.setdefault(("scales",), row.place)
        append(gathered, (gathered.data.setdefault("scales", {}), ("scales",)), name, row)


def _read_sections(book: Book, gathered: Gathered, owners: Owners) -> None:
    within = SECTIONS.column("@within")
    for row in rows_of(book, SECTIONS, gathered):
        around = gathered.value(row, within)
        holder: Owner = gathered.data, ()
        if around is not None:
            if around not in owners.sections:
                gathered.wrong(row.places["@within"], f"there is no section `{around}` further up")
                continue
            holder = owners.sections[around]
        entry, path = append(gathered, holder, "sections", row)
        owners.sections.setdefault(str(entry.get("id")), (entry, path))


def _read_questions(book: Book, gathered: Gathered, owners: Owners) -> None:
    section = QUESTIONS.column("@section")
    for row in rows_of(book, QUESTIONS, gathered):
        name = gathered.value(row, section)
        if name is None:
            say_missing(gathered, row.places["@section"], "Section")
            continue
        if name not in owners.sections:
            gathered.wrong(row.places["@section"], f"there is no section `{name}`")
            continue
        entry, path = append(gathered, owners.sections[name], "questions", row)
        owners.questions.setdefault(str(entry.get("id")), (entry, path))
