"""What a file is called when it is shown; never where it is put."""

import re
import unicodedata
from urllib.parse import quote

LONGEST_NAME = 120
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Kinds of character that cannot be seen or that turn the reading round, such as U+202E."""

NAMELESS = "file"


def shown_name(given: str) -> str:
    """Clean the name a browser sent: no folders, nothing unseen, not too long, never empty."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    name = "".join(sign for sign in name if unicodedata.category(sign) not in UNSEEN)
    name = " ".join(name.split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:LONGEST_NAME] or NAMELESS
    extension = extension[:16]
    return f"{stem[: LONGEST_NAME - len(extension) - 1].rstrip()}.{extension}"


def extension_of(name: str) -> str:
    """Give what follows the last dot of a cleaned name, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def title_from(name: str) -> str:
    """Give a title to begin with, from the name of a file: "child_protection-policy" as words."""
    stem = name.rpartition(".")[0] or name
    return " ".join(re.sub(r"[_]+", " ", stem).split()) or NAMELESS


def attachment(name: str) -> str:
    """Write the header by which a browser keeps a file under a cleaned name (RFC 6266).

    Old browsers read the plain name, all others the second one.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(sign for sign in plain if sign not in '"\\;%') or NAMELESS
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
