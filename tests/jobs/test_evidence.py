"""What the clock does for evidence: scanning what was not scanned, and sweeping up leavings."""

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.jobs.evidence import evidence_jobs, scan_evidence, sweep_evidence
from audit_app.storage.evidence_store import Folder, new_name
from audit_app.storage.models import EvidenceVersion, History, ScanState
from audit_app.storage.queries.evidence_behind import pieces_behind
from audit_app.storage.virus_scanner import Scanner
from tests.builders import NOW, make_evidence, make_return
from tests.clamd import EICAR, clamd


@pytest.fixture
def store(tmp_path: Path) -> Folder:
    """Lend an empty folder."""
    return Folder(tmp_path)


def keep(session: Session, store: Folder, content: bytes) -> EvidenceVersion:
    """Keep a file behind a return of its own."""
    item = make_evidence(session, behind=make_return(session))
    session.refresh(item)
    (version,) = item.versions
    store.put(version.stored_name, BytesIO(content))
    session.commit()
    return version


def scan(session: Session, store: Folder, address: str) -> str:
    return scan_evidence(session, store=store, scanner=Scanner(address), now=NOW)


def test_what_was_not_scanned_is_scanned_and_what_is_found_is_taken_out(
    session: Session, store: Folder
):
    clean, bad = keep(session, store, b"words"), keep(session, store, b"x" + EICAR)
    (link,) = bad.evidence.links
    return_id = link.audit_return_id
    with clamd() as daemon:
        assert scan(session, store, daemon.address) == "scanned: 2, infected and taken out: 1"
        assert scan(session, store, daemon.address) == "scanned: 0, infected and taken out: 0"
        assert len(daemon.received) == 2
    session.expire_all()
    assert (clean.scan_state, clean.scanned_at) == (ScanState.CLEAN, NOW)
    assert bad.scan_state is ScanState.INFECTED
    later = datetime.now(UTC) + timedelta(days=1)
    assert list(store.names(before=later)) == [clean.stored_name]
    assert pieces_behind(session, return_id) == {}
    events = select(History.event).where(History.subject_id == str(return_id))
    assert list(session.scalars(events)) == ["evidence_infected"]


def test_while_the_scanner_is_away_everything_stays_not_scanned(session: Session, store: Folder):
    version = keep(session, store, b"words")
    assert scan(session, store, "127.0.0.1:9") == "scanned: 0, infected and taken out: 0"
    session.expire_all()
    assert version.scan_state is ScanState.NOT_SCANNED


def test_a_file_that_is_gone_keeps_no_other_from_being_scanned(session: Session, store: Folder):
    gone, here = keep(session, store, b"words"), keep(session, store, b"more words")
    store.remove(gone.stored_name)
    with clamd() as daemon:
        assert scan(session, store, daemon.address).startswith("scanned: 1,")
    session.expire_all()
    assert here.scan_state is ScanState.CLEAN


def test_a_file_without_a_row_is_swept_up_once_it_is_a_day_old(session: Session, store: Folder):
    known = keep(session, store, b"words")
    orphan, young = new_name(), new_name()
    for name in (orphan, young):
        store.put(name, BytesIO(b"left by a crash"))
    old = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    for name in (known.stored_name, orphan):
        os.utime(store.path / name[:2] / name, (old, old))
    now = datetime.now(UTC)
    assert sweep_evidence(session, store=store, now=now).endswith("removed: 1")
    later = now + timedelta(days=1)
    assert set(store.names(before=later)) == {known.stored_name, young}


def test_without_a_scanner_nothing_is_called_scanned(session: Session, store: Folder):
    version = keep(session, store, b"words")
    job = evidence_jobs(store, None)["scan_evidence"]
    said = job.does(session, now=NOW, base_address="http://localhost")
    assert said.startswith("no scanner")
    assert version.scan_state is ScanState.NOT_SCANNED
