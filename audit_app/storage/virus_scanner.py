"""Asking ClamAV about a file, over its own socket and with its own words (INSTREAM)."""

import socket
from pathlib import Path
from typing import BinaryIO, NamedTuple

A_BLOCK = 64 * 1024
PATIENCE = 30.0
LONGEST_ANSWER = 4096


class ScannerIsAway(Exception):
    """Nobody answered, or not with a verdict: the file was not scanned."""


class Verdict(NamedTuple):
    """What the scanner said of a file."""

    is_clean: bool
    name: str = ""


class Scanner(NamedTuple):
    """A ClamAV daemon: the path of its socket or `host:port`, and how long it may be silent."""

    address: str
    patience: float = PATIENCE

    def scan(self, file: BinaryIO) -> Verdict:
        """Send a file from its beginning and give the verdict. Raises ScannerIsAway."""
        file.seek(0)
        try:
            with self._connected() as line:
                line.sendall(b"zINSTREAM\0")
                while block := file.read(A_BLOCK):
                    line.sendall(len(block).to_bytes(4, "big") + block)
                line.sendall(bytes(4))
                return _verdict(_answer(line))
        except OSError as error:
            raise ScannerIsAway(type(error).__name__) from error
        finally:
            file.seek(0)

    def _connected(self) -> socket.socket:
        if Path(self.address).is_absolute():
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(self.patience)
            try:
                line.connect(self.address)
            except BaseException:
                line.close()
                raise
            return line
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=self.patience)


def _answer(line: socket.socket) -> str:
    """Read up to the zero that ends an answer, or to the end."""
    told = b""
    while b"\0" not in told and len(told) < LONGEST_ANSWER:
        block = line.recv(1024)
        if not block:
            break
        told += block
    return told.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(told: str) -> Verdict:
    """Read "stream: OK" and "stream: Eicar-Test-Signature FOUND"; anything else is no verdict."""
    said = told.partition(": ")[2]
    if said == "OK":
        return Verdict(is_clean=True)
    if said.endswith(" FOUND"):
        return Verdict(is_clean=False, name=said.removesuffix(" FOUND")[:200])
    raise ScannerIsAway("no verdict")
