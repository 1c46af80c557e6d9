"""What is wrong with a file that somebody wrote, and where."""

from typing import NamedTuple

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Problem(NamedTuple):
    """One thing that is wrong, at a line and a column that both count from 1.

    In a spreadsheet they are the row and the column of a cell on the sheet that is named.
    """

    name: str
    line: int
    column: int
    message: str
    is_warning: bool = False
    sheet: str | None = None

    @property
    def cell(self) -> str:
        """Give the cell as spreadsheets name it: "C5"."""
        return f"{column_letters(self.column)}{self.line}"

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"{self.name}:{self.sheet}!{self.cell}: {self.message}"
        return f"{self.name}:{self.line}:{self.column}: {self.message}"


class CannotBeRead(Exception):
    """A file has problems; nothing of it was taken."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def column_letters(column: int) -> str:
    """Give the letters of a column that counts from 1: A, Z, AA."""
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, len(LETTERS))
        letters = LETTERS[place] + letters
    return letters
