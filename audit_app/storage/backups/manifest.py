"""What a backup says of itself: which files must be there, and what each must come to."""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Self

from pydantic import BaseModel, ConfigDict, ValidationError

FILE = "manifest.json"
ROWS = "rows"
EVIDENCE = "evidence"
FORMAT = 1
A_BLOCK = 256 * 1024


class NotABackup(Exception):
    """The folder holds no whole backup; the message says what is wrong with it."""


class Part(BaseModel):
    """One file of a backup, by its path in the folder: its size, its hash, and its rows if any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    size: int
    sha256: str
    rows: int | None = None


class Manifest(BaseModel):
    """What was copied, when, and from tables of which migration; `missing` names lost files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    made_at: datetime
    revision: str
    history_head: str | None
    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> dict[str, int]:
        """Give how many rows each table had."""
        return {Path(one.path).stem: one.rows for one in self.parts if one.rows is not None}

    @property
    def evidence(self) -> list[Part]:
        """Give the files of evidence."""
        return [one for one in self.parts if one.path.startswith(f"{EVIDENCE}/")]

    def write(self, folder: Path) -> None:
        """Write the manifest, last of all: a folder without one is no backup."""
        text = json.dumps(self.model_dump(mode="json"), indent=1, ensure_ascii=False)
        with (folder / FILE).open("wb") as file:
            file.write(text.encode())
            reach_the_disk(file)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest of a folder; raises NotABackup."""
        try:
            found = cls.model_validate_json((folder / FILE).read_bytes())
        except FileNotFoundError:
            raise NotABackup(f"There is no backup in {folder}: it has no {FILE}.") from None
        except ValidationError:
            raise NotABackup(f"{FILE} cannot be read: it was changed or damaged.") from None
        if found.format != FORMAT:
            raise NotABackup("This backup was made by a newer version of the service.")
        return found

    def prove(self, folder: Path) -> None:
        """Compare every file with its size and hash; raises NotABackup for the first that differs.

        Paths that lead out of the folder are refused before anything is opened.
        """
        here = folder.resolve()
        for one in self.parts:
            path = (folder / one.path).resolve()
            if not any(path.is_relative_to(here / name) for name in (ROWS, EVIDENCE)):
                raise NotABackup(f"{one.path} would lead out of the backup's own folders.")
            if not path.is_file():
                raise NotABackup(f"{one.path} is missing from the backup.")
            if path.stat().st_size != one.size or sha256_of(path) != one.sha256:
                raise NotABackup(f"{one.path} is not as it was when the backup was made.")


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hash_of(file)


def hash_of(file: BinaryIO) -> str:
    """Give the SHA-256 of what is left to read; a file of an object store can only be read."""
    found = hashlib.sha256()
    while block := file.read(A_BLOCK):
        found.update(block)
    return found.hexdigest()


def reach_the_disk(file: BinaryIO) -> None:
    """Wait until what was written is on the disk."""
    file.flush()
    os.fsync(file.fileno())
