"""The kinds of file that are taken: their extensions, their content types, and how they begin."""

from enum import StrEnum
from typing import NamedTuple

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml"
OPEN = "application/vnd.oasis.opendocument"


class Made(StrEnum):
    """What a file is by its own content, whatever it is called."""

    PDF = "pdf"
    PACKAGE = "package"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    HEIC = "heic"
    OLD_OFFICE = "old_office"
    GIF = "gif"
    MARKUP = "markup"
    TEXT = "text"
    UNKNOWN = "unknown"


class FileKind(NamedTuple):
    """One kind that is taken. `main` is what an Office file says of its main part."""

    extension: str
    words: str
    content_type: str
    made: Made
    main: str = ""


TAKEN: dict[str, FileKind] = {
    kind.extension: kind
    for kind in (
        FileKind("pdf", "PDF", "application/pdf", Made.PDF),
        FileKind("docx", "Word", f"{WORD}.document", Made.PACKAGE, f"{WORD}.document.main+xml"),
        FileKind("xlsx", "Excel", f"{EXCEL}.sheet", Made.PACKAGE, f"{EXCEL}.sheet.main+xml"),
        FileKind(
            "pptx",
            "PowerPoint",
            f"{SLIDES}.presentation",
            Made.PACKAGE,
            f"{SLIDES}.presentation.main+xml",
        ),
        FileKind("odt", "OpenDocument text", f"{OPEN}.text", Made.PACKAGE, f"{OPEN}.text"),
        FileKind(
            "ods",
            "OpenDocument spreadsheet",
            f"{OPEN}.spreadsheet",
            Made.PACKAGE,
            f"{OPEN}.spreadsheet",
        ),
        FileKind("png", "PNG picture", "image/png", Made.PNG),
        FileKind("jpg", "photograph", "image/jpeg", Made.JPEG),
        FileKind("jpeg", "photograph", "image/jpeg", Made.JPEG),
        FileKind("webp", "WebP picture", "image/webp", Made.WEBP),
        FileKind("txt", "plain text", "text/plain", Made.TEXT),
        FileKind("csv", "CSV", "text/csv", Made.TEXT),
    )
}
"""The one table of what is taken. What is not in it is refused."""

ACCEPT = ",".join(f".{extension}" for extension in TAKEN)
"""What a browser's file chooser offers."""

TAKEN_WORDS = "PDF, Word, Excel, PowerPoint, OpenDocument, photographs and pictures, and plain text"

REFUSED: dict[str, str] = {
    "docm": "it may hold macros, which are programs: save it as a Word document (.docx)",
    "dotm": "it may hold macros, which are programs: save it as a Word document (.docx)",
    "xlsm": "it may hold macros, which are programs: save it as an Excel workbook (.xlsx)",
    "xlsb": "it may hold macros, which are programs: save it as an Excel workbook (.xlsx)",
    "pptm": "it may hold macros, which are programs: save it as a presentation (.pptx)",
    "doc": "it is in the old Word format: save it as .docx or as a PDF",
    "xls": "it is in the old Excel format: save it as .xlsx or as a PDF",
    "ppt": "it is in the old PowerPoint format: save it as .pptx or as a PDF",
    "svg": "a drawing of this kind can hold programs: save it as a PNG picture or as a PDF",
    "html": "a web page can hold programs: print it as a PDF",
    "htm": "a web page can hold programs: print it as a PDF",
    "heic": "the place it was taken cannot be removed from it here: save it as a JPEG (.jpg)",
    "heif": "the place it was taken cannot be removed from it here: save it as a JPEG (.jpg)",
    "zip": "files in a folder that is packed cannot be looked at: choose the files themselves",
    "msg": "an e-mail can hold other files: save it as a PDF",
    "eml": "an e-mail can hold other files: save it as a PDF",
}
"""Why some kinds are refused, and what to do instead; any other is told what is taken."""


def kind_of(extension: str) -> FileKind | None:
    """Give the kind that an extension names, or None where it is not taken."""
    return TAKEN.get(extension)


def why_not_taken(extension: str) -> str:
    """Say why a file with this extension is refused."""
    if extension in REFUSED:
        return REFUSED[extension]
    return f"only {TAKEN_WORDS} can be added"


def kind_words(content_type: str) -> str:
    """Name a kind by its content type, as it is kept with a file."""
    return next((k.words for k in TAKEN.values() if k.content_type == content_type), "file")
