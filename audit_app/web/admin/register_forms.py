"""What is chosen with a file, and which header somebody says means what."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from audit_app.core.register.cells import clean
from audit_app.core.register.kinds import Wider
from audit_app.core.register.layouts import ALIASES, WORDS, Field, Layout
from audit_app.core.register.problems import ColumnsMissing
from audit_app.services.importing import Chosen
from audit_app.web.admin.choices import Choice

MOST_AUTHORITIES = 30
MOST_HEADERS = 300


class UploadForm(NamedTuple):
    """What the form about a file says beside the file."""

    layout: Layout | None
    chosen: Chosen

    @property
    def authorities(self) -> str:
        """Give the local authorities as they stand in the form, one a line."""
        return "\n".join(self.chosen.local_authorities)

    @property
    def included(self) -> list[str]:
        """Give who is ticked to be included."""
        return [name for name, ticked in self.chosen.wider._asdict().items() if ticked]


def upload_of(chosen: Chosen) -> UploadForm:
    """Give a form filled with what was chosen last time."""
    return UploadForm(None, chosen)


def read_upload(form: MultiDict[str, str]) -> UploadForm:
    """Read what was chosen. Local authorities stand one a line: their names have commas."""
    layout = form.get("layout", "")
    lines = [clean(line)[:100] for line in form.get("local_authorities", "").splitlines()]
    named = tuple(dict.fromkeys(line for line in lines if line))[:MOST_AUTHORITIES]
    ticked = set(form.getlist("include"))
    wider = Wider(*(name in ticked for name in Wider._fields))
    return UploadForm(Layout(layout) if layout in set(Layout) else None, Chosen(named, wider))


def fields_for(missing: ColumnsMissing) -> tuple[list[Choice], list[Choice]]:
    """Give the columns that are needed and not there, and those that could be there as well."""
    more = [
        field
        for field in ALIASES[missing.layout]
        if field not in missing.missing and field not in missing.known
    ]
    return _choices(missing.missing), _choices(more)


def _choices(fields: Iterable[Field]) -> list[Choice]:
    return [Choice(field.value, WORDS[field]) for field in fields]


def mapped_by_hand(form: Mapping[str, str]) -> tuple[Layout | None, dict[str, str]]:
    """Read which header means which field; headers without a field are left out."""
    layout = form.get("layout", "")
    known = {field.value for field in Field}
    fields = {
        form.get(f"header-{number}", ""): form.get(f"field-{number}", "")
        for number in range(1, MOST_HEADERS + 1)
    }
    named = {header: field for header, field in fields.items() if header and field in known}
    return (Layout(layout) if layout in set(Layout) else None), named
