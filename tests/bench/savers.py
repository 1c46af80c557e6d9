"""People who save, one answer after another: as the program wants it, and as the floors do."""

from collections import Counter
from http.client import HTTPException
from itertools import count
from typing import Protocol
from uuid import UUID

from sqlalchemy import func, select

from audit_app.services.recording import Event
from audit_app.storage.engine import reading_session
from audit_app.storage.models import Answer, AuditReturn, History
from tests.bench.serving import Server
from tests.bench.town import PASSWORD, Lead
from tests.bench.visiting import Reply, Visitor
from tests.databases import Database


class Saver(Protocol):
    """Somebody who can save once more."""

    def save(self) -> Reply:
        """Save one answer and give what came back."""

    def rest(self) -> None:
        """Let go of the connection: the server closes those that are silent for long."""


class Respondent:
    """Somebody at their return, who goes round a few questions and writes something new in each."""

    def __init__(self, server: Server, lead: Lead, questions: list[str]) -> None:
        """Sign in and look at the first question, whose form holds the token."""
        self.lead = lead
        self.acknowledged: Counter[str] = Counter()
        self.last: dict[str, str] = {}
        self._questions, self._numbers = questions, count()
        self._visitor, self._onwards = Visitor(server), ""
        self._visitor.sign_in(lead.email, PASSWORD)
        self._visitor.look_at(self._path(questions[0]))

    def save(self) -> Reply:
        """Save the next question; what the server has acknowledged is remembered."""
        number = next(self._numbers)
        question = self._questions[number % len(self._questions)]
        seen = self.acknowledged[question]
        commentary = f"What we saw when we looked for the {number}th time."
        fields = {
            "version": str(seen) if seen else "",
            "answer": "green" if number % 3 else "amber",
            "commentary": commentary,
            "go": "continue",
        }
        reply = self._visitor.post(self._path(question), fields)
        if reply.status == 303:
            self.acknowledged[question] += 1
            self.last[question] = commentary
            self._onwards = reply.headers["Location"]
        return reply

    def turn_the_page(self) -> Reply:
        """Open the page that the last save led to; raises HTTPException where it does not come."""
        reply = self._visitor.get(self._onwards)
        if reply.status != 200:
            raise HTTPException(f"{self._onwards} answered {reply.status}")
        return reply

    def rest(self) -> None:
        """Let go of the connection; the next save makes another."""
        self._visitor.leave()

    def _path(self, question: str) -> str:
        return f"/returns/{self.lead.return_id}/questions/{question}"


def lost(database: Database, person: Respondent) -> int:
    """Count what this person was told is saved and is not: by the answers, and by the history."""
    with reading_session(database.engine) as session:
        audit_return = session.get_one(AuditReturn, UUID(person.lead.return_id))
        answers = {
            answer.question_id: answer.commentary
            for answer in session.scalars(
                select(Answer).where(Answer.audit_return_id == audit_return.id)
            )
        }
        recorded = session.scalar(
            select(func.count())
            .select_from(History)
            .where(
                History.subject_id == str(audit_return.id),
                History.event == Event.ANSWER_SAVED.value,
            )
        )
    missing = sum(answers.get(name) != words for name, words in person.last.items())
    return missing + max(0, person.acknowledged.total() - (recorded or 0))


class BareSaver:
    """Somebody who sends the same words to a view that commits one row, or saves plainly."""

    def __init__(self, server: Server, path: str, *, person_id: str = "") -> None:
        """Begin a session where the view wants one."""
        self._path, self._numbers = path, count()
        self._visitor = Visitor(server)
        if person_id:
            self._visitor.look_at(f"/begin/{person_id}")

    def save(self) -> Reply:
        """Save once more."""
        number = next(self._numbers)
        commentary = f"What we saw when we looked for the {number}th time."
        return self._visitor.post(
            self._path, {"question": f"q{number % 10}", "commentary": commentary}
        )

    def rest(self) -> None:
        """Let go of the connection; the next save makes another."""
        self._visitor.leave()
