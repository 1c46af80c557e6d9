"""Checks of pages with several questions: few, simple, and none hidden by what no page can tell."""

from collections.abc import Iterator

from audit_app.core.checks.found import Found, questions_of
from audit_app.core.conditions import Condition
from audit_app.core.marked import Path
from audit_app.core.pages import SHOWN_BY, shown_by
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question, XOfY

MOST_ON_A_PAGE = 8
SIMPLE = frozenset(
    {
        "yes_no",
        "yes_partly_no",
        "choice",
        "choices",
        "number",
        "percentage",
        "x_of_y",
        "date",
        "text",
    }
)
"""Kinds that may share a page: no table, no descriptors to weigh, nothing to sign or to cite."""


def pages_are_simple(questionnaire: Questionnaire) -> Iterator[Found]:
    """A page holds a few simple questions of one section, and can be shown without asking back."""
    paths = {at.question.id: at.path for at in questions_of(questionnaire)}
    for first, page in questionnaire.pages.items():
        if page[0] != first or len(page) == 1:
            continue
        if len(page) > MOST_ON_A_PAGE:
            at = (*paths[page[MOST_ON_A_PAGE]], "with_previous")
            yield Found(at, f"at most {MOST_ON_A_PAGE} questions stand on one page")
        for place, name in enumerate(page):
            question = questionnaire.question(name)
            if question.kind not in SIMPLE:
                yield Found(paths[name], f"a question of kind {question.kind} has a page to itself")
            if place:
                yield from _fits(questionnaire, question, page[:place], paths[name])
    yield from _has_none_before(questionnaire, paths)


def _has_none_before(questionnaire: Questionnaire, paths: dict[str, Path]) -> Iterator[Found]:
    for page in dict.fromkeys(questionnaire.pages.values()):
        question = questionnaire.question(page[0])
        if question.with_previous:
            yield Found((*paths[page[0]], "with_previous"), "there is no question before it")


def _fits(
    questionnaire: Questionnaire, question: Question, before: tuple[str, ...], path: Path
) -> Iterator[Found]:
    placed = questionnaire.placed
    if placed[question.id].section is not placed[before[0]].section:
        yield Found((*path, "with_previous"), "the question before it is in another section")
    if isinstance(question, XOfY) and question.y_from and question.y_from.question in before:
        yield Found((*path, "y_from"), "the figure it is out of must stand on an earlier page")
    if question.when and set(question.when.questions()) & set(before):
        yield from _can_be_shown(questionnaire, question.when, path)


def _can_be_shown(questionnaire: Questionnaire, when: Condition, path: Path) -> Iterator[Found]:
    if shown_by(when) is None:
        uses = ", ".join(f"`{name}`" for name in sorted(SHOWN_BY))
        yield Found(
            (*path, "when"),
            f"on the page of the question it looks at, a condition is one comparison by {uses}",
        )
    elif questionnaire.question(str(when.question)).kind not in CHOSEN:
        yield Found((*path, "when"), "it looks at a question of its page whose answer is typed in")


CHOSEN = frozenset({"yes_no", "yes_partly_no", "choice", "choices"})
"""Kinds whose answer is a tick, which a page can see at once."""
