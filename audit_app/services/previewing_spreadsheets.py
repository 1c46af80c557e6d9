"""Reading a return that came back as a spreadsheet, and keeping what it would change."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from audit_app.core.checking_replies import Context
from audit_app.core.confirming import How, Touched, as_kept, touched
from audit_app.core.evidence.needed import backed_as
from audit_app.core.london import london_date
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Stage, Standing
from audit_app.core.return_sheets.hearing_rows import reply_of
from audit_app.core.return_sheets.layout import ANSWER, ANSWERS, CLOSED, LAYOUT, STILL_TRUE
from audit_app.core.return_sheets.reading import (
    Identity,
    NotAReturn,
    Typed,
    Wrong,
    identity_of,
    read_sheets,
)
from audit_app.core.scoring import score
from audit_app.services.reading_returns import replies_of
from audit_app.services.return_cells import read_return_cells
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import AuditReturn, Person, ReturnSpreadsheet
from audit_app.storage.questionnaire_library import asked_of

NOT_ASKED = "This is not asked of you, given your other answers: nothing is saved here."


def preview_spreadsheet(
    session: Session,
    audit_return: AuditReturn,
    content: bytes,
    *,
    file_name: str,
    by: Person,
    now: datetime,
) -> ReturnSpreadsheet:
    """Keep what a file would change, to be looked at; nothing else is written.

    Raises NotAReturn where it is no spreadsheet, another return's, or another version's.
    """
    sheets = read_return_cells(content, name=file_name)
    _refuse_others(audit_return, identity_of(sheets))
    questionnaire, kind = asked_of(session, audit_return), audit_return.organisation.kind
    typed, wrong = read_sheets(sheets, questionnaire, kind=kind)
    replies = replies_of(session, audit_return)
    opened = open_questions(session, audit_return)
    rows: list[dict[str, Any]] = []
    for one in typed:
        if not one.was_touched:
            continue
        if opened is not None and one.question.id not in opened:
            wrong.append(Wrong(one.question.id, ANSWERS, one.row, ANSWER, "", CLOSED))
            continue
        context = context_of(questionnaire, kind, replies, now)
        reply, refused = reply_of(one, context)
        wrong += refused
        before, how = replies.get(one.question.id), _how(one)
        if reply is not None and not _is_left_open(before, reply, how):
            replies[one.question.id] = backed_as(as_kept(before, reply, how), before)
            rows.append(_kept(one, reply, how))
    hidden = hidden_by(questionnaire, kind, replies, now)
    wrong += [not_asked(row) for row in rows if row["question"] in hidden]
    kept = ReturnSpreadsheet(
        audit_return_id=audit_return.id,
        file_name=" ".join(file_name.split())[-200:] or "file",
        sha256=sha256(content).hexdigest(),
        at=now,
        by_id=by.id,
        rows=[row for row in rows if row["question"] not in hidden],
        refused=[one._asdict() for one in wrong],
    )
    session.add(kept)
    session.flush()
    return kept


def context_of(
    questionnaire: Questionnaire, kind: str, replies: Mapping[str, Reply], now: datetime
) -> Context:
    """Give what a reply is checked against, beside these replies."""
    values = {name: reply.value for name, reply in replies.items() if reply.stands}
    return Context(questionnaire, kind, london_date(now), values)


def hidden_by(
    questionnaire: Questionnaire, kind: str, replies: Mapping[str, Reply], now: datetime
) -> frozenset[str]:
    """Name the questions that are not asked, given these answers."""
    result = score(questionnaire, replies, kind=kind, on=london_date(now), stage=Stage.DRAFT)
    return frozenset(
        name for name, one in result.questions.items() if one.standing is Standing.HIDDEN
    )


def not_asked(row: Mapping[str, Any]) -> Wrong:
    """Say of a row that its question is not asked."""
    return Wrong(row["question"], row["sheet"], row["row"], ANSWER, "", NOT_ASKED)


def _refuse_others(audit_return: AuditReturn, whose: Identity) -> None:
    """Refuse the file of another return, of another version, or of another layout."""
    if whose.return_id != str(audit_return.id):
        raise NotAReturn(
            "This is the spreadsheet of another return. Upload it on the page of that return, or "
            "download this one’s."
        )
    if whose.content_hash != audit_return.content_hash:
        raise NotAReturn(
            "This spreadsheet asks another version of the questions. Download it again, and copy "
            "your answers into the new one."
        )
    if whose.layout != LAYOUT:
        raise NotAReturn(
            "This spreadsheet was made by another version of the service. Download it again, and "
            "copy your answers into the new one."
        )


def _how(typed: Typed) -> How:
    """Say whether what came forward was confirmed in its row."""
    is_confirmed = str(typed.cells[STILL_TRUE]).strip().casefold() == "yes"
    return How.CONFIRMED if is_confirmed else How.KEPT


def _is_left_open(before: Reply | None, reply: Reply, how: How) -> bool:
    """Say whether all that was typed is that an answer brought forward is not confirmed."""
    if before is None or touched(before, reply) is not Touched.NOTHING:
        return False
    return as_kept(before, reply, how).needs_review


def _kept(typed: Typed, reply: Reply, how: How) -> dict[str, Any]:
    said = {
        "value": reply.value,
        "commentary": reply.commentary,
        "not_applicable": reply.not_applicable,
    }
    return {
        "question": typed.question.id,
        "sheet": ANSWERS,
        "row": typed.row,
        "version": typed.version,
        "reply": said,
        "how": how.value,
    }
