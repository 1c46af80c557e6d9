"""The fields of one question among those of several on a page: each name begins with its id."""

from collections.abc import Iterator

from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.typed import Form

COLON = ":"
"""No id of a question holds one, so that no two questions share a name."""


def at(question_id: str) -> str:
    """Give what the names of a question's fields begin with on a page of several."""
    return f"{question_id}{COLON}"


class PartOfForm:
    """What was sent for one question, under the names that its own page would have sent."""

    def __init__(self, form: Form, question_id: str) -> None:
        self._form, self._at = form, at(question_id)

    def get(self, name: str, default: str | None = None) -> str | None:
        """Give the first text that was sent under a name."""
        given: str | None = self._form.get(self._at + name, default)
        return given

    def getlist(self, name: str) -> list[str]:
        """Give every text that was sent under a name."""
        return list(self._form.getlist(self._at + name))

    def __iter__(self) -> Iterator[str]:
        """Walk the names of what was sent for this question."""
        for name in self._form:
            if name.startswith(self._at):
                yield name.removeprefix(self._at)


def led_to(problem: FieldProblem, question_id: str) -> FieldProblem:
    """Lead a problem to its input on a page of several; it is said with the question's number."""
    field = at(question_id) + (problem.input or problem.field)
    return problem._replace(input=field, text=f"{question_id}: {problem.text}")
