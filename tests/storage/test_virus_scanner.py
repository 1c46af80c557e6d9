"""Asking ClamAV: a verdict is one of two words, and everything else is no verdict."""

import socket
from io import BytesIO
from pathlib import Path

import pytest

from audit_app.storage.virus_scanner import Scanner, ScannerIsAway, Verdict
from tests.clamd import EICAR, clamd


def test_a_clean_file_is_read_to_its_end_over_a_socket_of_this_machine(quick_folder: Path):
    content = bytes(range(256)) * 1000
    with clamd(quick_folder / "clamd.ctl") as daemon:
        file = BytesIO(content)
        file.seek(99)
        assert Scanner(daemon.address).scan(file) == Verdict(is_clean=True)
    assert daemon.received == [content]
    assert file.tell() == 0
    (quick_folder / "clamd.ctl").unlink()


def test_what_is_found_is_named(tmp_path: Path):
    with clamd() as daemon:
        verdict = Scanner(daemon.address).scan(BytesIO(b"words " + EICAR))
    assert verdict == Verdict(is_clean=False, name="Eicar-Test-Signature")


@pytest.mark.parametrize(
    "says", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: ERROR\0", b"\0"]
)
def test_anything_else_is_no_verdict(says: bytes):
    with clamd(says=says) as daemon, pytest.raises(ScannerIsAway):
        Scanner(daemon.address).scan(BytesIO(b"words"))


def test_nobody_there_is_no_verdict(tmp_path: Path):
    for address in (str(tmp_path / "none.ctl"), "127.0.0.1:9"):
        with pytest.raises(ScannerIsAway):
            Scanner(address).scan(BytesIO(b"words"))


def test_a_scanner_that_says_nothing_is_not_waited_for_without_end():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ScannerIsAway):
            Scanner(address, patience=0.2).scan(BytesIO(b"words"))
