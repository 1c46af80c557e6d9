"""A file on its way in: looked at, cleaned, scanned and stored, or refused and nothing kept."""

import hashlib
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from audit_app.core.evidence.limits import Limits
from audit_app.services.receiving_files import FileRefused, Keeping, NoRoomForFile, receive
from audit_app.storage.evidence_store import Folder
from audit_app.storage.models import ScanState
from audit_app.storage.virus_scanner import Scanner
from tests.clamd import EICAR, clamd
from tests.web.returns.files import PDF, office, photograph

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SMALL = Limits(file=100_000)


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    """Keep files of at most 100 KB in a folder, with no scanner."""
    return Keeping(Folder(tmp_path), None, SMALL)


def files_in(keeping: Keeping) -> list[Path]:
    assert isinstance(keeping.store, Folder)
    return [one for one in keeping.store.path.rglob("*") if one.is_file()]


def refusal(keeping: Keeping, name: str, content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        receive(BytesIO(content), name=name, keeping=keeping, now=NOW)
    assert files_in(keeping) == []
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.docx", office("docx")),
        ("a.xlsx", office("xlsx")),
        ("a.pptx", office("pptx")),
        ("a.TXT", b"words"),
        ("a.csv", "Name;\u00a35\n".encode("cp1252")),
    ],
)
def test_each_kind_is_kept_as_it_came(keeping: Keeping, name: str, content: bytes):
    arrived = receive(BytesIO(content), name=name, keeping=keeping, now=NOW)
    (kept,) = files_in(keeping)
    assert kept.read_bytes() == content
    assert kept.name == arrived.stored_name
    assert arrived.sha256 == hashlib.sha256(content).hexdigest()
    assert (arrived.size, arrived.scan_state) == (len(content), ScanState.NOT_SCANNED)


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY ha "ha">]><a>&ha;</a>'


def bomb() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "x")
        package.writestr("xl/workbook.xml", bytes(10_000_000))
    return made.getvalue()


def many_parts() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", "x")
        for number in range(6_000):
            package.writestr(f"xl/{number}", b"")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"", "it is empty"),
        ("a.pdf", b"hello, I am no PDF", "its content is something else"),
        ("a.pdf", b"%PDF-" + bytes(100_000), "a file may have 100 KB"),
        ("a.docm", office(), "macros"),
        ("a.docx", office(extra={"word/vbaProject.bin": b"x"}), "macros"),
        ("a.docx", office("xlsx"), "damaged"),
        ("a.docx", office(extra={"word/document.xml": LAUGHS}), "declarations"),
        (
            "a.docx",
            office(extra={"word/document.xml": LAUGHS.decode().encode("utf-16")}),
            "declarations",
        ),
        ("a.docx", b"PK\x03\x04 and no more", "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "password"),
        ("a.xlsx", bomb(), "unpacks to far more"),
        ("a.svg", b"<svg><script>alert(1)</script></svg>", "can hold programs"),
        ("a.png", b"<svg><script>alert(1)</script></svg>", "web page"),
        ("a.html", b"<p>words", "can hold programs"),
        ("a.txt", b"<html><script>alert(1)</script>", "web page"),
        ("a.txt", b"words\x00more", "its content is something else"),
        ("a.jpg", b"\xff\xd8\xff\xe0 and no picture", "damaged"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic", "JPEG"),
        ("a.jpg", b"\x00\x00\x00\x18ftypheic", "JPEG"),
        ("noextension", b"words", "can be added"),
        ("a.pdf.exe", PDF, "can be added"),
    ],
)
def test_what_may_not_be_taken_is_refused_in_words(
    keeping: Keeping, name: str, content: bytes, why: str
):
    assert why in refusal(keeping, name, content)


def test_a_list_of_parts_without_end_is_not_read(keeping: Keeping):
    roomy = keeping._replace(limits=Limits(file=2_000_000))
    assert "unpacks to far more" in refusal(roomy, "a.xlsx", many_parts())


def test_a_photograph_forgets_where_it_was_taken_and_stays_the_right_way_up(keeping: Keeping):
    content = photograph(turned=6)
    with Image.open(BytesIO(content)) as before:
        assert before.getexif().get_ifd(IFD.GPSInfo)
    arrived = receive(BytesIO(content), name="a.jpg", keeping=keeping, now=NOW)
    with keeping.store.open(arrived.stored_name) as file:
        kept = file.read()
    with Image.open(BytesIO(kept)) as after:
        exif = after.getexif()
        assert dict(exif) == {}
        assert not exif.get_ifd(IFD.GPSInfo)
        assert Base.Orientation not in exif
        assert after.size == (20, 40)
        red, green, _ = after.convert("RGB").getpixel((17, 2))  # type: ignore[misc]
        assert red > 200 > 100 > green
        assert "comment" not in after.info
    assert b"Camera of somebody" not in kept
    assert b"taken at home" not in kept


def test_what_hangs_behind_a_picture_does_not_come_along(keeping: Keeping):
    behind = b"ftypmp42 a short film with its place"
    arrived = receive(BytesIO(photograph() + behind), name="a.jpeg", keeping=keeping, now=NOW)
    with keeping.store.open(arrived.stored_name) as file:
        assert behind not in file.read()


@pytest.mark.parametrize("name", ["PNG", "WEBP"])
def test_other_pictures_lose_their_notes_too(keeping: Keeping, name: str):
    picture = Image.new("RGBA", (9, 9), (255, 0, 0, 128))
    exif = Image.Exif()
    exif[Base.Make] = "Camera of somebody"
    made = BytesIO()
    picture.save(made, name, exif=exif)
    assert b"Camera of somebody" in made.getvalue()
    arrived = receive(made, name=f"a.{name.lower()}", keeping=keeping, now=NOW)
    with keeping.store.open(arrived.stored_name) as file:
        kept = file.read()
    assert b"Camera of somebody" not in kept
    with Image.open(BytesIO(kept)) as after:
        assert after.size == (9, 9)
        assert after.mode == "RGBA"


def test_a_picture_that_draws_without_end_is_refused(keeping: Keeping):
    made = BytesIO()
    Image.new("1", (30_000, 30_000)).save(made, "PNG")
    roomy = keeping._replace(limits=Limits())
    assert "too large a picture" in refusal(roomy, "a.png", made.getvalue())


def test_a_clean_file_says_so_and_an_infected_one_is_not_kept(keeping: Keeping):
    with clamd() as daemon:
        scanning = keeping._replace(scanner=Scanner(daemon.address))
        assert "a virus was found" in refusal(scanning, "a.txt", EICAR)
        arrived = receive(BytesIO(b"words"), name="a.txt", keeping=scanning, now=NOW)
    assert (arrived.scan_state, arrived.scanned_at) == (ScanState.CLEAN, NOW)


def test_while_the_scanner_is_away_a_file_is_kept_and_not_called_clean(keeping: Keeping):
    away = keeping._replace(scanner=Scanner("127.0.0.1:9"))
    arrived = receive(BytesIO(b"words"), name="a.txt", keeping=away, now=NOW)
    assert (arrived.scan_state, arrived.scanned_at) == (ScanState.NOT_SCANNED, None)


def test_no_room_is_a_fact_and_nothing_is_kept(keeping: Keeping, monkeypatch: pytest.MonkeyPatch):
    def full(_self: Folder, _name: str, _file: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(Folder, "put", full)
    with pytest.raises(NoRoomForFile):
        receive(BytesIO(PDF), name="a.pdf", keeping=keeping, now=NOW)
