"""YAML 1.2 read into plain data, with the line and the column of every part of it.

Only what a questionnaire needs is taken: mappings, lists, text, whole numbers, decimals, true,
false and null. Anchors, aliases, tags, duplicate keys, several documents in one file, tabs as
indentation and files over 1 MB are refused in words. `yes`, `no` and dates are text (YAML 1.2).
"""

import re
from decimal import Decimal
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from audit_app.core.problems import CannotBeRead, Problem

MOST_BYTES = 1_000_000
DEEPEST = 40
PLAIN_TAGS = frozenset({"map", "seq", "str", "int", "float", "bool", "null", "timestamp"})

Path = tuple[str | int, ...]


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
    text = _decoded(text, name)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = _plainly(error, text, mark.line if mark else 0)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise CannotBeRead([Problem(name, line, column, said)]) from None
    except YAMLError as error:
        raise CannotBeRead([Problem(name, 1, 1, str(error).splitlines()[0])]) from None
    except RecursionError:
        raise CannotBeRead([Problem(name, 1, 1, "lists are nested too deeply")]) from None
    if node is None:
        raise CannotBeRead([Problem(name, 1, 1, "the file is empty")])
    marks: dict[Path, tuple[int, int]] = {}
    problems: list[Problem] = []
    data = _plain(node, (), marks, problems, name)
    if problems:
        raise CannotBeRead(sorted(problems, key=lambda problem: problem[1:3]))
    return Marked(data, marks, name)


def _decoded(text: str | bytes, name: str) -> str:
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
    if len(path) > DEEPEST:
        wrong("lists are nested too deeply")
        return None
    if str(node.tag).removeprefix("tag:yaml.org,2002:") not in PLAIN_TAGS:
        wrong(f"the tag {node.tag} is not allowed: take it out")
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
    """Give the value of a scalar by the YAML 1.2 core schema, decimals exactly."""
    if quoted:
        return text
    if text.lower() in WORDS and text in {text.lower(), text.title(), text.upper()}:
        return WORDS[text.lower()]
    if WHOLE.match(text) and len(text) < 20:
        return int(text)
    if DECIMAL.match(text) and len(text) < 40:
        return Decimal(text)
    return text


def _plainly(error: MarkedYAMLError, text: str, line: int) -> str:
    """Say what the YAML reader found, in words an author can act on."""
    lines = text.splitlines()
    at_fault = lines[line] if line < len(lines) else ""
    if "\t" in at_fault[: len(at_fault) - len(at_fault.lstrip())] or "'\\t'" in str(error.problem):
        return "a tab is used as indentation: use spaces"
    if "undefined alias" in str(error.problem) or "found duplicate anchor" in str(error.problem):
        return "anchors (&) and aliases (*) are not allowed: write the text out"
    if "single document" in str(error.context or error.problem):
        return "only one document to a file: take out the second `---`"
    if "could not find expected ':'" in str(error.problem):
        return "a line is not `name: value`; is a colon or a quotation mark missing just above?"
    if "mapping values are not allowed" in str(error.problem):
        return "a colon followed by a space inside a text: put the text in quotation marks"
    return f"not YAML: {error.problem or error.context}"
