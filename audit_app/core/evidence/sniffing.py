"""What a file is by its content: how it begins, and whether its text is nothing but text."""

import re

from audit_app.core.evidence.kinds import FileKind, Made

HEAD = 4096
"""Bytes from the beginning that tell what a file is."""

SIGNATURES: tuple[tuple[bytes, Made], ...] = (
    (b"%PDF-", Made.PDF),
    (b"PK\x03\x04", Made.PACKAGE),
    (b"\x89PNG\r\n\x1a\n", Made.PNG),
    (b"\xff\xd8\xff", Made.JPEG),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Made.OLD_OFFICE),
    (b"GIF8", Made.GIF),
)
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif")
BYTE_ORDERS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
MARKUP = re.compile(
    r"<\s*(!doctype|\?xml|!--|html|head|body|script|svg|iframe|object|embed|style|meta|link|math"
    r"|img|base|form|xml)\b|<!--|<\?xml",
    re.IGNORECASE,
)
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

SAID: dict[Made, str] = {
    Made.OLD_OFFICE: "it is locked with a password, or in an old Office format: save it without a "
    "password as .docx, .xlsx or .pptx, or as a PDF",
    Made.HEIC: "it is a HEIC photograph, from which the place cannot be removed here: save it as "
    "a JPEG (.jpg)",
    Made.MARKUP: "it is a web page and not plain text: print it as a PDF",
}


def made_as(head: bytes) -> Made:
    """Say what a file is by its first bytes; text is only text where nothing else fits."""
    start = head.removeprefix(b"\xef\xbb\xbf")
    for signature, made in SIGNATURES:
        if start.startswith(signature):
            return made
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Made.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return Made.HEIC
    text = words_in(head[: len(head) // 2 * 2], is_whole=False)
    if text is None:
        return Made.UNKNOWN
    return Made.MARKUP if MARKUP.search(text) else Made.TEXT


def words_in(content: bytes, *, is_whole: bool = True) -> str | None:
    """Read bytes as people's programs write text; None where they are something else.

    UTF-8 with or without its mark, UTF-16 with it, else the Windows letters of western Europe.
    """
    marked = next((name for mark, name in BYTE_ORDERS if content.startswith(mark)), None)
    # A beginning may end in the middle of a character.
    errors = "strict" if is_whole else "ignore"
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        if not NOT_TEXT.search(text):
            return text
    return None


def why_not_this_kind(kind: FileKind, made: Made) -> str | None:
    """Say what is wrong where a file is not what its name says; None where it is."""
    if made is kind.made:
        return None
    if made is Made.MARKUP and kind.made is not Made.TEXT:
        said = "a web page or a drawing, which can hold programs: print it as a PDF"
        return f"its name says {kind.words}, and its content is {said}"
    if made in SAID:
        return SAID[made]
    return f"its name says {kind.words}, and its content is something else"


def why_not_text(content: bytes) -> str | None:
    """Look at the whole of a text: a page or a program further down is still one."""
    text = words_in(content)
    if text is None:
        return "it holds more than plain text"
    return SAID[Made.MARKUP] if MARKUP.search(text[:HEAD]) else None
