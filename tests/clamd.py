"""A ClamAV daemon for tests: it takes files over a socket as the real one does, and finds EICAR."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """What was sent, and what is answered; `says` is answered instead of a verdict."""

    def __init__(self, place: Path | None, *, says: bytes | None = None) -> None:
        self.says, self.received = says, list[bytes]()
        if place is not None:
            self.door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.door.bind(str(place))
            self.address = str(place)
        else:
            self.door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            self.door.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{self.door.getsockname()[1]}"
        self.door.listen()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Stop: whoever comes now finds nobody."""
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        self.thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line:
                self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        with line.makefile("rb") as coming:
            assert coming.read(10) == b"zINSTREAM\0"
            content = b""
            while length := int.from_bytes(coming.read(4), "big"):
                content += coming.read(length)
        self.received.append(content)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        line.sendall(found if self.says is None else self.says)


@contextmanager
def clamd(place: Path | None = None, *, says: bytes | None = None) -> Iterator[Clamd]:
    """Run one for a while."""
    daemon = Clamd(place, says=says)
    try:
        yield daemon
    finally:
        daemon.close()
