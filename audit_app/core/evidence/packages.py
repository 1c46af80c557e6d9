"""What an Office file must be inside: the parts of its kind, no macros, and no bomb."""

from collections.abc import Sequence
from typing import NamedTuple

from audit_app.core.evidence.kinds import FileKind
from audit_app.core.evidence.limits import LARGEST_UNZIPPED, MOST_PARTS, Limits

CONTENTS, MIMETYPE = "[Content_Types].xml", "mimetype"
MACRO_FOLDERS = ("basic/", "scripts/")
MACROS = "it holds macros, which are programs: save it without them"
DAMAGED = "it is damaged, or it is not what its name says"
DECLARES = "it holds declarations of its own, which no Office program writes: save it anew"
BOMB = "it unpacks to far more than its size, and was not opened"


class Part(NamedTuple):
    """One part of a zip file, by its own word: its name and its size when unpacked."""

    name: str
    size: int


def why_not_this_package(
    kind: FileKind, parts: Sequence[Part], description: str, limits: Limits
) -> str | None:
    """Say what is wrong inside an Office file, or None.

    `description` is the text of its `[Content_Types].xml`, or of its `mimetype` for OpenDocument.
    """
    if len(parts) > MOST_PARTS or sum(part.size for part in parts) > LARGEST_UNZIPPED * limits.file:
        return BOMB
    names = [part.name.lower().replace("\\", "/") for part in parts]
    if "macroenabled" in description.lower() or any(_is_macro(name) for name in names):
        return MACROS
    if kind.main.endswith("+xml"):
        return None if f'"{kind.main}"' in description else DAMAGED
    return None if description.strip() == kind.main and "content.xml" in names else DAMAGED


def described_in(kind: FileKind) -> str:
    """Name the part in which an Office file says what it is."""
    return CONTENTS if kind.main.endswith("+xml") else MIMETYPE


def is_xml(name: str) -> bool:
    """Say whether a part is read as XML by whatever opens the file."""
    return name.lower().endswith((".xml", ".rels"))


def declares(head: bytes) -> bool:
    """Say whether the head of an XML part declares a type of document, and so perhaps entities.

    No Office format has any (ECMA-376 part 2, clause 6.2.5 forbids them); a billion laughs does.
    """
    return b"<!DOCTYPE" in head.replace(b"\0", b"").upper()


def _is_macro(name: str) -> bool:
    last = name.rpartition("/")[2]
    return last in ("vbaproject.bin", "vbadata.xml") or name.startswith(MACRO_FOLDERS)
