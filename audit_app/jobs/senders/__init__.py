"""The ways by which messages leave, and what can be said about one that did not."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple, Protocol

from audit_app.storage.models import Sender


class Letter(NamedTuple):
    """A message as a sender needs it. A repeat carries the same Message-ID and the same date."""

    message_id: str
    to: str
    subject: str
    body: str
    written_at: datetime


class NotTaken(Exception):
    """The message was certainly not taken, and may be later. Says why, in words without secrets."""


class Refused(Exception):
    """The message was not taken and never will be. Says why."""


class Uncertain(Exception):
    """Nobody can say whether the message was taken. Says why."""


class Outlet(Protocol):
    """An open way out."""

    def hand(self, letter: Letter) -> str | None:
        """Hand a message over, and give what the other side calls it.

        Raises NotTaken, Refused or Uncertain.
        """


class Way(Protocol):
    """A way out. Opening it raises NotTaken, and then nothing was handed to anybody."""

    @property
    def sender(self) -> Sender:
        """Say which way this is."""

    def open(self) -> AbstractContextManager[Outlet]:
        """Open the way for several messages."""


def first_line(text: str | bytes, *, most: int = 200) -> str:
    """Shorten what another machine said to a line that fits a page."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(words.split())[:most]
