"""Characters that nobody sees: control signs, and marks that turn the direction of the writing."""

import re
from collections.abc import Iterator
from typing import Any

from audit_app.core.marked import Path

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Line ends and tabs are seen; joiners inside a character, and the soft hyphen, do no harm."""


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
