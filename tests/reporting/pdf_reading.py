"""Reading a finished PDF: its tags in reading order, and the words on its pages."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


@cache
def opened(made: bytes) -> pikepdf.Pdf:
    """The file as pikepdf reads it, which refuses a broken one; kept, as its parts need it."""
    return pikepdf.open(BytesIO(made))


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        found: Any = waiting.pop()
        if isinstance(found, pikepdf.Array):
            waiting.extend(reversed(list(found)))
        elif isinstance(found, pikepdf.Dictionary) and "/S" in found:
            yield found
            if "/K" in found:
                waiting.append(found.K)


def tagged(pdf: pikepdf.Pdf, *tags: str) -> list[Any]:
    """The elements with one of these tags, in reading order."""
    return [element for element in elements(pdf) if str(element.S) in tags]


def bookmarks(pdf: pikepdf.Pdf) -> list[str]:
    """The titles of the bookmarks, top level and below, in order."""

    def titles(items: Any) -> Iterator[str]:
        for item in items:
            yield item.title
            yield from titles(item.children)

    with pdf.open_outline() as outline:
        return list(titles(outline.root))


def page_words(pdf: pikepdf.Pdf, number: int) -> str:
    """The words of a page with head and foot, in the order drawn."""
    page = pdf.pages[number - 1]
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    letters: dict[int, str] = {}
    said = []
    for drawn in pikepdf.parse_content_stream(page):
        operator, operands = str(drawn.operator), list(drawn.operands)
        if operator == "Tf":
            letters = fonts[str(operands[0])]
        elif operator == "TJ":
            codes = b"".join(bytes(o) for o in operands[0] if isinstance(o, pikepdf.String))
            pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
            said += [letters.get(int.from_bytes(pair, "big"), "") for pair in pairs]
        elif operator == "ET":
            said.append("\n")
    return "".join(said)


def all_words(pdf: pikepdf.Pdf) -> str:
    """The words of every page as one text, whatever lines they were broken into."""
    pages = (page_words(pdf, number) for number in range(1, len(pdf.pages) + 1))
    return " ".join(" ".join(pages).split())


def _letters(font: Any) -> dict[int, str]:
    """What each code of a font means, from its own table."""
    table = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    pairs = re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", table)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
