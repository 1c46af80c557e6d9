"""Scanning what arrived while the scanner was away, and sweeping up files of no evidence."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

import structlog
from sqlalchemy.orm import Session

from audit_app.jobs.timetable import Job
from audit_app.services.scanning_evidence import note_verdict, scan_version
from audit_app.storage.evidence_store import EvidenceIsGone, EvidenceStore
from audit_app.storage.queries.evidence_kept import known_names, not_scanned
from audit_app.storage.virus_scanner import Scanner, ScannerIsAway

LOG = structlog.get_logger()

SPARED = timedelta(days=1)
"""A file this young may belong to a row that is about to be committed."""

AT_ONCE = 500


def evidence_jobs(store: EvidenceStore, scanner: Scanner | None) -> dict[str, Job]:
    """Give what the clock does for evidence; nothing is scanned where there is no scanner."""

    def scan(session: Session, *, now: datetime, base_address: str) -> str:
        if scanner is None:
            return "no scanner: set AUDIT_CLAMAV"
        return scan_evidence(session, store=store, scanner=scanner, now=now)

    def sweep(session: Session, *, now: datetime, base_address: str) -> str:
        return sweep_evidence(session, store=store, now=now)

    return {
        "scan_evidence": Job(scan, timedelta(minutes=5), "scans evidence that nobody has scanned"),
        "sweep_evidence": Job(sweep, timedelta(days=1), "removes files that belong to no evidence"),
    }


def scan_evidence(
    session: Session, *, store: EvidenceStore, scanner: Scanner, now: datetime
) -> str:
    """Scan what is not scanned, the oldest first, until the scanner is away.

    Each verdict is committed before the next file, so that nobody waits for the database while
    the scanner reads, and what was found stays found.
    """
    clean = infected = 0
    waiting = not_scanned(session, most=AT_ONCE)
    session.commit()
    for version in waiting:
        try:
            verdict = scan_version(version, store=store, scanner=scanner)
        except ScannerIsAway:
            LOG.warning("scanner_away", waiting=len(waiting) - clean - infected)
            break
        except (EvidenceIsGone, OSError) as error:
            LOG.error("evidence_not_read", version=str(version.id), error=type(error).__name__)
            continue
        noted = note_verdict(session, version, verdict, now=now)
        session.commit()
        if noted and not verdict.is_clean:
            store.remove(version.stored_name)
        clean += noted and verdict.is_clean
        infected += noted and not verdict.is_clean
    return f"scanned: {clean + infected}, infected and taken out: {infected}"


def sweep_evidence(session: Session, *, store: EvidenceStore, now: datetime) -> str:
    """Remove files that no row knows: what a crash between file and row has left."""
    removed = 0
    for names in _in_parts(store.names(before=now - SPARED)):
        for name in sorted(set(names) - known_names(session, names)):
            store.remove(name)
            removed += 1
    if removed:
        LOG.warning("evidence_swept", files=removed)
    return f"files that belonged to nothing removed: {removed}"


def _in_parts(names: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(names)
    while part := list(islice(rest, AT_ONCE)):
        yield part
