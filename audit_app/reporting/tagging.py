"""What a drawn document still needs, to be read aloud well: which way each table header points."""

from typing import Any


def add_scopes(document: object, pdf: Any) -> None:
    """Say of every header cell whether it heads its column or its row.

    WeasyPrint 70 joins cells to headers by their ids alone; many screen readers look for the
    scope. A header in the head of a table heads its column, any other its row.
    """
    objects: list[Any] = [thing for thing in pdf.objects if isinstance(thing, dict)]
    elements = {thing.number: thing for thing in objects if thing.get("Type") == "/StructElem"}
    for element in elements.values():
        if element["S"] == "/TH" and "A" in element:
            element["A"]["Scope"] = "/Column" if _is_in_head(element, elements) else "/Row"


def _is_in_head(element: Any, elements: dict[int, Any]) -> bool:
    while element is not None and element["S"] != "/Table":
        if element["S"] == "/THead":
            return True
        element = elements.get(_number(element["P"]))
    return False


def _number(reference: bytes) -> int:
    """Read the object's number in a reference such as `12 0 R`."""
    return int(reference.split()[0])
