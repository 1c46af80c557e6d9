"""The words of messages about accounts and returns: a text file each, its subject first."""

from functools import cache
from pathlib import Path
from string import Template
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Letter(NamedTuple):
    """A message in words, before it is addressed."""

    subject: str
    body: str


def letter(name: str, **values: str) -> Letter:
    """Fill in the blanks of a letter. A value stays on its line, whatever somebody typed into it.

    Raises KeyError for a blank without a value.
    """
    filled = Template(_text(name)).substitute(
        {blank: " ".join(value.split()) for blank, value in values.items()}
    )
    subject, _, body = filled.partition("\n")
    return Letter(subject.strip(), body.strip() + "\n")


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
