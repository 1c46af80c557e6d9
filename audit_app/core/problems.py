"""What is wrong with a file that somebody wrote, and where."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong, at a line and a column that both count from 1."""

    name: str
    line: int
    column: int
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.name}:{self.line}:{self.column}: {self.message}"


class CannotBeRead(Exception):
    """A file has problems; nothing of it was taken."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
