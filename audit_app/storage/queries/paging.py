"""Long lists, a page at a time."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

R = TypeVar("R")

PER_PAGE = 50
"""How many rows a page shows unless asked otherwise."""


@dataclass(frozen=True)
class Page(Generic[R]):
    """One page of rows, which page it is from 1, and how many rows there are on all of them."""

    rows: list[R]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """Count the pages; a list without rows still has one."""
        return max(1, -(-self.total // self.size))


def page_of(session: Session, statement: Select[Any], *, page: int, size: int) -> Page[Any]:
    """Give one page of a list of records, and count the whole list, in two statements.

    A page before the first is the first; a page past the last is empty.
    """
    number = max(1, page)
    counting = statement.with_only_columns(func.count(), maintain_column_froms=True)
    total = session.scalar(counting.order_by(None)) or 0
    rows = session.scalars(statement.limit(size).offset((number - 1) * size))
    return Page(list(rows.unique()), number, size, total)
