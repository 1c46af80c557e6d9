"""People who save, one answer after another: as the program wants it, and as the floors do."""

from collections import Counter
from itertools import count
from typing import Protocol

from tests.bench.serving import Server
from tests.bench.town import PASSWORD, Lead
from tests.bench.visiting import Reply, Visitor


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
        self._visitor = Visitor(server)
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
        return reply

    def rest(self) -> None:
        """Let go of the connection; the next save makes another."""
        self._visitor.leave()

    def _path(self, question: str) -> str:
        return f"/returns/{self.lead.return_id}/questions/{question}"


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
