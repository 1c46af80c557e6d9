"""Small files of invented evidence, made here: the same words give the same bytes."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont
from xlsxwriter import Workbook

from audit_app.core.evidence.kinds import TAKEN

MADE = datetime(2000, 1, 1, tzinfo=UTC)
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""No clock is asked by what is written into a file."""

WALL, PAPER, INK, PIN = "#c8a77a", "#fffdf5", "#1d1d1b", "#0f4c5c"
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def made(name: str, lines: Sequence[str]) -> BytesIO:
    """Make the file that a name promises; the first line is its heading."""
    return BytesIO(MAKERS[name.rpartition(".")[2]](lines))


def _pdf(lines: Sequence[str]) -> bytes:
    """Write one page of A4 in a typeface that every reader has (ISO 32000-1, 9.6.2.2)."""
    words = [f"BT /F1 18 Tf 72 760 Td ({_in_pdf(lines[0])}) Tj ET"]
    for number, line in enumerate(lines[1:]):
        words.append(f"BT /F1 12 Tf 72 {720 - 20 * number} Td ({_in_pdf(line)}) Tj ET")
    page = "\n".join(words)
    font = "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(page.encode('cp1252'))} >>\nstream\n{page}\nendstream",
        f"<< {font} >>",
    )
    file, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + (head + tail).encode()


def _in_pdf(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _word(lines: Sequence[str]) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    main = TAKEN["docx"].main
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>{paragraphs}'
        "</w:body></w:document>",
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            declared = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'
            package.writestr(zipfile.ZipInfo(name, LONG_AGO), declared, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _excel(lines: Sequence[str]) -> bytes:
    file = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(file, options) as book:
        book.set_properties({"title": lines[0], "created": MADE})
        page, bold = book.add_worksheet(), book.add_format({"bold": True})
        page.set_column(0, 3, 24)
        page.write_string(0, 0, lines[0], bold)
        for number, line in enumerate(lines[1:], 2):
            for place, cell in enumerate(line.split("|")):
                page.write_string(number, place, cell)
    return file.getvalue()


def _picture(lines: Sequence[str]) -> bytes:
    """Draw a sheet of paper pinned to a wall."""
    picture = Image.new("RGB", (480, 360), WALL)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 40, 420, 320), fill=PAPER, outline=INK)
    draw.ellipse((230, 30, 250, 50), fill=PIN)
    for number, line in enumerate(lines[1:]):
        draw.text((90, 80 + 52 * number), line, fill=INK, font=ImageFont.load_default(26))
    file = BytesIO()
    picture.quantize(16).save(file, "PNG")
    return file.getvalue()


def _text(lines: Sequence[str]) -> bytes:
    return "\r\n".join([*lines, ""]).encode()


MAKERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "pdf": _pdf,
    "docx": _word,
    "xlsx": _excel,
    "png": _picture,
    "txt": _text,
    "csv": lambda lines: _text(lines[1:]),
}
"""How a file is made, by what follows the last dot of its name."""
