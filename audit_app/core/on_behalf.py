"""Answering for an organisation what it said by telephone, at a meeting or on paper."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

CHANNEL_WORDS: dict[str, str] = {
    "telephone": "by telephone",
    "meeting": "at a meeting",
    "paper": "on paper",
}
"""By which ways a coordinator may have been told an answer."""

LONGEST_NAME = 100


class OnBehalf(NamedTuple):
    """Whose answer somebody else enters, in words, and by which way it came."""

    name: str
    channel: str

    @property
    def words(self) -> str:
        """Say it: "on behalf of Ada Moss, by telephone"."""
        return on_behalf_words(self.name, self.channel)

    @property
    def details(self) -> dict[str, str]:
        """Give what history keeps of it."""
        return {"on_behalf_of": self.name, "channel": self.channel}


def on_behalf_words(name: str, channel: str | None) -> str:
    """Say for whom something was entered, and by which way it came where that is known."""
    way = CHANNEL_WORDS.get(channel or "", "")
    return f"on behalf of {name}{f', {way}' if way else ''}"


def entered_words(by: str | None, name: str, channel: str | None) -> str:
    """Say who entered an answer and for whom: "Entered by Kezia Moss on behalf of Ada Moss"."""
    return f"Entered {f'by {by} ' if by else ''}{on_behalf_words(name, channel)}"


def entered_mark(channel: str | None) -> str:
    """Give the short mark beside an answer that somebody else entered: "Entered by telephone"."""
    return f"Entered {CHANNEL_WORDS.get(channel or '', 'for you')}"


def entered_heads(entered: Iterable[str], *, of: int) -> list[str]:
    """Say once at the head what is marked beside each answer, the most frequent first.

    `entered` are the words of `entered_words`, one an answer, and `of` counts all that stand: "All
    44 answers were entered by Kezia Moss on behalf of Ada Moss, by telephone".
    """
    return [
        f"{_how_many(count, of)} {words[:1].lower()}{words[1:]}"
        for words, count in Counter(entered).most_common()
    ]


def _how_many(count: int, of: int) -> str:
    if count >= of:
        return "The answer was" if count == 1 else f"All {count} answers were"
    return f"{count} of {of} answers {'was' if count == 1 else 'were'}"


def wrong_on_behalf(name: str, channel: str) -> dict[str, str]:
    """Give what is wrong with what was said, by its part."""
    wrong = {}
    if not name.strip():
        wrong["name"] = "Enter the name of whoever gives the answers"
    elif len(name.strip()) > LONGEST_NAME:
        wrong["name"] = f"The name must be {LONGEST_NAME} characters or fewer"
    if channel not in CHANNEL_WORDS:
        wrong["channel"] = "Choose how the answers reach you"
    return wrong
