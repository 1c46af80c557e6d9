"""How far a return has come: what is answered, what is left, and about how long that takes."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from audit_app.core.evidence.needed import level_without_evidence
from audit_app.core.plans import plan_for
from audit_app.core.questionnaire import Questionnaire, Section
from audit_app.core.replies import Reply
from audit_app.core.results import Result, Standing

DONE = frozenset(
    {Standing.ANSWERED, Standing.UNSCORED, Standing.CLAIMED, Standing.AUTOMATIC, Standing.REJECTED}
)

EFFORT: dict[str, int] = {
    "yes_no": 1,
    "choice": 1,
    "date": 1,
    "number": 2,
    "percentage": 2,
    "choices": 2,
    "yes_partly_no": 2,
    "declaration": 2,
    "rating": 3,
    "x_of_y": 3,
    "evidence": 3,
    "text": 4,
    "table": 6,
}
"""How much longer one kind of question takes than another: a tick is 1, a table of people is 6.

The author says how many minutes the whole questionnaire takes; these say how they are shared out.
"""


class SectionProgress(NamedTuple):
    """One section: its questions that are asked now, those still to be answered, by id.

    `optional` are those asked that may be left blank: they are no part of what is left.
    """

    section: Section
    asked: tuple[str, ...]
    left: tuple[str, ...]
    started: bool
    optional: tuple[str, ...] = ()

    @property
    def needed(self) -> int:
        """Count the questions that must be answered."""
        return len(self.asked) - len(self.optional)

    @property
    def status(self) -> str:
        """Say "completed", "incomplete" or "not_started"."""
        if not self.left:
            return "completed"
        return "incomplete" if self.started else "not_started"


class Progress(NamedTuple):
    """A whole return: every top section with questions to answer, and what is left.

    `asked` and `answered` count the questions that must be answered, so that everybody who reads
    of a return - who answers, who runs the round, who watches it - reads the same figures.
    `lacking` names those of `blocking` that are answered and still need evidence.
    """

    sections: tuple[SectionProgress, ...]
    asked: int
    answered: int
    minutes_left: int
    blocking: tuple[str, ...]
    lacking: tuple[str, ...] = ()

    @property
    def sections_left(self) -> int:
        """Count the sections that are not completed."""
        return sum(section.status != "completed" for section in self.sections)

    @property
    def may_submit(self) -> bool:
        """Say whether every question that must be answered is."""
        return not self.blocking


def progress_of(
    questionnaire: Questionnaire, result: Result, replies: Mapping[str, Reply], *, kind: str
) -> Progress:
    """Measure a return against the questions it is asked now, by its draft or final result."""
    asked: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    optional: dict[str, list[str]] = {}
    started: set[str] = set()
    placed, found = questionnaire.placed, result.questions
    lacking = _lacking(questionnaire, result, replies)
    for row in plan_for(questionnaire, kind).rows:
        name, standing = row.id, found[row.id].standing
        if standing is Standing.HIDDEN:
            continue
        top = placed[name].path[0].id
        asked.setdefault(top, []).append(name)
        must = row.required or name in lacking
        if not must:
            # An optional question left blank does not keep a section open.
            optional.setdefault(top, []).append(name)
        reply = replies.get(name)
        if reply is not None and reply.stands:
            started.add(top)
        if must and (standing not in DONE or name in lacking):
            left.setdefault(top, []).append(name)
    sections = tuple(
        SectionProgress(
            section,
            tuple(asked[section.id]),
            tuple(left.get(section.id, ())),
            section.id in started,
            tuple(optional.get(section.id, ())),
        )
        for section in questionnaire.sections
        if section.id in asked
    )
    blocking = tuple(name for section in sections for name in section.left)
    needed = sum(section.needed for section in sections)
    minutes = minutes_for(questionnaire, blocking)
    return Progress(
        sections,
        needed,
        needed - len(blocking),
        minutes,
        blocking,
        tuple(name for name in blocking if name in lacking),
    )


def minutes_for(questionnaire: Questionnaire, names: Iterable[str]) -> int:
    """Give about how many minutes some questions take, rounded up: their share of the whole.

    The author's `minutes` are shared among all questions of the file by their EFFORT.
    """
    placed = questionnaire.placed
    some = sum(EFFORT[placed[name].question.kind] for name in names)
    every = sum(EFFORT[one.question.kind] for one in placed.values())
    return -(-questionnaire.minutes * some // max(1, every))


def _lacking(
    questionnaire: Questionnaire, result: Result, replies: Mapping[str, Reply]
) -> frozenset[str]:
    """Name the answers whose level needs evidence that is not there."""
    return frozenset(
        name
        for name, reply in replies.items()
        if name in result.questions
        and level_without_evidence(questionnaire.question(name), result.questions[name], reply)
    )
