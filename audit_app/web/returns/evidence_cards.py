"""How a piece of evidence is shown in a list: what it is, its dates, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from flask import url_for

from audit_app.core.evidence.kinds import kind_words
from audit_app.core.evidence.limits import size_words
from audit_app.core.evidence.pieces import runs_out_soon
from audit_app.storage.models import Evidence, EvidenceLink, EvidenceVersion, ScanState
from audit_app.web.dates import long_date
from audit_app.web.returns.fields import capitalised

SCAN_WORDS: dict[ScanState, str] = {
    ScanState.CLEAN: "no virus found",
    ScanState.NOT_SCANNED: "not scanned for viruses",
    ScanState.INFECTED: "a virus was found, and the file was taken out",
}


class FileLine(NamedTuple):
    """One file of an item."""

    number: int
    name: str
    words: str
    scan: str
    sha256: str
    at: str
    by: str
    dated: str
    expired: str
    href: str | None


class Card(NamedTuple):
    """One item of a list. `flags` are words about what is missing or over."""

    id: str
    title: str
    where: str | None
    dated: str
    flags: list[str]
    file: FileLine | None
    older: int
    href: str


def card_of(
    evidence: Evidence, on: date, *, versions: Sequence[EvidenceVersion] | None = None
) -> Card:
    """Show an item as it stands on a day; of `versions` alone, where the reader has only these."""
    seen = evidence.versions if versions is None else versions
    files = [file_line(one, on) for one in seen]
    newest: Evidence | EvidenceVersion = seen[-1] if versions else evidence
    return Card(
        str(evidence.id),
        evidence.title,
        evidence.cited_where,
        dated_words(newest.document_date, newest.expires_on, on),
        flags_of(newest, seen, on),
        files[-1] if files else None,
        max(0, len(files) - 1),
        url_for("returns.evidence_item", evidence_id=evidence.id),
    )


class Standing(NamedTuple):
    """Where an item stands in one return: behind which answers."""

    return_id: UUID
    title: str
    questions: list[str]


def standing(links: Iterable[EvidenceLink]) -> list[Standing]:
    """Put together where an item stands, return by return, the newest round first."""
    found: dict[UUID, list[EvidenceLink]] = defaultdict(list)
    for link in links:
        if link.removed_at is None:
            found[link.audit_return_id].append(link)
    by_round = sorted(found.values(), key=lambda one: one[0].audit_return.cycle.due_at)
    return [
        Standing(
            one[0].audit_return_id,
            one[0].audit_return.cycle.title,
            [link.question_id for link in one],
        )
        for one in reversed(by_round)
    ]


def dated_words(dated: date | None, expires_on: date | None, on: date) -> str:
    """Say of when a document is, and until when it is valid; nothing where neither is known."""
    words = [f"dated {long_date(dated)}"] if dated else []
    if expires_on is not None and expires_on >= on:
        words.append(f"valid until {long_date(expires_on)}")
    return capitalised(", ".join(words))


def flags_of(
    dated: Evidence | EvidenceVersion, versions: Sequence[EvidenceVersion], on: date
) -> list[str]:
    """Say in words what is wrong with an item: no date of its own, or not valid any more."""
    flags = []
    if dated.expires_on is not None and dated.expires_on < on:
        flags.append(f"Expired on {long_date(dated.expires_on)}")
    if runs_out_soon(dated.expires_on, on):
        flags.append("Runs out soon")
    if dated.document_date is None:
        flags.append("No date")
    if versions and versions[-1].scan_state is ScanState.INFECTED:
        flags.append("Virus found")
    return flags


def file_line(version: EvidenceVersion, on: date) -> FileLine:
    """Show one file as it stands on a day; what is infected cannot be opened."""
    over = version.expires_on is not None and version.expires_on < on
    infected = version.scan_state is ScanState.INFECTED
    return FileLine(
        version.number,
        version.file_name,
        f"{kind_words(version.content_type)}, {size_words(version.size)}",
        SCAN_WORDS[version.scan_state],
        version.sha256,
        long_date(version.at),
        version.by.name if version.by else "",
        dated_words(version.document_date, version.expires_on, on),
        f"Expired on {long_date(version.expires_on)}" if over and version.expires_on else "",
        None if infected else url_for("returns.evidence_file", version_id=version.id),
    )
