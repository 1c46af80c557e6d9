"""A finished page turned back into a plain template, as somebody might have written it by hand.

What repeats - radios, tasks, rows of a table - becomes a loop over its data; long texts, which
come from the questionnaire or from people, become variables that Jinja escapes; the token and the
nonce are asked for on each request. What is left stands in the template as it is: no macros, no
includes, no inheritance. The proof of it is that it prints the same page again, byte for byte.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

REPEATED = (
    '<div class="govuk-radios__item',
    '<div class="govuk-checkboxes__item',
    '<li class="govuk-task-list__item',
    '<tr role="row" class="govuk-table__row"',
    '<fieldset class="govuk-fieldset app-row-card"',
)
"""How the parts of a page begin that a person would write once, in a loop."""

PART = re.compile(r'"[^"]*"|<|(?: checked| selected)?>|(?:(?! checked>| selected>)[^"<>])+')
"""A value in quotes, a bracket (with what a browser would leave out beside it), or words."""

LONG_TEXT = re.compile(r">([^<>{}]{40,})<")

Facts = dict[str, list[list[str]] | list[str]]


class Plain(NamedTuple):
    """A template, and the facts it prints."""

    template: str
    facts: Facts


class Element(NamedTuple):
    """Where an element of a page begins and ends, and its markup in parts."""

    start: int
    end: int
    parts: list[str]


def plain_page(html: str, *, token: str, nonce: str) -> Plain:
    """Make the template of a page, and the facts with which it gives the page again."""
    made = html.replace(token, "{{ csrf_token() }}").replace(nonce, "{{ csp_nonce() }}")
    facts: Facts = {}
    for mark in REPEATED:
        made = _with_loops(made, mark, facts)
    texts: list[str] = []

    def named(text: re.Match[str]) -> str:
        texts.append(unescape(text[1]))
        return f">{{{{ texts[{len(texts) - 1}] }}}}<"

    made = LONG_TEXT.sub(named, made)
    return Plain(made, {**facts, "texts": texts})


def _with_loops(html: str, mark: str, facts: Facts) -> str:
    made, done = [], 0
    for group in _groups(html, mark):
        name = f"rows_{len(facts)}"
        columns = list(zip(*(element.parts for element in group), strict=True))
        varying = [place for place, parts in enumerate(columns) if len(set(parts)) > 1]
        facts[name] = [[_value(element.parts[place]) for place in varying] for element in group]
        made += [html[done : group[0].start], f"{{% for row in {name} %}}"]
        gap = html[group[0].end : group[1].start]
        made.append(f"{{% if not loop.first %}}{gap}{{% endif %}}")
        for place, parts in enumerate(columns):
            variable = f"{{{{ row[{varying.index(place)}] }}}}" if place in varying else ""
            quote, end = _frame(parts[0])
            made.append(f"{quote}{variable}{end}" if variable else parts[0])
        made.append("{% endfor %}")
        done = group[-1].end
    return "".join([*made, html[done:]])


def _groups(html: str, mark: str) -> Iterator[list[Element]]:
    """Give runs of two and more elements of one shape that stand next to each other."""
    group: list[Element] = []
    for element in _elements(html, mark):
        if group and _goes_on(html, group, element):
            group.append(element)
            continue
        if len(group) > 1:
            yield group
        group = [element]
    if len(group) > 1:
        yield group


def _goes_on(html: str, group: list[Element], element: Element) -> bool:
    gap = html[group[-1].end : element.start]
    first_gap = html[group[0].end : group[1].start] if len(group) > 1 else gap
    shapes = [[_frame(part) for part in one.parts] for one in (group[0], element)]
    return not gap.strip() and gap == first_gap and shapes[0] == shapes[1]


def _frame(part: str) -> tuple[str, str]:
    """Give what stands around the value of a part, whatever the value is."""
    if part.startswith('"'):
        return '"', '"'
    return ("", part[-1]) if part[-1] in "<>" else ("", "")


def _value(part: str) -> str:
    start, end = _frame(part)
    return unescape(part[len(start) : len(part) - len(end)])


def _elements(html: str, mark: str) -> Iterator[Element]:
    tag = mark[1:].partition(" ")[0]
    ends = re.compile(rf"<(/?){tag}\b")
    at = html.find(mark)
    while at >= 0:
        depth = 0
        for found in ends.finditer(html, at):
            depth += -1 if found[1] else 1
            if depth == 0:
                end = html.index(">", found.start()) + 1
                break
        yield Element(at, end, PART.findall(html[at:end]))
        at = html.find(mark, end)
