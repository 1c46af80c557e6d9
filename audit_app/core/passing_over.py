"""What is left of a questionnaire when its malformed parts are passed over.

It is only read to find what else is wrong with the file, so that an author sees all of it at once.
"""

import copy
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from audit_app.core.checks.found import Found
from audit_app.core.marked import Path

HARMLESS: dict[str, Any] = {
    "format": 1,
    "name": "a",
    "version": "1",
    "title": "A",
    "purpose": "A",
    "reference": "AA",
    "minutes": 60,
    "short_title": None,
    "changes": None,
}
"""Fields of the whole file that no other part depends on, and a value that will do for each."""

NO = {"question": "a", "part": "value"}
STAND_INS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "priority_areas": lambda place: {"id": f"area-{place}", "title": "A", "questions": []},
    "indicators": lambda place: {"id": f"indicator-{place}", "title": "A", "x": NO, "y": NO},
}
UNKNOWN = "extra_forbidden"
SPARE = frozenset(
    {"weight", "hint", "hint_for", "guidance", "evidence_hint", "links", "text_for", "law"}
    | {"action", "action_for"}
    | {"derives_from", "required", "dont_know", "scoring_version", "same_meaning_as"}
)
"""Fields of a question without which the rest of it can still be judged."""

USED_TWICE = "is used by another"


class PassedOver(NamedTuple):
    """Data without its malformed parts, the paths of those, and the ids that went with them."""

    data: Any
    paths: frozenset[Path]
    ids: frozenset[str]

    def concerns(self, found: Found) -> bool:
        """Say whether a finding comes only of what was passed over."""
        return any(found.path[: len(path)] == path for path in self.paths) or any(
            f"`{name}`" in found.message and USED_TWICE not in found.message for name in self.ids
        )


def passed_over(data: Any, wrong: Iterable[tuple[Path, str]]) -> PassedOver | None:
    """Give the data without what is wrong, each part by its path and pydantic's word for it.

    None where the malformed part holds up too much of the rest, such as a scale.
    """
    data = copy.deepcopy(data)
    paths: set[Path] = set()
    gone: list[tuple[Path, Any]] = []
    for path, said in sorted(wrong, key=lambda one: len(one[0]), reverse=True):
        question = _question(path)
        field = path[len(question) : len(question) + 1] if question else ()
        if said == UNKNOWN and (question is None or len(path) == len(question) + 1):
            at(data, path[:-1]).pop(path[-1], None)
        elif question is not None and field and field[0] in SPARE:
            at(data, question).pop(field[0], None)
        elif question is not None:
            paths.add(question)
        elif path[:1] and path[0] in HARMLESS:
            data[path[0]] = HARMLESS[str(path[0])]
        elif len(path) >= 2 and path[0] in STAND_INS:
            gone.append((path[:2], at(data, path[:2])))
        else:
            return None
    ids = set()
    for path in paths:
        ids |= _stand_in(data, path)
    for path, one in gone:
        if isinstance(one, dict):
            ids.add(str(one.get("id")))
        paths.add(path)
        # What comes after keeps its place, so that a finding there is told at its line.
        at(data, path[:1])[path[1]] = STAND_INS[str(path[0])](path[1])
    return PassedOver(data, frozenset(paths), frozenset(ids))


def at(data: Any, path: Path) -> Any:
    """Give the part of plain data that a path names."""
    for part in path:
        data = data[part]
    return data


def _question(path: Path) -> Path | None:
    """Give the path of the question that a part belongs to."""
    if path[:1] != ("sections",) or "questions" not in path:
        return None
    end = path.index("questions") + 2
    return path[:end] if len(path) >= end else None


def _stand_in(data: Any, path: Path) -> set[str]:
    """Put a question that nobody can find fault with in the place of a malformed one."""
    questions, place = at(data, path[:-1]), path[-1]
    given = questions[place]
    name = given.get("id") if isinstance(given, dict) else None
    named = name if isinstance(name, str) and name.isascii() and name else f"passed-over-{place}"
    questions[place] = {"id": named, "kind": "text", "text": "A"}
    return {named}
