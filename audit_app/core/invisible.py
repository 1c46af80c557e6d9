"""Characters that nobody sees: control signs, and marks that turn the direction of the writing."""

import re
from collections.abc import Iterator
from typing import Any

from audit_app.core.marked import Path

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Line ends and tabs are seen; joiners inside a character, and the soft hyphen, do no harm."""

NOTHING_SEEN = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2061-\u2065\u206a-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]*"
)
"""Spaces, fillers that are as wide as a sign and empty, and what only changes the sign before."""


def visible(text: str) -> str:
    """Give a text that somebody wrote without what nobody sees; "" where nothing is left to see.

    So a comment that must be written is not met by a space that has no width, and no text turns
    the direction of what stands after it. Everything else stays as it was typed.
    """
    kept = INVISIBLE.sub("", text)
    return "" if NOTHING_SEEN.fullmatch(kept) else kept


def hidden_in(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Give each part of plain data that holds an invisible character, and the first one of it."""
    if isinstance(data, str):
        if found := INVISIBLE.search(data):
            yield path, found[0]
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from hidden_in(value, (*path, name))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from hidden_in(value, (*path, place))
