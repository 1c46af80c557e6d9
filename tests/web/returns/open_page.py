"""A page of a question that lies open and saves by itself, as its script does."""

from typing import Any, NamedTuple

from werkzeug.test import TestResponse

from tests.web.returns.desk import VERSION, Desk
from tests.web.returns.filled_in import fields_of

DATA = {"Accept": "application/json"}


class Told(NamedTuple):
    """What a page was told of its save."""

    status_code: int
    json: dict[str, Any]


def told_by(answer: TestResponse) -> Told:
    """Read an answer as the script does."""
    return Told(answer.status_code, dict(answer.get_json() or {}))


class OpenPage:
    """A page that lies open and saves by itself, as its script does."""

    def __init__(self, desk: Desk, question_id: str) -> None:
        page = desk.question(question_id)
        self.desk, self.question_id = desk, question_id
        self.fields = {name: value[0] for name, value in fields_of(page).items()}
        self.version = (VERSION.search(page.text) or [""] * 2)[1]

    def saves(self, *, hears: bool = True, **typed: Any) -> Told:
        sent = {
            "csrf_token": self.fields["csrf_token"],
            "whose": self.fields["whose"],
            "version": self.version,
            "go": "continue",
            **typed,
        }
        address = self.desk.address(f"/questions/{self.question_id}")
        answer = told_by(self.desk.browser.post(address, data=sent, headers=DATA))
        if hears and answer.status_code == 200:
            self.version = str(answer.json["version"] or "")
        return answer
