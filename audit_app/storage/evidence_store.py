"""Where the files of evidence lie: a folder of this machine, or a bucket of an object store.

A store has four methods. What it is given is whole and on the disk, or not there at all.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO, Protocol

A_BLOCK = 256 * 1024
STORED_NAME = re.compile(r"[0-9a-f]{40}")


class EvidenceIsGone(Exception):
    """The row is there and its file is not."""


class EvidenceStore(Protocol):
    """Keeps files under names that it is given, and knows nothing of what they are."""

    def put(self, name: str, file: BinaryIO) -> None:
        """Keep a file from its beginning; OSError where there is no room or nobody answers."""

    def open(self, name: str) -> BinaryIO:
        """Give a file to be read; raises EvidenceIsGone."""

    def remove(self, name: str) -> None:
        """Let go of a file; one that is not there is no error."""

    def names(self, *, before: datetime) -> Iterator[str]:
        """Name the files that were put there before a moment."""


def new_name() -> str:
    """Make a name that nobody can guess and that says nothing."""
    return token_hex(20)


class Folder:
    """A folder, with a folder within it for each first pair of signs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, name: str, file: BinaryIO) -> None:
        """Write aside, have it reach the disk, and only then give it its name."""
        place = self._place(name)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = place.with_name(f".{name}-{token_hex(4)}")
        try:
            with aside.open("xb") as new:
                file.seek(0)
                while block := file.read(A_BLOCK):
                    new.write(block)
                new.flush()
                os.fsync(new.fileno())
            aside.replace(place)
            for folder in (place.parent, self.path):
                _reach_disk(folder)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise

    def open(self, name: str) -> BinaryIO:
        """Open the file."""
        try:
            return self._place(name).open("rb")
        except FileNotFoundError:
            raise EvidenceIsGone(name) from None

    def remove(self, name: str) -> None:
        """Unlink the file."""
        self._place(name).unlink(missing_ok=True)

    def names(self, *, before: datetime) -> Iterator[str]:
        """Walk through the folder; what was left half written counts under its own name."""
        for file in sorted(self.path.glob("??/*")) + sorted(self.path.glob("??/.*")):
            with suppress(FileNotFoundError):
                if datetime.fromtimestamp(file.stat().st_mtime, UTC) < before:
                    yield file.name

    def _place(self, name: str) -> Path:
        """Give the path of a name of ours; ValueError for any other, which could lead elsewhere."""
        plain = name.lstrip(".").partition("-")[0]
        if not STORED_NAME.fullmatch(plain) or "/" in name or ".." in name:
            raise ValueError("this is no name of a stored file")
        return self.path / plain[:2] / name


class Bucket:
    """A bucket of an object store that speaks S3; `client` is boto3's, or what behaves like it."""

    def __init__(self, client: Any, bucket: str, prefix: str = "") -> None:
        self.client, self.bucket = client, bucket
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""

    def put(self, name: str, file: BinaryIO) -> None:
        """Send the whole file; it is there when this returns."""
        file.seek(0)
        try:
            self.client.put_object(Bucket=self.bucket, Key=self._key(name), Body=file)
        except OSError:
            raise
        except Exception as error:
            # Whatever the library raises, for us nobody answered; its words may hold a key.
            raise OSError(type(error).__name__) from error

    def open(self, name: str) -> BinaryIO:
        """Give the body, which is read as it comes."""
        try:
            body: BinaryIO = self.client.get_object(Bucket=self.bucket, Key=self._key(name))["Body"]
        except Exception as error:
            told = getattr(error, "response", {}).get("Error", {}).get("Code")
            if told in ("NoSuchKey", "404"):
                raise EvidenceIsGone(name) from None
            raise OSError(type(error).__name__) from error
        return body

    def remove(self, name: str) -> None:
        """Delete the object."""
        self.client.delete_object(Bucket=self.bucket, Key=self._key(name))

    def names(self, *, before: datetime) -> Iterator[str]:
        """List the objects, page by page."""
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=self.prefix):
            for one in page.get("Contents", ()):
                if one["LastModified"] < before:
                    yield str(one["Key"]).removeprefix(self.prefix)

    def _key(self, name: str) -> str:
        return f"{self.prefix}{name}"


def _reach_disk(folder: Path) -> None:
    """Have the name of a new file reach the disk, as its content has."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
