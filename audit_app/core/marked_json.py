"""JSON read into plain data, with the line and the column of every part of it."""

import json
import re
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NoReturn

from audit_app.core.marked import DEEPEST, MOST_PARTS, Marked, Path, decoded
from audit_app.core.problems import CannotBeRead, Problem

BLANK = re.compile(r"[ \t\n\r]*").match
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?").match
WORD = re.compile(r"[-A-Za-z0-9_.+]+").match
MOST_DIGITS = 40
WORDS = {"true": True, "false": False, "null": None}


def read_json(text: str | bytes, *, name: str) -> Marked:
    """Read JSON; raises CannotBeRead where it is none, or where names are given twice.

    Refused besides: numbers that are none (NaN) or have more digits than anybody means, more than
    1 MB, and what is nested deeper than any answer.
    """
    text = decoded(text, name)
    if not text.strip():
        raise CannotBeRead([Problem(name, 1, 1, "the file is empty")])
    return _Reading(text, name).whole()


class _Reading:
    """One text as it is read, from its first sign to its last."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.parts = text, name, 0
        self.marks: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def whole(self) -> Marked:
        data, end = self.value(self.after_blanks(0), ())
        end = self.after_blanks(end)
        if end < len(self.text):
            self.stop(end, "the answers end before this: take out what follows")
        if self.problems:
            raise CannotBeRead(self.problems)
        return Marked(data, self.marks, self.name)

    def value(self, at: int, path: Path) -> tuple[Any, int]:
        self.marks.setdefault(path, self.place(at))
        self.parts += 1
        if self.parts > MOST_PARTS:
            self.stop(at, f"the file has more than {MOST_PARTS:,} parts")
        if len(path) > DEEPEST:
            self.stop(at, "lists are nested too deeply")
        sign = self.text[at : at + 1]
        if sign == "{":
            return self.mapping(at, path)
        if sign == "[":
            return self.list(at, path)
        if sign == '"':
            return self.string(at)
        return self.word(at)

    def mapping(self, at: int, path: Path) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        end = self.after_blanks(at + 1)
        if self.text[end : end + 1] == "}":
            return found, end + 1
        while True:
            if self.text[end : end + 1] != '"':
                self.stop(end, "a name in quotation marks is expected here; is a comma too many?")
            place = self.place(end)
            key, end = self.string(end)
            end = self.after_blanks(end)
            if self.text[end : end + 1] != ":":
                self.stop(end, "a colon is missing here")
            if key in found:
                self.problems.append(Problem(self.name, *place, f"`{shown(key)}` is given twice"))
            self.marks[(*path, key)] = place
            found[key], end = self.value(self.after_blanks(end + 1), (*path, key))
            end = self.after_blanks(end)
            if self.text[end : end + 1] == "}":
                return found, end + 1
            end = self.comma(end, "}")

    def list(self, at: int, path: Path) -> tuple[list[Any], int]:
        found: list[Any] = []
        end = self.after_blanks(at + 1)
        if self.text[end : end + 1] == "]":
            return found, end + 1
        while True:
            one, end = self.value(end, (*path, len(found)))
            found.append(one)
            end = self.after_blanks(end)
            if self.text[end : end + 1] == "]":
                return found, end + 1
            end = self.comma(end, "]")

    def comma(self, at: int, closing: str) -> int:
        if self.text[at : at + 1] != ",":
            self.stop(at, f"a comma or a {closing} is missing here")
        return self.after_blanks(at + 1)

    def string(self, at: int) -> tuple[str, int]:
        try:
            found: tuple[str, int] = scanstring(self.text, at + 1, True)
        except json.JSONDecodeError as error:
            said = "a quotation mark is not closed"
            if "control" in error.msg:
                said = "a line end or a tab stands inside quotation marks: write \\n or \\t"
            elif "escape" in error.msg:
                said = "a backslash stands for something else here: write \\\\"
            self.stop(at if said.endswith("closed") else error.pos, said)
        return found

    def word(self, at: int) -> tuple[Any, int]:
        number, word = NUMBER(self.text, at), WORD(self.text, at)
        if word is not None and word[0] in WORDS:
            return WORDS[word[0]], word.end()
        if number is None or word is None or number.end() != word.end():
            said = shown(word[0]) if word else shown(self.text[at : at + 1])
            if not said:
                self.stop(at, "the file ends here, before it is whole")
            if said in {"NaN", "Infinity", "-Infinity"}:
                self.stop(at, f"{said} is not a number")
            self.stop(at, f"`{said}` is not JSON: a text needs quotation marks")
        if len(number[0]) > MOST_DIGITS:
            self.stop(at, "this number is too long")
        whole = number[1] is None and number[2] is None
        found = int(number[0]) if whole else float(number[0])
        if found in (float("inf"), float("-inf")):
            self.stop(at, "this number is too large")
        return found, number.end()

    def after_blanks(self, at: int) -> int:
        found = BLANK(self.text, at)
        return found.end() if found else at

    def place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self.lines, at)
        return line, at - self.lines[line - 1] + 1

    def stop(self, at: int, said: str) -> NoReturn:
        raise CannotBeRead([*self.problems, Problem(self.name, *self.place(at), said)])


def shown(text: str) -> str:
    """Give a part of the file as it can be printed: short, and without half of a character."""
    plain = text.encode("utf-8", "backslashreplace").decode()
    return plain if len(plain) <= 40 else f"{plain[:39]}…"
