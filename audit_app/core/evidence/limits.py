"""How much may be kept, and sizes in words."""

from typing import NamedTuple

MB = 1_000_000
MOST_FILES = 20
"""Files in one post."""

LARGEST_UNZIPPED = 20
"""An Office file may unzip to so many times the largest file."""

MOST_PARTS = 5_000
"""Parts of an Office file; a presentation with a thousand pictures has fewer."""

LONGEST_TITLE = 200
LONGEST_PLACE = 500


class Limits(NamedTuple):
    """How many bytes a file may have, and the files of a return and of an organisation together."""

    file: int = 20 * MB
    of_return: int = 500 * MB
    of_organisation: int = 2_000 * MB

    @property
    def post(self) -> int:
        """Give how many bytes may be sent at once: five of the largest files."""
        return 5 * self.file


def size_words(size: int) -> str:
    """Write a number of bytes as people do: "340 KB", "1.2 MB"."""
    if size < 1_000:
        return "1 byte" if size == 1 else f"{size} bytes"
    if size < MB:
        return f"{-(-size // 1_000)} KB"
    tenths = -(-size // (MB // 10))
    return f"{tenths // 10} MB" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10} MB"
