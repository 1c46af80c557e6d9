"""Taking in a file that somebody sent: looked at from outside and inside, cleaned, and stored.

No database is asked meanwhile, so that a slow scanner or a large picture keeps nobody waiting.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, NamedTuple

from audit_app.core.evidence.kinds import FileKind, Made, kind_of, why_not_taken
from audit_app.core.evidence.limits import Limits, size_words
from audit_app.core.evidence.names import extension_of, shown_name
from audit_app.core.evidence.packages import (
    BOMB,
    DAMAGED,
    DECLARES,
    Part,
    declares,
    described_in,
    is_xml,
    why_not_this_package,
)
from audit_app.core.evidence.sniffing import HEAD, made_as, why_not_text, why_not_this_kind
from audit_app.services.photographs import FORMATS, PictureCannotBeRead, without_place
from audit_app.storage.evidence_store import A_BLOCK, EvidenceStore, new_name
from audit_app.storage.models import ScanState
from audit_app.storage.virus_scanner import Scanner, ScannerIsAway

END_OF_PACKAGE, LONGEST_END = b"PK\x05\x06", 65_557
LARGEST_DIRECTORY = 2_000_000
"""Bytes of the list of parts at the end of a package; a longer one is not read at all."""

LONGEST_DESCRIPTION, LONGEST_HEAD = 500_000, 4096


class FileRefused(Exception):
    """The file is not taken; the message says why, as a part of a sentence. Nothing is kept."""


class NoRoomForFile(Exception):
    """The disk is full, or the store does not answer: the file is not kept."""


class Keeping(NamedTuple):
    """What is needed to take in a file: where it goes, who scans it, and how large it may be."""

    store: EvidenceStore
    scanner: Scanner | None
    limits: Limits


class Arrived(NamedTuple):
    """A file that is stored and belongs to nothing yet."""

    file_name: str
    stored_name: str
    size: int
    content_type: str
    sha256: str
    scan_state: ScanState
    scanned_at: datetime | None


def receive(file: BinaryIO, *, name: str, keeping: Keeping, now: datetime) -> Arrived:
    """Look at a file, clean it and store it. Raises FileRefused or NoRoomForFile: nothing is kept.

    `name` is what the browser says the file is called; it is only ever shown.
    """
    called = shown_name(name)
    kind = checked(file, name=called, limits=keeping.limits)
    if kind.made in FORMATS:
        try:
            file = without_place(file, kind.made)
        except PictureCannotBeRead as problem:
            raise FileRefused(str(problem)) from None
    size, digest = _measured(file)
    if size > keeping.limits.file:
        raise FileRefused(_too_large(size, keeping.limits))
    state = scanned(file, keeping.scanner)
    if state is ScanState.INFECTED:
        raise FileRefused("a virus was found in it")
    stored = new_name()
    try:
        keeping.store.put(stored, file)
    except OSError as error:
        raise NoRoomForFile(type(error).__name__) from error
    at = now if state is ScanState.CLEAN else None
    return Arrived(called, stored, size, kind.content_type, digest, state, at)


def checked(file: BinaryIO, *, name: str, limits: Limits) -> FileKind:
    """Give the kind of a file that may be taken; raises FileRefused."""
    kind = kind_of(extension_of(name))
    if kind is None:
        raise FileRefused(why_not_taken(extension_of(name)))
    size = file.seek(0, 2)
    if not size:
        raise FileRefused("it is empty")
    if size > limits.file:
        raise FileRefused(_too_large(size, limits))
    file.seek(0)
    problem = why_not_this_kind(kind, made_as(file.read(HEAD)))
    if problem is None and kind.made is Made.TEXT:
        file.seek(0)
        problem = why_not_text(file.read())
    if problem is None and kind.made is Made.PACKAGE:
        problem = _problem_inside(file, kind, limits)
    if problem is not None:
        raise FileRefused(problem)
    return kind


def scanned(file: BinaryIO, scanner: Scanner | None) -> ScanState:
    """Say what the scanner says; without one, or while it is away, that the file is not scanned."""
    if scanner is None:
        return ScanState.NOT_SCANNED
    try:
        verdict = scanner.scan(file)
    except ScannerIsAway:
        return ScanState.NOT_SCANNED
    return ScanState.CLEAN if verdict.is_clean else ScanState.INFECTED


def _too_large(size: int, limits: Limits) -> str:
    return f"it has {size_words(size)}, and a file may have {size_words(limits.file)}"


def _measured(file: BinaryIO) -> tuple[int, str]:
    """Give size and SHA-256 of a file."""
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while block := file.read(A_BLOCK):
        digest.update(block)
        size += len(block)
    file.seek(0)
    return size, digest.hexdigest()


def _problem_inside(file: BinaryIO, kind: FileKind, limits: Limits) -> str | None:
    """Look at the list of parts of an Office file, unpacking none but the one that names it."""
    if _directory_size(file) > LARGEST_DIRECTORY:
        return BOMB
    try:
        with zipfile.ZipFile(file) as package:
            infos = package.infolist()
            parts = [Part(info.filename, info.file_size) for info in infos]
            with package.open(described_in(kind)) as part:
                description = part.read(LONGEST_DESCRIPTION).decode("utf-8", "replace")
            problem = why_not_this_package(kind, parts, description, limits)
            if problem is None and any(declares(head) for head in _heads(package, parts)):
                problem = DECLARES
    except (
        zipfile.BadZipFile,
        zlib.error,
        LookupError,
        RuntimeError,
        ValueError,
        OSError,
        EOFError,
    ):
        return DAMAGED
    return problem


def _heads(package: zipfile.ZipFile, parts: list[Part]) -> Iterator[bytes]:
    """Unpack the beginning of every part that is XML, where a declaration has to stand."""
    for part in parts:
        if is_xml(part.name):
            with package.open(part.name) as opened:
                yield opened.read(LONGEST_HEAD)


def _directory_size(file: BinaryIO) -> int:
    """Read from its end how long a package's list of parts is; 0 where it does not say."""
    size = file.seek(0, 2)
    file.seek(max(0, size - LONGEST_END))
    end = file.read()
    at = end.rfind(END_OF_PACKAGE)
    file.seek(0)
    return int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0
