"""Scanning the files that arrived while the scanner was away, and letting go of what it finds."""

from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.services.counting_progress import count_progress
from audit_app.services.recording import Event, record
from audit_app.storage.evidence_store import EvidenceStore
from audit_app.storage.models import EvidenceVersion, ScanState
from audit_app.storage.queries.evidence_kept import links_standing, note_scan
from audit_app.storage.virus_scanner import Scanner, Verdict


def scan_version(version: EvidenceVersion, *, store: EvidenceStore, scanner: Scanner) -> Verdict:
    """Ask about one file; no database is asked meanwhile. Raises ScannerIsAway, EvidenceIsGone."""
    with store.open(version.stored_name) as file:
        return scanner.scan(file)


def note_verdict(
    session: Session, version: EvidenceVersion, verdict: Verdict, *, now: datetime
) -> bool:
    """Note what the scanner said; where it found something, the answers behind which the file
    stood are counted again, and history says so. Gives False where another worker noted it first.
    """
    state = ScanState.CLEAN if verdict.is_clean else ScanState.INFECTED
    if not note_scan(session, version.id, state=state, at=now):
        return False
    if state is ScanState.INFECTED:
        links = links_standing(session, version.evidence_id)
        details = {"evidence": str(version.evidence_id), "version": version.number}
        for audit_return in {one.audit_return_id: one.audit_return for one in links}.values():
            event = Event.EVIDENCE_INFECTED
            record(session, event, audit_return, by=None, at=now, details=details)
            count_progress(session, audit_return, by=None, now=now)
    return True
