"""Which files a report may fetch, and that everything else stops it."""

from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from audit_app.reporting.allowed_files import AllowedFiles
from audit_app.reporting.drawing import NotDrawn, draw


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for folder in ("_base", "letter", "letters"):
        (tmp_path / folder).mkdir()
    (tmp_path / "letter" / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "letters" / "other.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path


@pytest.fixture
def fetcher(reports: Path) -> AllowedFiles:
    return AllowedFiles([reports / "_base", reports / "letter"])


def test_a_file_of_the_reports_own_folder_is_read(fetcher: AllowedFiles, reports: Path):
    answer = fetcher.fetch((reports / "letter" / "mark.svg").as_uri())

    assert b"svg" in answer.read()
    assert answer.content_type == "image/svg+xml"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "file://host/share",
        "file:{reports}/letter/../secret.txt",
        "file://{reports}/letter/%2e%2e/secret.txt",
        "file://{reports}/letters/other.svg",
        "file://{reports}/letter/missing.svg",
        "file://{reports}/letter",
        "file://{reports}/letter/mark.svg?x=1",
        "file://{reports}/letter/mark.svg%00.txt",
        "http://127.0.0.1:9/x",
        "https://example.org/x.css",
        "ftp://example.org/x",
        "data:text/plain,x",
        "gopher://example.org",
        "//example.org/x",
        "http://[",
    ],
)
def test_every_other_address_stops_the_drawing(fetcher: AllowedFiles, reports: Path, address: str):
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch(address.format(reports=reports))


def test_a_link_that_leads_out_of_the_folder_is_followed_to_a_refusal(
    fetcher: AllowedFiles, reports: Path
):
    (reports / "letter" / "way-out.txt").symlink_to(reports / "secret.txt")

    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch((reports / "letter" / "way-out.txt").as_uri())


def test_a_style_sheet_that_asks_for_another_folders_file_draws_nothing(reports: Path):
    (reports / "letter" / "letter.css").write_text("p { background: url(../letters/other.svg) }")

    with pytest.raises(NotDrawn, match="outside its own folder"):
        draw(
            "<html lang=en><title>x</title><p>x</p>",
            folder="letter",
            identifier=b"x",
            reports=reports,
        )


def test_a_document_without_a_language_is_not_drawn(reports: Path):
    with pytest.raises(NotDrawn, match="lang"):
        draw("<title>x</title><p>x</p>", folder="letter", identifier=b"x", reports=reports)
