"""Whether people get in while others hold slow connections open, on the server as it is run."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.journeys.serving import Served

FORM = b"POST /sign-in HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"

SLOW: dict[str, bytes] = {
    "says nothing": b"",
    "stops in its first line": b"GET /he",
    "stops in its headers": b"GET / HTTP/1.1\r\nHost: ",
    "stops in a form": FORM + b"Content-Length: 5000\r\n\r\nemail=",
    "stops in a chunk": FORM + b"Transfer-Encoding: chunked\r\n\r\n5\r\nema",
    "pretends that a chunk is the last": FORM
    + b"Transfer-Encoding: chunked\r\n\r\nff\r\nx\r\n0\r\n\r\n",
    "stops in a file": FORM + b"Content-Length: 50000000\r\n\r\nemail=",
}
pytestmark = pytest.mark.xdist_group("browser-2")

EACH = 12
"""More than all threads of the server together, which are eight."""


def place_of(running: Served) -> tuple[str, int]:
    parts = urlsplit(running.address)
    return parts.hostname or "", parts.port or 0


@contextmanager
def held_open(running: Served, said: bytes, *, number: int) -> Iterator[list[socket.socket]]:
    host, port = place_of(running)
    if b"%s" in said:
        said = said % f"{host}:{port}".encode()
    with ExitStack() as stack:
        held = []
        for _ in range(number):
            held.append(stack.enter_context(socket.create_connection((host, port), timeout=30)))
            held[-1].sendall(said)
        yield held


def answer_to(running: Served, said: bytes) -> str:
    """Send something, and read until the server closes."""
    with held_open(running, said, number=1) as (one,):
        parts = []
        while part := one.recv(65536):
            parts.append(part)
        return b"".join(parts).decode()


@pytest.mark.parametrize("said", SLOW.values(), ids=list(SLOW))
def test_people_get_in_while_others_hold_slow_connections_open(running: Served, said: bytes):
    with held_open(running, said, number=EACH):
        for _ in range(4):
            with urlopen(f"{running.address}/sign-in", timeout=20) as page:
                assert page.status == 200


def test_a_form_that_trickles_in_is_answered_when_it_is_whole(running: Served):
    with held_open(running, FORM + b"Content-Length: 7\r\nConnection: close\r\n\r\n", number=1) as (
        slow,
    ):
        for one in b"email=a":
            slow.sendall(bytes([one]))
        assert b"HTTP/1.1 400" in slow.recv(65536)


def test_two_requests_on_one_connection_are_answered_in_turn(running: Served):
    two = b"GET /health/live HTTP/1.1\r\nHost: %s\r\n\r\nGET /health/live HTTP/1.1\r\nHost: %s\r\n"
    host, port = place_of(running)
    name = f"{host}:{port}".encode()
    answer = answer_to(running, two % (name, name) + b"Connection: close\r\n\r\n")
    assert answer.count("HTTP/1.1 200") == 2


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"NO REQUEST AT ALL\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nbad header\r\n\r\n", 400),
        (b"GET /" + b"x" * 5000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 70_000, 431),
        (FORM + b"Transfer-Encoding: chunked\r\n\r\nfffffff\r\n", 413),
    ],
)
def test_what_the_server_itself_refuses_carries_the_headers_of_every_answer(
    running: Served, said: bytes, status: int
):
    answer = answer_to(running, said)
    head = answer.split("\r\n\r\n")[0]
    assert head.startswith(f"HTTP/1.1 {status} ")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options"):
        assert head.count(f"\r\n{name}: ") == 1, head
    assert "default-src 'none'" in head
