"""What the page "Your RAG so far" shows: the sections worst first, those in order together."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from audit_app.core.questionnaire import Section
from audit_app.core.rag import NOT_APPLICABLE, RANK, Rag
from audit_app.core.saying_because import because, because_at_most
from audit_app.core.section_names import question_called
from audit_app.core.what_would_change import AreaSoFar, SectionSoFar, SoFar
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_words import section_title


class Choice(NamedTuple):
    """Answers that bring a section to a rating: any one of them, or only all of them together."""

    questions: tuple[str, ...]
    rating: str
    any_one: bool


class SectionLine(NamedTuple):
    """A section as the page prints it, and why it would come out so; None where it is open.

    `changes` are what would bring it to a better rating, those together that do the same alone.
    """

    section: Section
    title: str
    so_far: SectionSoFar
    because: str | None
    changes: tuple[Choice, ...]


class RatingPage(NamedTuple):
    """The page: what can be better, what is still open, what is in order, what does not count.

    `first` are the answers to begin with: critical ones, then Red before Amber. `names` says how
    each question is called. `may_open` are the
    questions that can be answered now, None where all can. `brought_forward` are answers of last
    time that nobody has confirmed, and `look_through` the section in which they begin.
    """

    so_far: SoFar
    better: tuple[SectionLine, ...]
    still_open: tuple[SectionLine, ...]
    in_order: tuple[SectionLine, ...]
    not_for_you: tuple[SectionLine, ...]
    first: tuple[str, ...]
    names: dict[str, str]
    brought_forward: tuple[str, ...]
    look_through: str | None
    may_open: frozenset[str] | None

    @property
    def areas(self) -> tuple[AreaSoFar, ...]:
        """Give the priority areas that something applies in."""
        return tuple(one for one in self.so_far.areas if one.applicable)

    def opens(self, question_id: str) -> bool:
        """Say whether a question can be answered now."""
        return self.may_open is None or question_id in self.may_open


def rating_page(found: Opened, so_far: SoFar, *, may_open: frozenset[str] | None) -> RatingPage:
    """Put the sections where they belong."""
    names = {
        name: question_called(name, section_title(placed.path[0], found.kind))
        for name, placed in found.questionnaire.placed.items()
    }
    lines = [_line(found, one, names) for one in so_far.sections]
    waiting = [name for name, reply in found.replies.items() if reply.needs_review]
    begins = next((name for name in found.questionnaire.placed if name in waiting), None)

    def those(are: Callable[[SectionSoFar], bool]) -> tuple[SectionLine, ...]:
        return tuple(line for line in lines if are(line.so_far))

    better = those(_can_be_better)
    return RatingPage(
        so_far=so_far,
        better=tuple(sorted(better, key=lambda line: _rank(line.so_far))),
        still_open=those(lambda one: one.would_be is None and one.at_most is None),
        in_order=those(lambda one: one.would_be == Rag.GREEN),
        not_for_you=those(lambda one: one.would_be == NOT_APPLICABLE),
        first=tuple(name for name in so_far.first if may_open is None or name in may_open)[:3],
        names=names,
        brought_forward=tuple(waiting),
        look_through=found.questionnaire.placed[begins].path[0].id if begins else None,
        may_open=may_open,
    )


def _line(found: Opened, one: SectionSoFar, names: dict[str, str]) -> SectionLine:
    word, why = found.questionnaire.section_word, None
    called = names.__getitem__
    if one.would_be in RANK:
        why = because(one.submitted, found.questionnaire.scoring.bands, word=word, called=called)
    elif one.at_most is not None:
        why = because_at_most(one.submitted, word=word, called=called)
    title = section_title(one.section, found.kind)
    return SectionLine(one.section, title, one, why, tuple(_choices(one)))


def _choices(one: SectionSoFar) -> Iterator[Choice]:
    alone: dict[str, list[str]] = {}
    for change in one.changes:
        if len(change.questions) == 1:
            alone.setdefault(change.rating, []).extend(change.questions)
    for rating, names in alone.items():
        yield Choice(tuple(names), rating, any_one=True)
    for change in one.changes:
        if len(change.questions) > 1:
            yield Choice(change.questions, change.rating, any_one=False)


def _can_be_better(one: SectionSoFar) -> bool:
    return one.would_be in (Rag.RED, Rag.AMBER) or one.at_most is not None


def _rank(one: SectionSoFar) -> int:
    return RANK[one.would_be or one.at_most or Rag.GREEN]
