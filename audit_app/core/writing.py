"""A questionnaire written as YAML that a person can read, always in the same words.

What is as it would be anyway is left out. Notes to other authors (`#`) are not part of a
questionnaire, so a file that was read and is written again has lost them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.yaml_texts import block, flow_scalar, plain_key, quoted

WIDTH = 100

INLINE = frozenset(
    {
        "becomes",
        "columns",
        "fixed_rows",
        "levels",
        "links",
        "options",
        "repeating",
        "scales",
        "scoring",
        "thresholds",
        "when",
        "x",
        "y",
        "y_from",
    }
)
"""Fields whose parts stand on one line, in brackets, where they fit."""

SPACED = frozenset({"priority_areas", "indicators", "scales", "scoring", "sections"})
"""Fields at the top of the file that stand below an empty line."""

FIRST = ("id", "kind", "text")
LAST = ("derives_from", "law", "same_meaning_as", "scoring_version")
"""What a question begins and ends with; between them stands what its kind brings."""


def write_questionnaire(questionnaire: Questionnaire) -> str:
    """Give the text of a file that reads as this questionnaire, whatever its content hash."""
    lines: list[str] = []
    for key, value in plain_data(questionnaire).items():
        if key in SPACED:
            lines.append("")
        lines += _field(key, value, indent=0, inline=False)
    return "\n".join(lines) + "\n"


def plain_data(questionnaire: Questionnaire) -> dict[str, Any]:
    """Give the content as mappings, lists and plain values, without what holds anyway."""
    return questionnaire.model_dump(
        by_alias=True, exclude_defaults=True, exclude={"content_hash"}, warnings="error"
    )


def _field(key: str, value: Any, *, indent: int, inline: bool) -> list[str]:
    head = f"{' ' * indent}{plain_key(key)}:"
    inline = inline or key in INLINE
    if isinstance(value, Mapping | list) and value:
        if inline or (isinstance(value, list) and not isinstance(value[0], Mapping | list)):
            said = _flow(value)
            if said is not None and len(head) + 1 + len(said) <= WIDTH:
                return [f"{head} {said}"]
        if isinstance(value, list):
            return [head, *_items(key, value, indent=indent + 2, inline=inline)]
        return [head, *_mapping(value, indent=indent + 2, inline=inline)]
    if isinstance(value, str):
        first, *rest = block(value, indent=indent + 2, used=len(head) + 1, width=WIDTH)
        return [f"{head} {first}", *rest]
    return [f"{head} {_flow(value)}"]


def _mapping(value: Mapping[str, Any], *, indent: int, inline: bool) -> list[str]:
    lines: list[str] = []
    for key in sorted(value, key=_place) if "text" in value else value:
        lines += _field(key, value[key], indent=indent, inline=inline)
    return lines


def _place(key: str) -> int:
    """Give where a field of a question stands; the others keep their order in between."""
    if key in FIRST:
        return FIRST.index(key)
    return len(FIRST) + 1 + LAST.index(key) if key in LAST else len(FIRST)


def _items(key: str, value: list[Any], *, indent: int, inline: bool) -> Iterator[str]:
    pad = " " * indent
    for place, item in enumerate(value):
        if key == "sections" and place:
            yield ""
        if not isinstance(item, Mapping):
            yield f"{pad}- {_flow(item) or quoted(item)}"
            continue
        said = _flow(item) if inline else None
        if said is not None and indent + 2 + len(said) <= WIDTH:
            yield f"{pad}- {said}"
            continue
        first, *rest = _mapping(item, indent=indent + 2, inline=inline)
        yield f"{pad}- {first.lstrip()}"
        yield from rest


def _flow(value: Any) -> str | None:
    """Give a value on one line; None where a text in it has lines of its own."""
    if isinstance(value, Mapping):
        parts = [(plain_key(key), _flow(part)) for key, part in value.items()]
        if any(said is None for _, said in parts):
            return None
        return f"{{{', '.join(f'{key}: {said}' for key, said in parts)}}}"
    if isinstance(value, list):
        items = [_flow(item) for item in value]
        if any(said is None for said in items):
            return None
        return f"[{', '.join(str(said) for said in items)}]"
    return flow_scalar(value)
