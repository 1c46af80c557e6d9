"""A store keeps a file whole or not at all, under a name that leads nowhere else."""

import errno
import os
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from audit_app.evidence_config import EvidenceConfig
from audit_app.storage.evidence_store import (
    Bucket,
    EvidenceIsGone,
    EvidenceStore,
    Folder,
    new_name,
)
from audit_app.storage.opening_store import NoBucketLibrary, open_store

LATER = datetime.now(UTC) + timedelta(days=2)


class NoSuchKey(Exception):
    """What boto3 raises for an object that is not there."""

    response = {"Error": {"Code": "NoSuchKey"}}


class Cloud:
    """An object store in memory, asked as boto3 asks one."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put_object(self, **asked: Any) -> None:
        self.objects[asked["Key"]] = asked["Body"].read()

    def get_object(self, **asked: Any) -> dict[str, Any]:
        if asked["Key"] not in self.objects:
            raise NoSuchKey
        return {"Body": BytesIO(self.objects[asked["Key"]])}

    def delete_object(self, **asked: Any) -> None:
        self.objects.pop(asked["Key"], None)

    def get_paginator(self, _name: str) -> "Cloud":
        return self

    def paginate(self, **asked: Any) -> list[dict[str, Any]]:
        found = [key for key in sorted(self.objects) if key.startswith(asked["Prefix"])]
        return [{"Contents": [{"Key": key, "LastModified": LATER}]} for key in found] + [{}]


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> EvidenceStore:
    """Lend an empty store of each kind."""
    return Folder(tmp_path) if request.param == "folder" else Bucket(Cloud(), "county", "/ev/")


def test_what_was_put_there_is_there_until_it_is_removed(store: EvidenceStore):
    name, file = new_name(), BytesIO(b"a policy")
    file.seek(3)
    store.put(name, file)
    with store.open(name) as kept:
        assert kept.read() == b"a policy"
    soon = LATER + timedelta(seconds=1)
    assert list(store.names(before=soon)) == [name]
    assert list(store.names(before=datetime(2020, 1, 1, tzinfo=UTC))) == []
    store.remove(name)
    store.remove(name)
    assert list(store.names(before=soon)) == []
    with pytest.raises(EvidenceIsGone):
        store.open(name)


@pytest.mark.parametrize("name", ["../audit.db", "policy.pdf", "", "a" * 39, f"{'a' * 40}/../x"])
def test_a_folder_takes_no_name_but_its_own(tmp_path: Path, name: str):
    store = Folder(tmp_path)
    for act in (lambda: store.put(name, BytesIO(b"x")), lambda: store.open(name)):
        with pytest.raises(ValueError, match="no name"):
            act()


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no room"):
        Folder(tmp_path).put(new_name(), BytesIO(b"a policy"))
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_file_and_name_reach_the_disk_before_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    reached: list[str] = []
    really = os.fsync

    def reaches(descriptor: int) -> None:
        reached.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", reaches)
    name = new_name()
    Folder(tmp_path).put(name, BytesIO(b"a policy"))
    assert name in reached[0]
    assert str(tmp_path / name[:2]) in reached[1:]


def test_what_was_left_half_written_is_found_and_can_be_removed(tmp_path: Path):
    store, name = Folder(tmp_path), new_name()
    store.put(name, BytesIO(b"x"))
    half = tmp_path / name[:2] / f".{name}-0123abcd"
    half.write_bytes(b"half")
    assert set(store.names(before=LATER)) == {name, half.name}
    store.remove(half.name)
    assert not half.exists()


def test_a_store_that_does_not_answer_is_no_room(tmp_path: Path):
    class Away(Cloud):
        def put_object(self, **_: Any) -> None:
            raise RuntimeError("secret key AKIA")

    with pytest.raises(OSError, match=r"^RuntimeError$"):
        Bucket(Away(), "county").put(new_name(), BytesIO(b"x"))


def test_evidence_lies_with_the_data_unless_told_otherwise(tmp_path: Path):
    store = open_store(EvidenceConfig(), data=tmp_path)
    assert isinstance(store, Folder)
    assert store.path == tmp_path / "evidence"
    told = open_store(EvidenceConfig(store="/srv/evidence"), data=tmp_path)
    assert isinstance(told, Folder)
    assert told.path == Path("/srv/evidence")


def test_a_bucket_without_its_library_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(NoBucketLibrary, match="install the extra"):
        open_store(EvidenceConfig(store="s3://county/evidence"), data=tmp_path)
