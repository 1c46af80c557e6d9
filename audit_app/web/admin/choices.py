"""Choices of a list, and links to the pages of one."""

from collections.abc import Callable
from typing import Any, NamedTuple

from audit_app.storage.queries.paging import Page


class Choice(NamedTuple):
    """One choice of a list."""

    value: str
    text: str


def page_links(page: Page[Any], address: Callable[[int], str]) -> list[dict[str, object]]:
    """Give links to the first, the last and the pages near this one, with gaps between."""
    wanted = {1, page.pages, *range(page.number - 2, page.number + 3)}
    numbers = sorted(number for number in wanted if 1 <= number <= page.pages)
    links: list[dict[str, object]] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            links.append({"ellipsis": True})
        links.append({"number": number, "href": address(number), "current": number == page.number})
    return links if page.pages > 1 else []


def page_number(word: str) -> int:
    """Read which page is asked for; whatever means nothing is the first."""
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 6 else 1
