"""A worker of the web server that gives a request a thread once all of it is there.

As gunicorn comes, a thread waits for each request that comes in slowly, so that eight slow
connections are enough to keep everybody out. Here the loop that accepts connections also gathers
what they send; a form that trickles in costs its memory and nothing else. Only a body too large to
be gathered, a file, is read by a thread as it comes, and files never have more than half of them.
"""

import socket
import struct
import time
from collections import deque
from functools import partial
from selectors import EVENT_READ
from typing import Any, cast

from flask import Flask
from gunicorn.workers.gthread import ThreadWorker

from audit_app.web.headers import headers_for_all
from audit_app.web.serving.gathering import Come, Gathered

HEAD_WITHIN = 20.0
"""Seconds for the request line and headers."""

WHOLE_WITHIN = 90.0
"""Seconds for a whole form: a megabyte from a telephone with next to no signal."""

SILENT_FOR = 30
"""Seconds that a file on its way in, or an answer on its way out, may stand still."""

ONCE_STOPPING = 2.0
READ_AT_ONCE = 64 * 1024
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
REFUSED = {
    408: (b"Request Timeout", b"The request did not come in whole in the time there is for it."),
    413: (b"Content Too Large", b"A body this long must say its length."),
    431: (b"Request Header Fields Too Large", b"The head of the request is too long."),
}
"""What the worker itself refuses, in the words of the protocol and in plain ones."""

TOO_LONG: dict[Come, int] = {Come.LONG_HEAD: 431, Come.LONG_BODY: 413}


class Arriving:
    """A connection whose next request is on its way in."""

    def __init__(self, conn: Any, data: bytes, now: float) -> None:
        self.conn, self.gathered, self.since = conn, Gathered(data), now

    def is_late(self, now: float) -> bool:
        """Say whether it has had the time there is."""
        within = WHOLE_WITHIN if self.gathered.has_head else HEAD_WITHIN
        return now - self.since > within


class PatientWorker(ThreadWorker):
    """Gunicorn's worker with threads, which waits for requests without any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arriving: dict[Any, Arriving] = {}
        self.large: set[Any] = set()
        self.large_waiting: deque[Arriving] = deque()

    def enqueue_req(self, conn: Any) -> None:
        """Begin to gather the next request of a connection, new or kept alive."""
        kept = conn.parser.unreader.take_buffered() if conn.parser is not None else b""
        arriving = Arriving(conn, kept, time.monotonic())
        if self._took_it(arriving):
            return
        conn.sock.setblocking(False)
        self.arriving[conn] = arriving
        self.poller.register(conn.sock, EVENT_READ, partial(self._read_on, arriving))
        self._read_on(arriving, conn.sock)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Let the next file in when one is done with."""
        was_large = conn in self.large
        self.large.discard(conn)
        super().finish_request(conn, fs)
        if was_large and self.large_waiting:
            self._begin_large(self.large_waiting.popleft())

    def murder_pending(self) -> None:
        """Close what took too long, and what came first where there is no room for more."""
        super().murder_pending()
        now = time.monotonic()
        for arriving in list(self.arriving.values()):
            if arriving.is_late(now):
                # A browser opens connections ahead; one that never spoke is closed without a word.
                self._drop(arriving, 408 if arriving.gathered.data else None)
            elif not self.alive and now - arriving.since > ONCE_STOPPING:
                self._drop(arriving)
        if self.nr_conns >= self.worker_connections and self.arriving:
            self._drop(next(iter(self.arriving.values())))

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Let what gunicorn itself refuses carry the headers that every answer has."""
        super().handle_error(req, Dressed(client, self._headers()), addr, exc)

    def _read_on(self, arriving: Arriving, sock: Any) -> None:
        try:
            data = sock.recv(READ_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(arriving)
            return
        awaited = arriving.gathered.has_head
        arriving.gathered.add(data)
        come = arriving.gathered.come
        if come in TOO_LONG:
            self._drop(arriving, TOO_LONG[come])
        elif come is not Come.PART:
            self._forget(arriving)
            self._took_it(arriving)
        elif arriving.gathered.has_head and not awaited and arriving.gathered.is_awaited:
            _say(sock, GO_ON)

    def _took_it(self, arriving: Arriving) -> bool:
        """Give a request to a thread where it can be given; say whether it was."""
        if arriving.gathered.come is Come.WHOLE:
            self._begin(arriving)
            return True
        if arriving.gathered.come is not Come.LARGE:
            return False
        if len(self.large) < max(1, self.cfg.threads // 2):
            self._begin_large(arriving)
        else:
            self.large_waiting.append(arriving)
        return True

    def _begin_large(self, arriving: Arriving) -> None:
        self.large.add(arriving.conn)
        self._begin(arriving)

    def _begin(self, arriving: Arriving) -> None:
        conn = arriving.conn
        still = struct.pack("ll", SILENT_FOR, 0)
        conn.sock.setblocking(True)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, still)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, still)
        conn.init()
        conn.parser.unreader.unread(bytes(arriving.gathered.data))
        conn.data_ready = True
        super().enqueue_req(conn)

    def _forget(self, arriving: Arriving) -> None:
        del self.arriving[arriving.conn]
        self.poller.unregister(arriving.conn.sock)

    def _drop(self, arriving: Arriving, status: int | None = None) -> None:
        """Close a connection, with a word where it is owed one."""
        self._forget(arriving)
        if status is not None:
            _say(arriving.conn.sock, _refusal(status, self._headers()))
        self.nr_conns -= 1
        arriving.conn.close()

    def _headers(self) -> dict[str, str]:
        config = cast(Flask, self.wsgi).config["AUDIT"]
        return headers_for_all(tls=config.is_behind_tls) | {"Cache-Control": "no-store"}


class Dressed:
    """A socket that puts headers behind the first line of the one answer sent through it."""

    def __init__(self, sock: Any, headers: dict[str, str]) -> None:
        self._sock, self._headers = sock, headers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)

    def sendall(self, data: bytes) -> None:
        """Send the answer with its headers."""
        first, rest = data.split(b"\r\n", 1)
        self._sock.sendall(b"\r\n".join((first, *_lines(self._headers), rest)))


def _lines(headers: dict[str, str]) -> list[bytes]:
    return [f"{name}: {value}".encode("latin-1") for name, value in headers.items()]


def _refusal(status: int, headers: dict[str, str]) -> bytes:
    reason, words = REFUSED[status]
    own = (
        b"Connection: close",
        b"Content-Type: text/plain; charset=utf-8",
        b"Content-Length: %d" % len(words),
    )
    return b"\r\n".join((b"HTTP/1.1 %d %s" % (status, reason), *own, *_lines(headers), b"", words))


def _say(sock: Any, words: bytes) -> None:
    """Send a few words if they can be sent at once; whoever does not listen misses them."""
    try:
        sock.send(words)
    except OSError:
        return
