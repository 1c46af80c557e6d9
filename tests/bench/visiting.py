"""A person at a browser, as far as a benchmark needs one: one kept connection, cookies, forms."""

import re
import time
from email.message import Message
from http.client import HTTPConnection
from typing import NamedTuple, Protocol
from urllib.parse import urlencode

from tests.bench.serving import HERE

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
A_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Listening(Protocol):
    """A server that takes connections at a port of this machine."""

    @property
    def port(self) -> int:
        """Give the port."""


class Reply(NamedTuple):
    """What came back, and after how long."""

    status: int
    text: str
    seconds: float
    headers: Message


class Visitor:
    """One browser with its own connection and cookies."""

    def __init__(self, server: Listening) -> None:
        """Sit down at the browser; nothing is asked yet."""
        self._connection = HTTPConnection(HERE, server.port, timeout=60)
        self._cookies: dict[str, str] = {}
        self.token = ""

    def get(self, path: str) -> Reply:
        """Open a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Reply:
        """Send a form, with the token of the last form that was looked at."""
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **fields}))

    def look_at(self, path: str) -> Reply:
        """Open a page and keep the token of its forms."""
        reply = self.get(path)
        found = TOKEN.search(reply.text)
        if reply.status != 200 or found is None:
            raise ConnectionError(f"{path} answered {reply.status}")
        self.token = found[1]
        return reply

    def sign_in(self, email: str, password: str) -> None:
        """Sign in at the sign-in page."""
        self.look_at("/sign-in")
        reply = self.post("/sign-in", {"email": email, "password": password})
        if reply.status not in (302, 303):
            raise ConnectionError(f"signing in answered {reply.status}")

    def leave(self) -> None:
        """Close the connection; the next request opens another."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None) -> Reply:
        headers = dict(A_FORM) if body is not None else {}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={is_}" for name, is_ in self._cookies.items())
        begun = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        seconds = time.perf_counter() - begun
        for given in response.headers.get_all("Set-Cookie", []):
            name, _, value = given.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Reply(response.status, text, seconds, response.headers)
