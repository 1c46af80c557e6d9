"""Templates and figures in, a finished PDF out: whole, or not at all.

Templates come from `reports/` alone, a name they do not know is an error, and everything put into
them is escaped: what people wrote is printed as they wrote it and can never be markup, style or a
link. The drawing itself happens at the press (`audit_app.reporting.press`).
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from audit_app.core.rag import LETTERS, WORDS
from audit_app.reporting.press import PATIENCE_SECONDS, PressFailed, printed
from audit_app.reporting.wording import FILTERS, breakable

REPORTS = Path(__file__).parents[2] / "reports"
ACCENT = "#0f4c5c"

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_UNPRINTABLE = dict.fromkeys({*range(0x20), 0x7F, 0xFFFE, 0xFFFF} - {0x09, 0x0A, 0x0D})


class ReportCouldNotBeMade(Exception):
    """The report was not made. No part of it exists; the cause is in the chain, for the log."""


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    identifier: str,
    made_at: datetime,
    accent: str = ACCENT,
    patience: float = PATIENCE_SECONDS,
) -> bytes:
    """Render a template of `reports/`, such as `return/report.html`, as a tagged PDF/UA file.

    The same input gives the same bytes. Raises ReportCouldNotBeMade, and only that.
    """
    html = render_html(template, context, title=title, made_at=made_at, accent=accent)
    folder = template.partition("/")[0]
    try:
        return printed(folder.encode(), identifier.encode(), html.encode(), patience=patience)
    except (PressFailed, OSError) as error:
        raise ReportCouldNotBeMade(f"{template} could not be drawn: {error}") from error


def render_html(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    made_at: datetime,
    accent: str = ACCENT,
) -> str:
    """Give the HTML that the press draws. `made_at` must know its time zone."""
    if not _COLOUR.fullmatch(accent):
        raise ReportCouldNotBeMade("the accent is not a colour such as #0f4c5c")
    frame = {
        "title": title,
        "accent": accent,
        "made_at": f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    try:
        html = _environment.get_template(template).render({**context, **frame})
    except Exception as error:
        # Whatever a template does with the figures, the reader gets a clear page and no file.
        raise ReportCouldNotBeMade(f"{template} could not be filled in: {error}") from error
    return html.translate(_UNPRINTABLE).encode(errors="replace").decode()


def _make_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(REPORTS),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=breakable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= FILTERS
    environment.globals |= {"LETTERS": LETTERS, "WORDS": WORDS}
    return environment


_environment = _make_environment()
