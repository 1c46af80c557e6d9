"""What a save has to know of a return, read once, before anybody else is kept waiting."""

from typing import Any, NamedTuple
from uuid import UUID

from flask import abort

from audit_app.core.checking_replies import Context
from audit_app.core.evidence.needed import Pieces, backed, with_evidence
from audit_app.core.permissions import Permission
from audit_app.core.progress import progress_of
from audit_app.core.questionnaire import Questionnaire, is_put_to
from audit_app.core.questions import Question
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from audit_app.core.tables import Column
from audit_app.services.answering import WorkedOut
from audit_app.services.counting_progress import Counted, replies_from
from audit_app.services.self_ratings import colour_of
from audit_app.storage.models import AuditReturn
from audit_app.storage.queries.answers import Mark, StandingReply, mark_in, standing_replies
from audit_app.storage.queries.evidence_behind import pieces_behind
from audit_app.storage.questionnaire_library import asked_of
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.returns.opening import Opened, return_for
from audit_app.web.returns.question_page import columns_put_to


class Entered(NamedTuple):
    """A question of a return and what the return says, without the records of its answers."""

    audit_return: AuditReturn
    questionnaire: Questionnaire
    kind: str
    question: Question
    standing: list[StandingReply]
    pieces: Pieces
    replies: dict[str, Reply]

    @property
    def values(self) -> dict[str, Any]:
        """Give the values that stand."""
        return {name: reply.value for name, reply in self.replies.items() if reply.stands}

    @property
    def columns(self) -> list[Column]:
        """Give the columns of a table that are put to this organisation."""
        return columns_put_to(self.question, self.kind, self.values)

    @property
    def context(self) -> Context:
        """Give what a reply is checked against."""
        return Context(self.questionnaire, self.kind, today(), self.values)

    @property
    def standing_reply(self) -> StandingReply | None:
        """Give what is kept of this question's answer, or None."""
        return next((one for one in self.standing if one.question_id == self.question.id), None)

    @property
    def is_answered(self) -> bool:
        """Say whether an answer stands already."""
        reply = self.replies.get(self.question.id)
        return reply is not None and reply.stands


def entered(return_id: UUID, question_id: str) -> Entered:
    """Read a return for somebody who may answer it; 404 for a question not put to it."""
    audit_return = return_for(return_id, Permission.ANSWER_RETURN)
    questionnaire, kind = asked_of(session(), audit_return), audit_return.organisation.kind
    placed = questionnaire.placed.get(question_id)
    if placed is None or not is_put_to(placed, kind):
        abort(404)
    standing = standing_replies(session(), audit_return.id)
    pieces = pieces_behind(session(), audit_return.id)
    replies = with_evidence(questionnaire, replies_from(standing), pieces)
    return Entered(audit_return, questionnaire, kind, placed.question, standing, pieces, replies)


def with_reply(given: Entered, reply: Reply) -> Opened:
    """Score the return with the new reply in it, once for everything that asks afterwards."""
    behind = given.pieces.get(given.question.id, ())
    replies = {**given.replies, given.question.id: backed(given.question, reply, behind)}
    result = score(given.questionnaire, replies, kind=given.kind, on=today(), stage=Stage.DRAFT)
    progress = progress_of(given.questionnaire, result, replies, kind=given.kind)
    return Opened(
        given.audit_return, given.questionnaire, given.kind, {}, replies, result, progress
    )


def worked_out(given: Entered, found: Opened, reply: Reply) -> WorkedOut:
    """Give what is known already of the return as it will stand after the save."""
    pieces = sum(len(behind) for behind in given.pieces.values())
    before = mark_in(given.standing, pieces=pieces)
    after = Mark(before.versions + 1, pieces)
    others = {row.question_id: row.value for row in given.standing}
    return WorkedOut(
        colour_of(given.questionnaire, given.kind, given.question, reply, others, now()),
        Counted(found.progress, after),
        waits=reply.needs_review,
    )
