"""Links to the pages of a long list: the first, the last, and those around this one."""

from collections.abc import Callable
from typing import Any

from audit_app.storage.queries.paging import Page

AROUND = 2


def page_links(page: Page[Any], address: Callable[[int], str]) -> list[dict[str, object]]:
    """Give what the pagination macro prints; nothing for a list of one page."""
    if page.pages == 1:
        return []
    near = range(page.number - AROUND, page.number + AROUND + 1)
    shown = sorted({1, page.pages} | {one for one in near if 1 <= one <= page.pages})
    links: list[dict[str, object]] = []
    before = 0
    for number in shown:
        if number > before + 1:
            links.append({"ellipsis": True})
        links.append({"number": number, "href": address(number), "current": number == page.number})
        before = number
    return links
