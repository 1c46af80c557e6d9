"""What a browser would send if somebody pressed the button of a page without changing anything."""

from html.parser import HTMLParser

from werkzeug.test import TestResponse


def fields_of(page: TestResponse) -> dict[str, list[str]]:
    """Give the filled-in fields of the question's form, by name; empty ones are left out."""
    reader = _Fields()
    reader.feed(page.text.split('id="question"', 1)[-1])
    return reader.found


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.open_field = ""
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and (
            given.get("type") not in ("radio", "checkbox") or "checked" in given
        ):
            self.note(name, value)
        elif tag in ("select", "textarea"):
            self.open_field, self.words = name, ""
        elif tag == "option" and "selected" in given:
            self.note(self.open_field, value)

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser leaves out the line break right after the tag.
            self.note(self.open_field, self.words.removeprefix("\n"))

    def note(self, name: str, value: str) -> None:
        if name and value:
            self.found.setdefault(name, []).append(value)
