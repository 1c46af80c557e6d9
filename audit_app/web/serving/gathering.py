"""What has come in of a request so far, and whether it is all there."""

import re
from enum import Enum

LONGEST_HEAD = 64 * 1024
"""Bytes of the request line and headers together; browsers send a few thousand."""

LONGEST_GATHERED = 1024 * 1024 + 64 * 1024
"""Bytes of a body that is gathered in memory: every form. What is longer is a file."""

END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:[ \t]*([0-9]{1,4300})[ \t]*(?=\r\n)", re.IGNORECASE)
CODED = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
AWAITED = re.compile(rb"\r\nexpect[ \t]*:[ \t]*100-continue", re.IGNORECASE)
SIZE_OF_A_CHUNK = re.compile(rb"[0-9a-f]{1,8}", re.IGNORECASE)
LONGEST_LINE = 256


class Come(Enum):
    """How much of a request has come."""

    PART = "part"
    WHOLE = "whole"
    LARGE = "its head, before a file that is read as it comes"
    LONG_HEAD = "a head longer than any that is read"
    LONG_BODY = "a body that does not say its length, and is too long"


class Gathered:
    """The bytes of one request as they come in, without a thread that waits for them."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray(data)
        self._looked_at = 0
        self._body_at = 0
        self._body = 0
        self._chunk_at = 0
        self.is_awaited = False

    def add(self, data: bytes) -> None:
        """Add what has just come."""
        self.data += data

    @property
    def has_head(self) -> bool:
        """Say whether the request line and all headers are there."""
        if not self._body_at:
            end = self.data.find(END_OF_HEAD, max(0, self._looked_at - len(END_OF_HEAD)))
            self._looked_at = len(self.data)
            if end >= 0:
                self._read_head(end)
        return bool(self._body_at)

    @property
    def come(self) -> Come:
        """Say how much has come."""
        if not self.has_head:
            return Come.LONG_HEAD if len(self.data) > LONGEST_HEAD else Come.PART
        if self._body_at > LONGEST_HEAD:
            return Come.LONG_HEAD
        if self._chunk_at:
            return self._chunks_come()
        if self._body > LONGEST_GATHERED:
            return Come.LARGE
        return Come.WHOLE if len(self.data) - self._body_at >= self._body else Come.PART

    def _read_head(self, end: int) -> None:
        """Read how long the body is. The server itself finds what is wrong with a head."""
        head = bytes(self.data[: end + 2])
        self._body_at = end + len(END_OF_HEAD)
        self._body = max((int(length) for length in LENGTH.findall(head)), default=0)
        if CODED.search(head):
            self._chunk_at = self._body_at
        has_body = bool(self._body or self._chunk_at)
        self.is_awaited = has_body and AWAITED.search(head) is not None

    def _chunks_come(self) -> Come:
        """Walk to the last chunk, the one of size 0; what is no chunk the server itself refuses."""
        while True:
            line = self.data.find(b"\r\n", self._chunk_at, self._chunk_at + LONGEST_LINE)
            if line < 0:
                is_chunk = len(self.data) - self._chunk_at < LONGEST_LINE
                return self._still_short() if is_chunk else Come.WHOLE
            size = SIZE_OF_A_CHUNK.match(self.data, self._chunk_at)
            if size is None:
                return Come.WHOLE
            length = int(size[0], 16)
            if not length:
                ended = self.data.find(END_OF_HEAD, line) >= 0
                return Come.WHOLE if ended else self._still_short()
            after = line + 2 + length + 2
            if after > len(self.data):
                too_long = after - self._body_at > LONGEST_GATHERED
                return Come.LONG_BODY if too_long else self._still_short()
            self._chunk_at = after

    def _still_short(self) -> Come:
        too_long = len(self.data) - self._body_at > LONGEST_GATHERED
        return Come.LONG_BODY if too_long else Come.PART
