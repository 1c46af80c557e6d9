"""How a single text or number is written in YAML: bare, in quotation marks, or as a block."""

import re
from decimal import Decimal
from typing import Any

LONGEST_WHOLE, LONGEST_DECIMAL = 19, 39
"""Signs of a number that is read as one; a longer one is written as text."""

_READ_AS_SOMETHING_ELSE = frozenset({"true", "false", "null", "yes", "no", "on", "off"})
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 ,.;!?'’‘“”()/&%+=_£€–\-\"À-ɏ]*")
_BARE_IN_BRACKETS = re.compile(r"[A-Za-z][A-Za-z0-9 .;!'’‘“”()/&%+_£€–\-À-ɏ]*")
_PRINTED = re.compile(
    "[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)
_BREAK = re.compile(r"(?<=\S) (?=\S)")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def flow_scalar(value: Any) -> str | None:
    """Give one plain value as it stands in brackets; None for a text of several lines."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return _number(value)
    text = str(value)
    if "\n" in text:
        return None
    return text if _is_bare(text, _BARE_IN_BRACKETS) else quoted(text)


def plain_key(key: str) -> str:
    """Give the name of a field or of an entry."""
    return key if _is_bare(key, _BARE_IN_BRACKETS) else quoted(key)


def block(text: str, *, indent: int, used: int, width: int) -> list[str]:
    """Give a text behind the name of its field, in one line or more.

    `used` are the columns before it on its first line, `indent` is where further lines begin.
    """
    lines = text.split("\n")
    fits = used + len(text) <= width
    if len(lines) == 1 and fits:
        return [text if _is_bare(text, _BARE) else quoted(text)]
    clean = all(line == line.strip() for line in lines) and lines[0] and lines[-1]
    if not clean or not _PRINTED.fullmatch(text):
        return [quoted(text)]
    pad = " " * indent
    if len(lines) > 1 and all(indent + len(line) <= width for line in lines):
        return ["|-", *(f"{pad}{line}".rstrip() for line in lines)]
    return [">-", *_folded(lines, pad=pad, width=width)]


def quoted(text: str) -> str:
    """Give a text in quotation marks, with whatever cannot be printed written out."""
    if '"' in text and _PRINTED.fullmatch(text) and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_sign(sign) for sign in text) + '"'


def _folded(lines: list[str], *, pad: str, width: int) -> list[str]:
    """Break long lines at single spaces; a break of the text's own needs an empty line more."""
    written: list[str] = []
    for place, line in enumerate(lines):
        if place:
            written.append("")
        if not line:
            continue
        current = ""
        for part in _BREAK.split(line):
            if current and len(pad) + len(current) + 1 + len(part) > width:
                written.append(pad + current)
                current = part
            else:
                current = f"{current} {part}" if current else part
        written.append(pad + current)
    return written


def _is_bare(text: str, pattern: re.Pattern[str]) -> bool:
    if not pattern.fullmatch(text) or text != text.rstrip():
        return False
    return text.lower() not in _READ_AS_SOMETHING_ELSE


def _number(value: int | Decimal) -> str:
    said = f"{value:f}" if isinstance(value, Decimal) else str(value)
    longest = LONGEST_DECIMAL if "." in said else LONGEST_WHOLE
    return said if len(said) <= longest else quoted(said)


def _sign(sign: str) -> str:
    if sign in _SHORT:
        return _SHORT[sign]
    if _PRINTED.fullmatch(sign):
        return sign
    code = ord(sign)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
