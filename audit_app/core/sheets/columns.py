"""Which sheets a questionnaire has as a spreadsheet, and what stands in each of their columns."""

from enum import StrEnum
from typing import NamedTuple, get_args

from audit_app.core.organisations import KINDS
from audit_app.core.questions import Question


class Holds(StrEnum):
    """What a cell of a column is read as."""

    TEXT = "text"
    ID = "id"
    WORD = "word"
    YES_NO = "yes_no"
    NUMBER = "number"
    IDS = "ids"
    WORDS = "words"


class Column(NamedTuple):
    """One column: its heading, the field that it fills, and what an author should know.

    A field that begins with @ says what the row belongs to. `offers` are the words to choose from.
    """

    heading: str
    field: str
    holds: Holds
    note: str
    offers: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """One sheet: a row for each thing, or with `is_a_list` a row for each field of the whole."""

    name: str
    about: str
    columns: tuple[Column, ...]
    is_a_list: bool = False

    def column(self, field: str) -> Column:
        """Give the column that fills a field."""
        return next(column for column in self.columns if column.field == field)

    @property
    def main(self) -> Column:
        """Give the first column that says something of the row's own."""
        return next(column for column in self.columns if not column.field.startswith("@"))


TEXT, ID, WORD, IDS, WORDS = Holds.TEXT, Holds.ID, Holds.WORD, Holds.IDS, Holds.WORDS
YES, NUMBER = Holds.YES_NO, Holds.NUMBER

RAG = ("red", "amber", "green")
BETTER = ("higher", "lower")
KINDS_OF_QUESTION: tuple[str, ...] = tuple(
    get_args(one.model_fields["kind"].annotation)[0] for one in get_args(get_args(Question)[0])
)
KINDS_OF_ORGANISATION = tuple(KINDS)

OF_SECTION = Column("Section", "@section", ID, "the id of a section")
OF_QUESTION = Column("Question", "@question", ID, "the id of a question")
