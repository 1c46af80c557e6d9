"""The evidence of the demonstration: kept once for an organisation, behind answers of two years.

Nothing in it is drawn by chance. What the scanner said is a part of the story, as the people are:
every file is made here. Where no store is given, only what is cited is there.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.figures import months_after
from audit_app.core.lifecycle import State
from audit_app.core.london import london_date
from audit_app.core.replies import Reply
from audit_app.core.results import Result
from audit_app.services.demonstration.county import Setting
from audit_app.services.demonstration.files import made
from audit_app.services.demonstration.papers import Paper, papers_of
from audit_app.services.evidence_files import version_of
from audit_app.services.receiving_files import Keeping, receive
from audit_app.services.recording import Event
from audit_app.storage.models import AuditReturn, Evidence, EvidenceLink, Person, ScanState
from audit_app.storage.queries.history_in_bulk import Told, append_many

PUT_BEFORE = timedelta(days=1)
"""How long before the answers were sent the papers were put behind them."""


class Behind(NamedTuple):
    """A return whose answers have something behind them: what it says, and what that comes to."""

    audit_return: AuditReturn
    setting: Setting
    replies: Mapping[str, Reply]
    result: Result
    is_last: bool

    def answers_to(self, paper: Paper) -> list[str]:
        """Name the answers that a paper stands behind: none that says that there is nothing."""
        found = self.result.questions
        return [
            name
            for name in self.replies
            if paper.backs(name) and not (name in found and found[name].self_rag == "red")
        ]


def put_evidence(
    session: Session,
    behind: Behind,
    *,
    keeping: Keeping | None,
    by: Person,
    at: datetime,
    now: datetime,
) -> bool:
    """Put the papers of an organisation behind its answers; gives whether it has any."""
    put_at, told = at - PUT_BEFORE, list[Told]()
    for paper in papers_of(behind.setting):
        names = behind.answers_to(paper)
        if not names or (behind.is_last and not paper.was_there) or (paper.file and not keeping):
            continue
        evidence, event = _kept(session, behind, paper), Event.EVIDENCE_USED_AGAIN
        if evidence is None:
            evidence = _add(session, behind, paper, keeping, by=by, at=put_at, now=now)
            event = Event.EVIDENCE_ADDED
        elif paper.has_newer and keeping:
            # Where changes are asked for it came after sending: whoever checks reads the older.
            late = behind.audit_return.state is State.CHANGES_REQUESTED
            newer_at = now - timedelta(hours=1) if late else put_at
            _put_file(session, behind, evidence, paper, keeping, by=by, at=newer_at, number=2)
        for name in names:
            session.add(
                EvidenceLink(
                    evidence_id=evidence.id,
                    audit_return_id=behind.audit_return.id,
                    question_id=name,
                    at=put_at,
                    by_id=by.id,
                )
            )
            told.append(_told(behind, event, name, evidence))
            event = Event.EVIDENCE_USED_AGAIN
    if told:
        audit_return = behind.audit_return
        append_many(
            session,
            told,
            stream=f"return:{audit_return.id}",
            at=put_at,
            by_id=by.id,
            partnership_id=audit_return.cycle.partnership_id,
        )
    return bool(told)


def _told(behind: Behind, event: Event, question_id: str, evidence: Evidence) -> Told:
    """Tell the history what the service tells it when people do this."""
    audit_return = behind.audit_return
    return Told(
        event.value,
        "return",
        audit_return.id,
        audit_return.organisation_id,
        {"question": question_id, "evidence": str(evidence.id)},
    )


def _kept(session: Session, behind: Behind, paper: Paper) -> Evidence | None:
    """Give the item where the organisation has it already."""
    organisation_id = behind.audit_return.organisation_id
    return session.scalars(
        select(Evidence).filter_by(organisation_id=organisation_id, title=paper.title)
    ).one_or_none()


def _add(
    session: Session,
    behind: Behind,
    paper: Paper,
    keeping: Keeping | None,
    *,
    by: Person,
    at: datetime,
    now: datetime,
) -> Evidence:
    evidence = Evidence(
        organisation_id=behind.audit_return.organisation_id,
        title=paper.title,
        cited_where=paper.where,
        created_at=at,
        created_by_id=by.id,
    )
    if paper.months is not None:
        evidence.document_date = months_after(london_date(at), -paper.months)
    if paper.runs_out is not None:
        evidence.expires_on = london_date(now) + timedelta(days=paper.runs_out)
    session.add(evidence)
    session.flush()
    if keeping is not None and paper.file:
        _put_file(session, behind, evidence, paper, keeping, by=by, at=at, number=1)
    return evidence


def _put_file(
    session: Session,
    behind: Behind,
    evidence: Evidence,
    paper: Paper,
    keeping: Keeping,
    *,
    by: Person,
    at: datetime,
    number: int,
) -> None:
    """Store a file of an item; a newer one has a date of its own."""
    if number > 1:
        evidence.document_date = months_after(london_date(at), -1)
    of = evidence.document_date
    told = [f"{of.day} {of:%B %Y}"] if of is not None else []
    lines = [paper.title, behind.audit_return.organisation.name, *told, *paper.lines]
    if paper.file.endswith((".csv", ".png")):
        lines = [paper.title, *paper.lines]
    arrived = receive(made(paper.file, lines), name=paper.file, keeping=keeping, now=at)
    if paper.is_scanned and keeping.scanner is None:
        arrived = arrived._replace(scan_state=ScanState.CLEAN, scanned_at=at)
    session.add(version_of(evidence, arrived, number=number, by=by, now=at))
    session.flush()
