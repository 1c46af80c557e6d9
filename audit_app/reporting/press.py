"""The press: a process of its own that draws documents, fed and watched from here.

Drawing takes a second of a core and much memory, so it is kept out of the processes that answer
people: they stay quick and small, a drawing that never ends is stopped, and one that crashes
takes nobody with it. The press starts with the first document, is kept for the next ones, has
no secrets in its environment, and ends by itself when the process that feeds it is gone.
"""

import atexit
import os
import subprocess
import sys
from threading import Lock, Timer
from typing import IO

PATIENCE_SECONDS = 120.0
"""How long one document may take, and how long one may wait for those before it."""

DRAWN, NOT_DRAWN = b"+", b"-"


class PressFailed(Exception):
    """No document came back: the reason is for the log, not for the reader."""


class Press:
    """One running press."""

    def __init__(self) -> None:
        """Start the process; it answers documents one after the other."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "audit_app.reporting.press_room"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_plain_environment(),
        )
        self._to, self._from = self._process.stdin, self._process.stdout

    def printed(self, parts: tuple[bytes, ...], *, patience: float) -> bytes:
        """Give the document made of these parts; raises PressFailed where there is none."""
        timer = Timer(patience, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            for part in parts:
                send(self._to, part)
            answer = receive(self._from)
        except OSError:
            answer = b""
        finally:
            timer.cancel()
        if not answer:
            self.stop()
            raise PressFailed("the press stopped at this document, or was stopped for its slowness")
        if answer[:1] != DRAWN:
            raise PressFailed(answer[1:].decode())
        return answer[1:]

    @property
    def is_running(self) -> bool:
        """Say whether the process is still there."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        self._process.communicate()


def printed(*parts: bytes, patience: float = PATIENCE_SECONDS) -> bytes:
    """Print at this process's press, which is started where it is not running."""
    if not _turn.acquire(timeout=patience):
        raise PressFailed("too many documents are waiting")
    try:
        press = _running.get(os.getpid())
        if press is None or not press.is_running:
            stop()
            press = _running[os.getpid()] = Press()
        return press.printed(parts, patience=patience)
    finally:
        _turn.release()


def send(pipe: IO[bytes] | None, part: bytes) -> None:
    """Write one part with its length before it."""
    if pipe is None:
        raise BrokenPipeError
    pipe.write(len(part).to_bytes(8, "big") + part)
    pipe.flush()


def receive(pipe: IO[bytes] | None) -> bytes:
    """Read one part; nothing where the other side is gone."""
    if pipe is None:
        return b""
    length = pipe.read(8)
    if len(length) < 8:
        return b""
    wanted = int.from_bytes(length, "big")
    part = pipe.read(wanted)
    return part if len(part) == wanted else b""


_turn = Lock()
_running: dict[int, Press] = {}
"""The press of each process by its number: one that was forked must not speak to its parent's."""


@atexit.register
def stop() -> None:
    """Stop this process's press, if it has one."""
    press = _running.pop(os.getpid(), None)
    if press is not None:
        press.stop()


def _renew_turn() -> None:
    """Give a forked process a lock of its own: its parent's may have been held at that moment."""
    global _turn  # noqa: PLW0603 - the lock is this module's only state that a fork can spoil
    _turn = Lock()


os.register_at_fork(after_in_child=_renew_turn)


def _plain_environment() -> dict[str, str]:
    """Give the environment without our own configuration, and with an order that never varies."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AUDIT_")}
    return kept | {"PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
