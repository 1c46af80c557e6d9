"""What somebody had typed into a form that could not be saved, so that it can be given back."""

from typing import NamedTuple

from flask import request
from werkzeug.exceptions import HTTPException

NEVER_PRINTED = ("csrf_token", "password", "credential", "single_use")
HOW_SENT = frozenset({"whose", "pointed_out", "kept"})
"""Seals and marks: long, and no words of anybody's."""

LONGEST = 40_000
"""Characters of one field that are given back."""


class Typed(NamedTuple):
    """One field: its name on the form, and what stood in it."""

    name: str
    text: str
    lines: int


def typed_text() -> list[Typed]:
    """Give the words of the form that was sent; ticks, versions and passwords are left out."""
    try:
        fields = list(request.form.items(multi=True))
    except (HTTPException, OSError):
        return []
    return [
        Typed(name, text[:LONGEST], min(30, 3 + text.count("\n") + len(text) // 70))
        for name, text in fields
        if _is_words(name, text)
    ]


def _is_words(name: str, text: str) -> bool:
    if any(part in name for part in NEVER_PRINTED) or name.rpartition(":")[2] in HOW_SENT:
        return False
    return any(sign.isspace() for sign in text.strip()) or len(text) > 20
