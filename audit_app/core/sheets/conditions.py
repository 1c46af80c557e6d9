"""Conditions as rows: each part of a condition on a row of its own, numbered as an outline."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from audit_app.core.marked import Path, plain_value
from audit_app.core.sheets.cells import (
    Cell,
    CellIsWrong,
    Item,
    escaped,
    from_cell,
    items,
    list_item,
    number_cell,
    quoted,
    unescaped,
)
from audit_app.core.sheets.columns import (
    Holds,
)

JOINS = ("all", "any", "not")
COUNTED = frozenset({"number", "percentage", "x_of_y"})
"""Kinds of question whose answers are numbers, so that a bare figure is one."""

AMOUNTS = frozenset({"at_least", "at_most", "more_than", "less_than"})


class Part(NamedTuple):
    """One row of a condition."""

    number: str
    join: str | None
    question: str | None
    figure: str | None
    compare: str | None
    value: Cell


class Said(NamedTuple):
    """One part of a condition as plain data, how it joins what is in it, or what it compares by."""

    data: dict[str, Any]
    join: str | None
    compare: str | None


def parts_of(
    condition: Mapping[str, Any], kinds: Mapping[str, str], number: str = "1"
) -> Iterator[Part]:
    """Give the rows of a condition; `kinds` are the kinds of all questions by id."""
    join = next((name for name in JOINS if name in condition), None)
    if join is not None:
        yield Part(number, join, None, None, None, None)
        inner = [condition[join]] if join == "not" else condition[join]
        for place, one in enumerate(inner, 1):
            yield from parts_of(one, kinds, f"{number}.{place}")
        return
    question = condition["question"]
    compare = next(name for name in condition if name not in ("question", "part"))
    counted = kinds.get(question) in COUNTED
    value = _value_cell(compare, condition[compare], counted=counted)
    yield Part(number, None, question, condition.get("part"), compare, value)


def value_of(compare: str, cell: Cell, *, kind: str | None) -> Any:
    """Give what an answer is compared with, by the kind of the question; raises CellIsWrong."""
    if compare == "answered":
        return from_cell(cell, Holds.YES_NO)
    if compare in AMOUNTS:
        return from_cell(cell, Holds.NUMBER)
    counted = kind in COUNTED
    if compare == "is" and counted and isinstance(cell, bool | int | Decimal):
        return cell
    if compare == "in" and isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return [cell if counted else from_cell(cell, Holds.ID)]
    # What was written out is put back entry by entry, after quotation marks were looked at.
    text = cell.strip() if isinstance(cell, str) else str(from_cell(cell, Holds.ID))
    if compare == "in":
        return [] if text == "-" else [_typed(one, counted=counted) for one in items(text)]
    one = items(text) if text.startswith('"') else [Item(text, False)]
    if len(one) != 1:
        raise CellIsWrong("one value is wanted here; for several of them compare with `in`")
    return _typed(one[0], counted=counted and compare == "is")


def joined(
    said: Mapping[tuple[int, ...], Said],
) -> tuple[dict[str, Any], dict[tuple[int, ...], Path]]:
    """Put the parts of one condition together; give the data and where each part went in it."""
    paths: dict[tuple[int, ...], Path] = {}
    for number in sorted(said):
        part = said[number]
        if part.join is not None and part.join != "not":
            part.data[part.join] = []
        above = number[:-1]
        if above not in said:
            paths[number] = ()
            continue
        holder = said[above]
        if holder.join == "not":
            holder.data["not"] = part.data
            paths[number] = (*paths[above], "not")
        elif holder.join is not None:
            paths[number] = (*paths[above], holder.join, len(holder.data[holder.join]))
            holder.data[holder.join].append(part.data)
    return said[(1,)].data, paths


def outline(text: str, taken: Collection[tuple[int, ...]]) -> tuple[int, ...]:
    """Read the number of a part, such as 1.2; raises CellIsWrong."""
    pieces = text.split(".")
    if not all(piece.isdecimal() and piece.isascii() and len(piece) < 6 for piece in pieces):
        raise CellIsWrong(f"`{text[:40]}` will not do: write 1, then 1.1 and 1.2 within it")
    number = tuple(int(piece) for piece in pieces)
    if number in taken:
        raise CellIsWrong(f"the part {text} is given twice")
    if number[0] != 1 or (number == (1,)) != (not taken):
        raise CellIsWrong("a condition begins with the part 1, and all others stand within it")
    if len(number) > 1 and number[:-1] not in taken:
        raise CellIsWrong(f"the part {text} stands within a part that is not there, or comes later")
    return number


def _value_cell(compare: str, value: Any, *, counted: bool) -> Cell:
    if isinstance(value, list):
        return ", ".join(_item(one, counted=counted) for one in value) or "-"
    if isinstance(value, bool) and compare == "answered":
        return "yes" if value else "no"
    if compare in AMOUNTS:
        return number_cell(value)
    return _single(value, counted=counted and compare == "is")


def _single(value: Any, *, counted: bool) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return number_cell(value)
    text = escaped(value)
    is_misread = text.startswith('"') or (counted and not isinstance(plain_value(text), str))
    return quoted(text) if is_misread else text


def _item(value: Any, *, counted: bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = escaped(value)
    if counted and not isinstance(plain_value(text), str):
        return quoted(text)
    return list_item(text)


def _typed(item: Item, *, counted: bool) -> Any:
    bare = plain_value(item.text) if counted and not item.is_quoted else None
    return bare if isinstance(bare, bool | int | Decimal) else unescaped(item.text)
