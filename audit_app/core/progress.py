"""How far a return has come: what is answered, what is left, and about how long that takes."""

from collections.abc import Mapping
from typing import NamedTuple

from audit_app.core.evidence.needed import level_without_evidence
from audit_app.core.plans import plan_for
from audit_app.core.questionnaire import Questionnaire, Section
from audit_app.core.replies import Reply
from audit_app.core.results import Result, Standing

DONE = frozenset(
    {Standing.ANSWERED, Standing.UNSCORED, Standing.CLAIMED, Standing.AUTOMATIC, Standing.REJECTED}
)


class SectionProgress(NamedTuple):
    """One section: its questions that are asked now, and those still to be answered, by id."""

    section: Section
    asked: tuple[str, ...]
    left: tuple[str, ...]
    started: bool

    @property
    def status(self) -> str:
        """Say "completed", "incomplete" or "not_started"."""
        if not self.left:
            return "completed"
        return "incomplete" if self.started else "not_started"


class Progress(NamedTuple):
    """A whole return: every top section with questions to answer, and what is left.

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
    plan = plan_for(questionnaire, kind)
    required = {row.id for row in plan.rows if row.required}
    sections = []
    lacking = _lacking(questionnaire, result, replies)
    for section in questionnaire.sections:
        asked = tuple(
            row.id
            for row in plan.rows
            if questionnaire.placed[row.id].path[0].id == section.id
            and result.questions[row.id].standing is not Standing.HIDDEN
        )
        # An optional question left blank does not keep a section open.
        left = tuple(
            name
            for name in asked
            if (result.questions[name].standing not in DONE and name in required) or name in lacking
        )
        started = any(name in replies and replies[name].stands for name in asked)
        if asked:
            sections.append(SectionProgress(section, asked, left, started))
    asked_now = sum(len(section.asked) for section in sections)
    left_now = tuple(name for section in sections for name in section.left)
    every = max(1, len(questionnaire.placed))
    minutes = -(-questionnaire.minutes * len(left_now) // every)
    answered = sum(
        result.questions[name].standing in DONE and name not in lacking
        for section in sections
        for name in section.asked
    )
    return Progress(
        tuple(sections),
        asked_now,
        answered,
        minutes,
        left_now,
        tuple(name for name in left_now if name in lacking),
    )


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
