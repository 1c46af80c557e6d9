"""YAML 1.2 read into plain data, with the line and the column of every part of it.

Only what a questionnaire needs is taken: mappings, lists, text, whole numbers, decimals, true,
false and null. Anchors, aliases, tags, duplicate keys, several documents in one file, tabs as
indentation and files over 1 MB are refused in words. `yes`, `no` and dates are text (YAML 1.2).
"""

import re
from collections.abc import Container
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.quick_yaml import QuickParser, QuickReader, QuickScanner
from audit_app.core.yaml_words import why_not_yaml

MOST_BYTES = 1_000_000
DEEPEST = 40
MOST_PARTS = 25_000

Path = tuple[str | int, ...]


class Written(Protocol):
    """Plain data, and where each part of it was written: in a text, or in a spreadsheet."""

    @property
    def data(self) -> Any:
        """Give the plain data."""

    @property
    def marks(self) -> Container[Path]:
        """Say of which parts the place is known."""

    def problem(self, path: Path, message: str, *, is_warning: bool = False) -> Problem:
        """Make a problem at the part that this path, or its nearest parent, names."""


class Marked(NamedTuple):
    """Plain data, and where each part of it stands in the file (line and column from 1)."""

    data: Any
    marks: dict[Path, tuple[int, int]]
    name: str

    def problem(self, path: Path, message: str, *, is_warning: bool = False) -> Problem:
        """Make a problem at the part of the file that this path, or its nearest parent, names."""
        while path not in self.marks and path:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return Problem(self.name, line, column, message, is_warning)


def read_yaml(text: str | bytes, *, name: str) -> Marked:
    """Read YAML; raises CannotBeRead with every problem that could be found in one go."""
    text = decoded(text, name)
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = BoundedComposer
    yaml.Reader, yaml.Scanner, yaml.Parser = QuickReader, QuickScanner, QuickParser
    try:
        node = yaml.compose(text)
    except (YAMLError, ValueError, OverflowError) as error:
        line, column, said = why_not_yaml(error, text)
        raise CannotBeRead([Problem(name, line, column, said)]) from None
    if node is None:
        raise CannotBeRead([Problem(name, 1, 1, "the file is empty")])
    marks: dict[Path, tuple[int, int]] = {}
    problems = [
        Problem(name, line, column, f"the tag {tag} is not allowed: take it out")
        for line, column, tag in yaml.composer.tags
    ]
    data = _plain(node, (), marks, problems, name)
    if problems:
        raise CannotBeRead(sorted(set(problems), key=lambda problem: problem[1:3]))
    return Marked(data, marks, name)


class BoundedComposer(Composer):
    """Puts a file together, and stops where it is too deep or has too many parts."""

    def __init__(self, loader: Any = None) -> None:
        super().__init__(loader=loader)
        # Anchors are refused in words, each where it stands.
        self.warn_double_anchors = False
        self.parts = 0
        self.tags: list[tuple[int, int, str]] = []

    @property
    def parser(self) -> Any:
        """Give the parser, looked up once."""
        found = self.__dict__.get("known_parser")
        if found is None:
            found = self.__dict__["known_parser"] = self.loader.parser
        return found

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Count one part more; raises ComposerError at the part that is one too many."""
        self.parts += 1
        event = self.parser.peek_event()
        mark = event.start_mark
        if self.parts > MOST_PARTS:
            raise ComposerError(None, None, f"the file has more than {MOST_PARTS:,} parts", mark)
        if self.depth > DEEPEST:
            raise ComposerError(None, None, "lists are nested too deeply", mark)
        tag = str(getattr(event, "ctag", None) or "!").replace("tag:yaml.org,2002:", "!!")
        if tag != "!":
            self.tags.append((mark.line + 1, mark.column + 1, tag))
        return super().compose_node(parent, index)


def decoded(text: str | bytes, name: str) -> str:
    """Give a file as text; raises CannotBeRead where it is too large or not UTF-8."""
    if len(text) > MOST_BYTES:
        raise CannotBeRead([Problem(name, 1, 1, "the file is larger than 1 MB")])
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise CannotBeRead(
                [Problem(name, line, 1, "the file is not UTF-8: save it as UTF-8 and try again")]
            ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _plain(
    node: Node, path: Path, marks: dict[Path, tuple[int, int]], problems: list[Problem], name: str
) -> Any:
    marks[path] = line, column = node.start_mark.line + 1, node.start_mark.column + 1

    def wrong(message: str) -> None:
        problems.append(Problem(name, line, column, message))

    if node.anchor is not None:
        wrong("anchors (&) and aliases (*) are not allowed: write the text out")
        return None
    if isinstance(node, MappingNode):
        return _mapping(node, path, marks, problems, name)
    if isinstance(node, SequenceNode):
        return [
            _plain(item, (*path, place), marks, problems, name)
            for place, item in enumerate(node.value)
        ]
    if isinstance(node, ScalarNode):
        return _scalar(node.value, quoted=node.style is not None)
    wrong("this is not a list, a mapping or a text")
    return None


def _mapping(
    node: MappingNode,
    path: Path,
    marks: dict[Path, tuple[int, int]],
    problems: list[Problem],
    name: str,
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        if not isinstance(key_node, ScalarNode) or key_node.anchor is not None:
            problems.append(Problem(name, line, column, "a key must be a plain word"))
            continue
        key = key_node.value
        if key in found:
            problems.append(Problem(name, line, column, f"`{key}` is given twice"))
            continue
        found[key] = _plain(value_node, (*path, key), marks, problems, name)
        # A message about a field is most useful at its name, not at its value.
        marks[(*path, key)] = line, column
    return found


WHOLE = re.compile(r"[-+]?[0-9]+\Z")
DECIMAL = re.compile(r"[-+]?[0-9]*\.[0-9]+\Z|[-+]?[0-9]+\.\Z")
WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}


def _scalar(text: str, *, quoted: bool) -> Any:
    return text if quoted else plain_value(text)


def plain_value(text: str) -> Any:
    """Give what a bare word stands for by the YAML 1.2 core schema, decimals exactly."""
    if text.lower() in WORDS and text in {text.lower(), text.title(), text.upper()}:
        return WORDS[text.lower()]
    if WHOLE.match(text) and len(text) < 20:
        return int(text)
    if DECIMAL.match(text) and len(text) < 40:
        return Decimal(text)
    return text
