"""Sections written once and repeated for each fact of the reviews that the board must be sure of.

A section with `repeat` is a pattern. Each `{word}` in its texts is replaced by what the reviews say
of one fact, and an item `{words}` of a list by as many items as there are. What is published, and
what a return pins, is the questionnaire as it stands after that, with all its sections written out:
a later change of a review changes nothing for whoever has begun to answer.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from audit_app.core.marked import Path, Written
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.reviews import Assured, Fact, Finding, Recommendation, Review
from audit_app.core.sources import Sources

OVER: dict[str, Callable[[Review], tuple[Fact, ...]]] = {
    "to_be_assured": lambda review: tuple(review.to_be_assured),
    "recommendations": lambda review: review.recommendations,
    "findings": lambda review: review.findings,
}
"""What a section can be repeated for. "to_be_assured" are the recommendations, and the findings of
a review that makes none."""

WORD = re.compile(r"\{([^{}]*)\}")


def is_repeated(data: Any) -> bool:
    """Say whether any section of a file, read as plain data, is a pattern."""
    return any(True for _ in _patterns(data, ()))


def with_repeats(marked: Written, sources: Sources | None, *, name: str) -> "Repeated":
    """Write every pattern out; raises CannotBeRead with what is wrong, each at its line.

    Problems found later, of a section that was written out, are told at the pattern's line.
    """
    if sources is None:
        path = next(_patterns(marked.data, ()))
        said = "this repeats facts of the reviews, which are not at hand here"
        raise CannotBeRead([marked.problem((*path, "repeat"), said)])
    problems: list[Problem] = []
    came_from: dict[Path, Path] = {}
    data = dict(marked.data)
    data["sections"] = _sections(
        data["sections"], ("sections",), ("sections",), marked, sources, problems, came_from
    )
    if problems:
        raise CannotBeRead(sorted(set(problems), key=lambda one: one[1:3]))
    return Repeated(data, marked, came_from, name)


class Repeated:
    """Plain data with its patterns written out, and where each part of it was written."""

    def __init__(
        self, data: Any, marked: Written, came_from: Mapping[Path, Path], name: str
    ) -> None:
        self.data, self.name = data, name
        self._marked, self._came_from = marked, came_from
        self.marks = _Places(self)

    def problem(self, path: Path, message: str, *, is_warning: bool = False) -> Problem:
        """Make a problem where the part, or the pattern that it came from, was written."""
        return self._marked.problem(self.written(path), message, is_warning=is_warning)

    def written(self, path: Path) -> Path:
        """Give the path in the file of a part of the data."""
        for length in range(len(path), 0, -1):
            origin = self._came_from.get(path[:length])
            if origin is not None:
                return (*origin, *path[length:])
        return path

    def is_there(self, path: Path) -> bool:
        """Say whether the file has a part of which this one was made."""
        return self.written(path) in self._marked.marks


class _Places:
    """The parts of which the place is known, as a container."""

    def __init__(self, repeated: Repeated) -> None:
        self._repeated = repeated

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and self._repeated.is_there(path)


def _patterns(data: Any, at: Path) -> Iterator[Path]:
    sections = data.get("sections") if isinstance(data, Mapping) else None
    for place, section in enumerate(sections if isinstance(sections, list) else ()):
        path = (*at, "sections", place)
        if isinstance(section, Mapping):
            if "repeat" in section:
                yield path
            yield from _patterns(section, path)


def _sections(
    sections: Any,
    at: Path,
    to: Path,
    marked: Written,
    sources: Sources,
    problems: list[Problem],
    came_from: dict[Path, Path],
) -> Any:
    if not isinstance(sections, list):
        return sections
    written: list[Any] = []
    for place, section in enumerate(sections):
        path = (*at, place)
        if not isinstance(section, Mapping):
            came_from[(*to, len(written))] = path
            written.append(section)
            continue
        if "repeat" in section:
            for one in _repeated(section, path, marked, sources, problems):
                came_from[(*to, len(written))] = path
                written.append(one)
            continue
        inner = dict(section)
        here = (*to, len(written))
        came_from[here] = path
        if "sections" in inner:
            inner["sections"] = _sections(
                inner["sections"],
                (*path, "sections"),
                (*here, "sections"),
                marked,
                sources,
                problems,
                came_from,
            )
        written.append(inner)
    return written


def _repeated(
    section: Mapping[str, Any],
    path: Path,
    marked: Written,
    sources: Sources,
    problems: list[Problem],
) -> Iterator[Any]:
    over = section["repeat"]
    if not isinstance(over, str) or over not in OVER:
        said = f"a section is repeated for {', '.join(f'`{one}`' for one in OVER)}"
        problems.append(marked.problem((*path, "repeat"), said))
        return
    if any(True for _ in _patterns(section, ())):
        said = "a section that is repeated cannot have another such section in it"
        problems.append(marked.problem((*path, "repeat"), said))
        return
    pattern = {name: part for name, part in section.items() if name != "repeat"}
    for review in sources.reviews:
        for fact in OVER[over](review):
            words = _words(fact, review, sources)
            if words is None:
                said = f"`{fact.id}` has no `assured` in the reviews, which this needs"
                problems.append(marked.problem((*path, "repeat"), said))
                continue
            yield _filled(pattern, words, path, marked, problems)


Words = dict[str, str | list[str]]


def _words(fact: Fact, review: Review, sources: Sources) -> Words | None:
    """Give what each word stands for, of one fact; None where nobody has said how it is assured."""
    assured: Assured | None = getattr(fact, "assured", None)
    if assured is None:
        return None
    responses = review.responses_to(fact.id)
    owners = list(fact.owners)
    if isinstance(fact, Finding):
        # A finding is addressed to the board; who must act stands in the responses to it.
        owners += [owner for one in responses for owner in one.owners]
    owners = list(dict.fromkeys(owners))
    known = sources.owners.owners
    kinds = [kind for owner in owners if known[owner].everybody for kind in known[owner].kinds]
    return {
        "id": fact.id,
        "name": _name(fact, review),
        "review": review.name,
        **assured.model_dump(),
        "owner_names": _listed([known[owner].name for owner in owners]),
        "owners": [owner for owner in owners if not known[owner].everybody],
        "owner_kinds": list(dict.fromkeys(kinds)),
        "responses": [one.id for one in responses],
        "deadline": [review.due.stated_in] if review.due.stated_in else [],
    }


def _name(fact: Fact, review: Review) -> str:
    """Name a fact as people do: "Newsletter, Child One, recommendation 3"."""
    number = fact.id.rsplit("-", 1)[-1]
    word = "recommendation" if isinstance(fact, Recommendation) else "finding"
    child = f"Child {fact.child.capitalize()}, " if fact.child else ""
    return f"{review.name}, {child}{word} {number}"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _filled(part: Any, words: Words, path: Path, marked: Written, problems: list[Problem]) -> Any:
    """Fill one part of a pattern in, once: what is put in is never looked at again."""
    if isinstance(part, Mapping):
        return {
            name: _filled(inner, words, (*path, name), marked, problems)
            for name, inner in part.items()
        }
    if isinstance(part, list):
        items: list[Any] = []
        for place, inner in enumerate(part):
            whole = WORD.fullmatch(inner) if isinstance(inner, str) else None
            many = words.get(whole[1]) if whole else None
            if isinstance(many, list):
                items += many
            else:
                items.append(_filled(inner, words, (*path, place), marked, problems))
        return items
    return _put_in(part, words, path, marked, problems) if isinstance(part, str) else part


def _put_in(text: str, words: Words, path: Path, marked: Written, problems: list[Problem]) -> str:
    def value(found: re.Match[str]) -> str:
        said = words.get(found[1])
        if isinstance(said, str):
            return said
        if isinstance(said, list):
            told = f"`{{{found[1]}}}` is a list: it stands by itself as an item of one"
        else:
            told = f"`{{{found[1]}}}` means nothing here; there are {', '.join(words)}"
        problems.append(marked.problem(path, told))
        return ""

    return WORD.sub(value, text)
