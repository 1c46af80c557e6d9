"""HTML drawn as a tagged PDF/UA file by WeasyPrint, with nothing fetched but the report's own.

Only the press (`audit_app.reporting.press`) and the benchmarks import this module: WeasyPrint
takes a second to import, which the web process must not pay.
"""

import logging
from pathlib import Path
from typing import NamedTuple

from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from audit_app.reporting.allowed_files import AllowedFiles
from audit_app.reporting.tagging import add_scopes

REPORTS = Path(__file__).parents[2] / "reports"
BASE = "_base"


class NotDrawn(Exception):
    """The document could not be drawn as it should be; no part of it may be used."""


class Style(NamedTuple):
    """What every document of a report's folder shares, read and parsed once."""

    fonts: FontConfiguration
    sheets: tuple[CSS, ...]
    fetcher: AllowedFiles


_styles: dict[tuple[Path, str], Style] = {}


def draw(html: str, *, folder: str, identifier: bytes, reports: Path = REPORTS) -> bytes:
    """Draw a whole document with the style sheets of `_base` and of the report's folder.

    Equal input gives equal bytes. Raises NotDrawn where anything is wrong: a fetch that is not
    allowed, a missing file, a picture without words, a fault in the drawing itself.
    """
    complaints = _Complaints()
    LOGGER.addHandler(complaints)
    try:
        style = _styles.get((reports, folder)) or _style(reports, folder)
        _styles[reports, folder] = style
        document = HTML(
            string=html, base_url=f"{(reports / folder).as_uri()}/", url_fetcher=style.fetcher
        )
        made: bytes = document.write_pdf(
            stylesheets=style.sheets,
            font_config=style.fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier,
            finisher=add_scopes,
        )
    except (Exception, FatalURLFetchingError) as error:
        raise NotDrawn(f"{type(error).__name__}: {error}") from error
    finally:
        LOGGER.removeHandler(complaints)
    if complaints.heard:
        raise NotDrawn("; ".join(complaints.heard))
    return made


def _style(reports: Path, folder: str) -> Style:
    """Read the style sheets in the order of their names, those of `_base` first."""
    fetcher = AllowedFiles([reports / BASE, reports / folder])
    fonts = FontConfiguration()
    paths = [*sorted((reports / BASE).glob("*.css")), *sorted((reports / folder).glob("*.css"))]
    sheets = tuple(
        CSS(filename=str(path), font_config=fonts, url_fetcher=fetcher) for path in paths
    )
    return Style(fonts, sheets, fetcher)


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint would only log: here an error is a reason to make nothing."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())
