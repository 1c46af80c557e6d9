"""The YAML reader's own loops with less to do at each sign: what they read and refuse is the same.

ruamel.yaml looks up its parts anew at every step and moves on one sign at a time. Each function
here does what the one that it takes the place of does, for a text that is all there.
"""

import re
from typing import Any

from ruamel.yaml.error import StringMark
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner

MOVES_A_LINE = re.compile("[^\n\r\ufeff]*[\n\r\ufeff]").match
"""Finds a sign after which the next one does not simply stand a column further on."""

PLAIN_WORDS = re.compile(r"(?:[A-Za-z0-9_.;()/’‘“”–-]+ )+(?=[A-Za-z0-9])").match
"""Words with one space behind each, of signs that mean nothing to YAML, and the next word begun."""


class QuickReader(Reader):
    """Moves on by many signs at once where they all stand in one line."""

    def forward(self, length: int = 1) -> None:
        """Move on by so many signs."""
        start = self.pointer
        end = start + length
        if end + 1 >= len(self.buffer) or MOVES_A_LINE(self.buffer, start, end):
            super().forward(length)
            return
        self.pointer = end
        self.index += length
        self.column += length

    def get_mark(self) -> StringMark:
        """Give the place in the text."""
        return StringMark(self.name, self.index, self.line, self.column, self.buffer, self.pointer)


class QuickScanner(Scanner):
    """Knows its reader, and looks for keys that are over only where there are any."""

    reader: Any = None

    def reset_scanner(self) -> None:
        """Begin at the start of a text."""
        self.reader = self.loader.reader
        super().reset_scanner()

    def need_more_tokens(self) -> bool:
        """Say whether the next token is not certain yet."""
        if self.done:
            return False
        if not self.tokens:
            return True
        if not self.possible_simple_keys:
            return False
        self.stale_possible_simple_keys()
        return bool(self.next_possible_simple_key() == self.tokens_taken)

    def check_token(self, *choices: Any) -> bool:
        """Say whether the next token is one of these kinds, or any at all."""
        while self.need_more_tokens():
            self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def scan_plain(self) -> Any:
        """Read a bare text: its first words at once, the rest of it sign by sign."""
        reader = self.reader
        words = PLAIN_WORDS(reader.buffer, reader.pointer)
        if words is None:
            return super().scan_plain()
        start_mark = reader.get_mark()
        reader.forward(words.end() - words.start())
        token = super().scan_plain()
        token.value, token.start_mark = words[0] + token.value, start_mark
        return token


class QuickParser(Parser):
    """Knows its scanner."""

    @property
    def scanner(self) -> Any:
        """Give the scanner, looked up once."""
        found = self.__dict__.get("known_scanner")
        if found is None:
            found = self.__dict__["known_scanner"] = self.loader.scanner
        return found
