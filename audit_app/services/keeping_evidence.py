"""Looking after an item of evidence: a newer file, another title or date, and removing it."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.core.awaiting import Change
from audit_app.core.evidence.limits import Limits, size_words
from audit_app.services.awaiting import awaits_signature, hold_unless_awaited
from audit_app.services.backing_answers import (
    About,
    NoRoomLeft,
    end_link,
    is_open_for_evidence,
)
from audit_app.services.evidence_files import version_of
from audit_app.services.receiving_files import Arrived
from audit_app.services.recording import Event, record
from audit_app.storage.models import AuditReturn, Evidence, EvidenceLink, EvidenceVersion, Person
from audit_app.storage.queries.evidence import next_version_number, stored_by
from audit_app.storage.queries.evidence_kept import hold_evidence, links_standing


class EvidenceIsPinned(Exception):
    """It stands behind a return that can no longer be changed, and so it must stay as it is."""

    def __init__(self, audit_return: AuditReturn) -> None:
        super().__init__("This stands behind a return that was submitted or closed")
        self.audit_return = audit_return


class SameFile(Exception):
    """The newer file is the one that is there already."""


def replace_file(
    session: Session,
    evidence: Evidence,
    arrived: Arrived,
    *,
    about: About,
    limits: Limits,
    by: Person,
    now: datetime,
) -> EvidenceVersion:
    """Add a newer file to an item; the older ones stay readable, each with its own dates.

    Raises AwaitsSignature, SameFile or NoRoomLeft.
    """
    _hold(session, evidence, Change.REPLACE_FILE)
    if evidence.versions and evidence.versions[-1].sha256 == arrived.sha256:
        raise SameFile
    if stored_by(session, evidence.organisation)[1] + arrived.size > limits.of_organisation:
        raise NoRoomLeft(
            f"your organisation has {size_words(limits.of_organisation)} of evidence, which is all "
            "there is room for: ask your partnership"
        )
    number = next_version_number(session, evidence)
    evidence.title = about.title
    evidence.document_date, evidence.expires_on = about.dated, about.expires_on
    version = version_of(evidence, arrived, number=number, by=by, now=now)
    session.add(version)
    session.flush()
    _tell(session, evidence, Event.EVIDENCE_REPLACED, by=by, now=now, version=number)
    return version


def change_evidence(
    session: Session,
    evidence: Evidence,
    *,
    about: About,
    where: str | None,
    by: Person,
    now: datetime,
) -> None:
    """Correct title, dates and place of an item. Raises AwaitsSignature, EvidenceIsPinned."""
    for link in _hold(session, evidence, Change.DESCRIBE_EVIDENCE):
        _see_that_it_is_open(session, link, now)
    evidence.title = about.title
    evidence.document_date, evidence.expires_on = about.dated, about.expires_on
    if evidence.versions:
        newest = evidence.versions[-1]
        newest.document_date, newest.expires_on = about.dated, about.expires_on
    if evidence.cited_where is not None and where:
        evidence.cited_where = where
    session.flush()
    _tell(session, evidence, Event.EVIDENCE_CHANGED, by=by, now=now)


def remove_evidence(session: Session, evidence: Evidence, *, by: Person, now: datetime) -> None:
    """Remove an item from the organisation's evidence and from every answer; its rows stay.

    Raises AwaitsSignature or EvidenceIsPinned, and then nothing is removed.
    """
    links = _hold(session, evidence, Change.REMOVE_EVIDENCE)
    for link in links:
        _see_that_it_is_open(session, link, now)
    _tell(session, evidence, Event.EVIDENCE_REMOVED, by=by, now=now)
    evidence.removed_at, evidence.removed_by_id = now, by.id
    for link in links:
        end_link(session, link.audit_return, link, by=by, now=now)


def pinned_by(session: Session, evidence: Evidence, now: datetime) -> AuditReturn | None:
    """Give a return that an item stands behind and that can no longer be changed, if there is."""
    for link in links_standing(session, evidence.id):
        if not is_open_for_evidence(session, link.audit_return, link.question_id, now):
            return link.audit_return
    return None


def awaited_by(session: Session, evidence: Evidence) -> AuditReturn | None:
    """Give a return that an item stands behind and that awaits a signature, if there is one."""
    for link in links_standing(session, evidence.id):
        if awaits_signature(session, link.audit_return):
            return link.audit_return
    return None


def _hold(session: Session, evidence: Evidence, change: Change) -> list[EvidenceLink]:
    """Hold an item with every return that it stands behind, and give where it stands.

    The returns come first, as they do where an item is put behind an answer: so none of the two
    waits for the other. Nobody can link the item to one more while it is held.
    """
    _hold_returns(session, links_standing(session, evidence.id), change)
    hold_evidence(session, evidence)
    links = links_standing(session, evidence.id)
    _hold_returns(session, links, change)
    return links


def _hold_returns(session: Session, links: list[EvidenceLink], change: Change) -> None:
    returns = {link.audit_return_id: link.audit_return for link in links}
    hold_unless_awaited(session, returns.values(), change, alone=True)


def _see_that_it_is_open(session: Session, link: EvidenceLink, now: datetime) -> None:
    if not is_open_for_evidence(session, link.audit_return, link.question_id, now):
        raise EvidenceIsPinned(link.audit_return)


def _tell(
    session: Session,
    evidence: Evidence,
    event: Event,
    *,
    by: Person | None,
    now: datetime,
    version: int | None = None,
) -> None:
    """Tell the history of every return that the item stands behind, else the organisation's."""
    details = {"evidence": str(evidence.id)} | ({"version": version} if version else {})
    links = links_standing(session, evidence.id)
    returns = {link.audit_return_id: link.audit_return for link in links}.values()
    for subject in returns or (evidence.organisation,):
        record(session, event, subject, by=by, at=now, details=details)
