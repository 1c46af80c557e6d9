"""A person before one return: opening its pages, sending its forms, and looking what was kept."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from audit_app.storage.models import Answer, AuditReturn, Person
from audit_app.storage.queries.answers import answers_of
from tests.web.pages import token_of

VERSION = re.compile(r'name="version" value="(\d*)"')

COMPLETE: dict[str, dict[str, Any]] = {
    "1.1": {"answer": "green"},
    "1.2": {"answer": "yes"},
    "1.3": {"answer": "no"},
    "1.4": {"answer": "monthly"},
    "1.5": {"answer": ["none"]},
    "2.1": {"answer": "12"},
    "2.2": {"x": "4", "y": "5"},
    "2.3": {"x": "4"},
    "2.4": {"answer": "95 %"},
    "2.5": {"date-day": "1", "date-month": "9", "date-year": "2026"},
    "3.2": {
        "cell-under_2-on_roll": "6",
        "cell-under_2-helped": "2",
        "cell-aged_2-on_roll": "9",
        "cell-aged_2-helped": "0",
    },
    "3.3": {
        "cell-0-full_name": "Amina Shah",
        "cell-0-role": "lead",
        "cell-0-trained_on-day": "10",
        "cell-0-trained_on-month": "1",
        "cell-0-trained_on-year": "2026",
    },
    "3.4": {"answer": "In the blue folder"},
    "3.5": {
        "sign-0-name": "Amina Shah",
        "sign-0-role": "Manager",
        "sign-0-date-day": "1",
        "sign-0-date-month": "9",
        "sign-0-date-year": "2026",
    },
}
"""What fills in everything that must be answered, by question, as a form sends it."""


@dataclass(frozen=True)
class Desk:
    """A browser, the records behind the service, and the return that lies open."""

    browser: FlaskClient
    records: Session
    return_id: UUID
    person_id: UUID

    def address(self, rest: str = "") -> str:
        """Give the address of a page of the return."""
        return f"/returns/{self.return_id}{rest}"

    def open(self, rest: str = "") -> TestResponse:
        """Open a page of the return."""
        return self.browser.get(self.address(rest))

    def question(self, question_id: str) -> TestResponse:
        """Open the page of a question."""
        return self.open(f"/questions/{question_id}")

    def save(self, question_id: str, **fields: Any) -> TestResponse:
        """Open a question, fill in these fields as its form names them, and send it."""
        return self.send(question_id, self.question(question_id), fields)

    def send(self, question_id: str, page: TestResponse, fields: dict[str, Any]) -> TestResponse:
        """Send the form of a page that was opened before."""
        found = VERSION.search(page.text)
        assert found is not None
        given = {"csrf_token": token_of(page), "version": found[1], **fields}
        return self.browser.post(self.address(f"/questions/{question_id}"), data=given)

    def complete(self) -> None:
        """Answer everything that must be answered."""
        for question_id, fields in COMPLETE.items():
            assert self.save(question_id, **fields).status_code == 303, question_id

    def answer(self, question_id: str) -> Answer | None:
        """Give an answer as it was kept."""
        return self.answers().get(question_id)

    def answers(self) -> dict[str, Answer]:
        """Give every answer as it was kept, and let go of the database again."""
        self.records.expire_all()
        found = answers_of(self.records, self.kept())
        for answer in found.values():
            self.records.refresh(answer)
        self.records.expunge_all()
        self.records.rollback()
        return found

    def kept(self) -> AuditReturn:
        """Give the return as it was kept; the session stays open."""
        return self.records.get_one(AuditReturn, self.return_id)

    def person(self) -> Person:
        """Give whoever sits here; the session stays open."""
        return self.records.get_one(Person, self.person_id)

    def state(self) -> str:
        """Give the state the return is in, and let go of the database again."""
        self.records.expire_all()
        state = self.kept().state.value
        self.records.rollback()
        return state
