"""The return that a page is about, as far as the person asking may see it."""

from typing import Any, NamedTuple
from uuid import UUID

from flask import abort

from audit_app.core.checking_replies import Context
from audit_app.core.lifecycle import RETURNED, may_be_answered
from audit_app.core.permissions import Permission
from audit_app.core.progress import Progress, SectionProgress, progress_of
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Result, Standing
from audit_app.core.scoring import score
from audit_app.core.waiting import sections_that_may_grow
from audit_app.services.answering import is_over
from audit_app.services.reading_returns import backed_replies, scored_on, stage_of
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import Answer, AuditReturn
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.returns import return_open_to
from audit_app.storage.questionnaire_library import asked_of
from audit_app.web.access import current_person, may
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.noting import note_reading


class Opened(NamedTuple):
    """A return with its answers, and how far it has come."""

    audit_return: AuditReturn
    questionnaire: Questionnaire
    kind: str
    answers: dict[str, Answer]
    replies: dict[str, Reply]
    result: Result
    progress: Progress

    @property
    def values(self) -> dict[str, Any]:
        """Give the values that stand, which conditions and other answers look at."""
        return {name: reply.value for name, reply in self.replies.items() if reply.stands}

    @property
    def context(self) -> Context:
        """Give what a reply is checked against."""
        return Context(self.questionnaire, self.kind, today(), self.values)

    @property
    def minutes_left(self) -> int:
        """Give about how long what is left takes."""
        return about(self.progress.minutes_left)

    @property
    def may_grow(self) -> frozenset[str]:
        """Name the top sections in which an open answer may bring up more questions."""
        return sections_that_may_grow(self.questionnaire, self.result, kind=self.kind)

    def section_of(self, question_id: str) -> SectionProgress | None:
        """Give the top section in which a question is asked now; None where it is hidden."""
        return next((s for s in self.progress.sections if question_id in s.asked), None)

    def is_asked(self, question_id: str) -> bool:
        """Say whether a question is asked now, given the earlier answers."""
        return self.result.questions[question_id].standing is not Standing.HIDDEN


def about(minutes: int) -> int:
    """Round minutes as people would: to five beyond a quarter of an hour, to ten beyond an hour."""
    step = 1 if minutes <= 15 else 5 if minutes <= 60 else 10
    return -(-minutes // step) * step


def return_for(
    return_id: UUID, permission: Permission, *, shows_answers: bool = True
) -> AuditReturn:
    """Load a return for a person who may do this to it; for everybody else there is none.

    What was not sent, or was withdrawn, belongs to those who write it, and to the coordinator.
    """
    audit_return = return_open_to(session(), current_person(), return_id)
    if audit_return is None or not may(permission, audit_return):
        abort(404)
    is_draft = shows_answers and audit_return.state not in RETURNED
    if is_draft and not may(Permission.READ_DRAFT, audit_return):
        abort(404)
    note_reading(audit_return)
    return audit_return


def opened(audit_return: AuditReturn) -> Opened:
    """Read the answers of a return and measure how far it has come."""
    questionnaire = asked_of(session(), audit_return)
    kind = audit_return.organisation.kind
    answers = answers_of(session(), audit_return)
    replies = backed_replies(session(), audit_return, answers)
    result = score(
        questionnaire,
        replies,
        kind=kind,
        on=scored_on(audit_return, today()),
        stage=stage_of(audit_return),
    )
    progress = progress_of(questionnaire, result, replies, kind=kind)
    return Opened(audit_return, questionnaire, kind, answers, replies, result, progress)


def with_reply(found: Opened, question_id: str, reply: Reply) -> Opened:
    """Give the return as it is with one more reply, without asking the database again."""
    replies = {**found.replies, question_id: reply}
    result = score(
        found.questionnaire, replies, kind=found.kind, on=today(), stage=found.result.stage
    )
    progress = progress_of(found.questionnaire, result, replies, kind=found.kind)
    return found._replace(replies=replies, result=result, progress=progress)


def is_open(audit_return: AuditReturn) -> bool:
    """Say whether answers may still be saved."""
    return may_be_answered(audit_return.state) and not is_over(audit_return, now())


def is_open_for(audit_return: AuditReturn, question_id: str) -> bool:
    """Say whether this question may be answered now: some are closed while changes are made."""
    if not is_open(audit_return):
        return False
    opened_now = open_questions(session(), audit_return)
    return opened_now is None or question_id in opened_now


def is_returned(audit_return: AuditReturn) -> bool:
    """Say whether a submitted result stands."""
    return audit_return.state in RETURNED
