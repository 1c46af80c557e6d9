"""A questionnaire as a file: a YAML text or a spreadsheet read, and a spreadsheet made."""

from collections.abc import Collection
from typing import NamedTuple

from audit_app.core.marked import MOST_BYTES
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import check_questionnaire, content_hash
from audit_app.core.sheets.reading_rows import check_sheets
from audit_app.core.sources import Sources
from audit_app.core.writing import write_questionnaire
from audit_app.services.questionnaire_sheets import IS_ZIP, read_book

EXTENSIONS = (".xlsx", ".yaml", ".yml")


class FileRead(NamedTuple):
    """What a file says: the questionnaire, its YAML text, and every problem and warning.

    The text is there only where nothing is wrong; it is what is published.
    """

    questionnaire: Questionnaire | None
    text: str | None
    problems: list[Problem]

    @property
    def wrong(self) -> list[Problem]:
        """Give the problems that must be put right."""
        return [problem for problem in self.problems if not problem.is_warning]

    @property
    def warnings(self) -> list[Problem]:
        """Give what an author should think about again, and may leave."""
        return [problem for problem in self.problems if problem.is_warning]


def read_questionnaire_file(
    content: bytes,
    *,
    name: str,
    known: Collection[str] | None = None,
    sources: Sources | None = None,
) -> FileRead:
    """Read YAML or a spreadsheet, whichever it is by its content or its name.

    `known` are the ids that the sources have, for warnings about others. Of a file that
    repeats sections for facts of the reviews the text is the whole questionnaire, written out.
    """
    if content.startswith(IS_ZIP) or name.lower().endswith(".xlsx"):
        return read_spreadsheet(content, name=name)
    questionnaire, problems = check_questionnaire(content, name=name, known=known, sources=sources)
    if questionnaire is None or any(not problem.is_warning for problem in problems):
        return FileRead(None, None, problems)
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    if questionnaire.content_hash != content_hash(text):
        text = write_questionnaire(questionnaire)
    return FileRead(questionnaire, text, problems)


def read_spreadsheet(content: bytes, *, name: str) -> FileRead:
    """Read a spreadsheet, and write the YAML text that says the same."""
    try:
        if len(content) > MOST_BYTES:
            raise CannotBeRead([Problem(name, 1, 1, "the file is larger than 1 MB")])
        book = read_book(content, name=name)
    except CannotBeRead as error:
        return FileRead(None, None, error.problems)
    found, problems = check_sheets(book, name=name)
    if found is None or any(not problem.is_warning for problem in problems):
        return FileRead(None, None, problems)
    text = write_questionnaire(found)
    # What is published is the text: only what it says again in the same words may be taken.
    again, told = check_questionnaire(text, name=name)
    if again is None or again.model_copy(update={"content_hash": ""}) != found:
        wrong = [one for one in told if not one.is_warning]
        said = wrong[0].message if wrong else "its YAML text does not say the same"
        return FileRead(None, None, [Problem(name, 1, 1, f"this cannot be kept: {said}")])
    return FileRead(again, text, problems)
