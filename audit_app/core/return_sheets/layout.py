"""What the sheets of a return are called and where what stands, for whoever writes or reads one."""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from audit_app.core.invisible import visible
from audit_app.core.questions import Declaration, Question, Table
from audit_app.core.sheets.cells import Refused

ABOUT, ANSWERS = "About", "Answers"

IDENTITY = ("Return", "Questionnaire version", "Layout")
"""Rows of the first sheet that say whose return this is; the last says how the file is laid out."""

LAYOUT = "1"

ID, QUESTION, ANSWER = "Question", "What is asked", "Your answer"
COMMENT, NOT_APPLICABLE, STILL_TRUE = "Your comment", "Why it does not apply", "Still true?"
VERSION, MARK = "Version", "Mark"

SECTION = "Section"
"""What the column is called unless the questionnaire has another word for its sections."""

HEADINGS = (
    ID,
    SECTION,
    QUESTION,
    "Guidance",
    "How to answer",
    ANSWER,
    COMMENT,
    NOT_APPLICABLE,
    STILL_TRUE,
    VERSION,
    MARK,
)
TYPED = (ANSWER, COMMENT, NOT_APPLICABLE, STILL_TRUE)
"""The columns in which people type."""

NEEDED = (ID, *TYPED, VERSION, MARK)
"""The columns without which nothing can be read; the others only explain."""

ON_ITS_OWN_SHEET = "On the sheet “{}”"
FIRST_ROW_OF_A_GRID = 3
"""Above it stand what is asked, and the headings."""

NOT_KEPT = re.compile("[\ufffe\uffff]")

CLOSED = "Closed: it stays as it was sent. Only what you were asked to change is open."
"""What stands at a question that is closed while changes are made, in the file and of it."""

Text = str | Refused
Grid = Sequence[Sequence[Text]]


class GridColumn(NamedTuple):
    """One column of a sheet that people fill in: its heading, what it takes, and its choices."""

    id: str
    heading: str
    kind: str
    choices: tuple[str, ...] = ()


def has_own_sheet(question: Question) -> bool:
    """Say whether a question is answered on a sheet of its own: a table or a declaration."""
    return isinstance(question, Table | Declaration)


def sheet_name(question_id: str) -> str:
    """Give the name of the sheet of a question; spreadsheets take 31 characters."""
    name = f"Table {question_id}"
    if len(name) <= 31:
        return name
    return f"{name[:22]}~{sha256(question_id.encode()).hexdigest()[:8]}"


def mark_of(texts: Sequence[Text]) -> str:
    """Give a short mark of what stands in the cells of a question, to know what was not touched."""
    said = "\x1f".join(one.why if isinstance(one, Refused) else alike(one) for one in texts)
    return sha256(said.encode()).hexdigest()[:16]


def alike(text: str) -> str:
    """Give a text as it is written and compared.

    Line ends and spaces at the ends are no change, and characters that nobody types and no
    spreadsheet keeps are left out.
    """
    return visible(NOT_KEPT.sub("", text).replace("\r\n", "\n").replace("\r", "\n")).strip()
