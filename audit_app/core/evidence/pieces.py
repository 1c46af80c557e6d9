"""One thing that stands behind an answer, as pages and papers print it."""

from datetime import date, timedelta
from typing import NamedTuple

SOON = timedelta(days=60)
"""A paper that runs out within two months is worth renewing now."""


def runs_out_soon(expires_on: date | None, on: date) -> bool:
    """Say whether the last day on which a paper counts is near, and not over."""
    return expires_on is not None and on <= expires_on <= on + SOON


class Piece(NamedTuple):
    """A file or a place behind an answer. `dated` is the document's own date, not the upload's.

    `where` is None for a file; for what is only cited it says in words where it is to be found.
    """

    title: str
    dated: date | None = None
    expires_on: date | None = None
    where: str | None = None
    id: str = ""

    def has_expired(self, on: date) -> bool:
        """Say whether the last day on which it counts lies before a day."""
        return self.expires_on is not None and self.expires_on < on
