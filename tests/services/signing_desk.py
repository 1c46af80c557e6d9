"""An organisation with a lead, a signatory and a complete return, for tests of what comes after."""

from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.replies import Reply
from audit_app.services.answering import save_answer
from audit_app.storage.models import AuditReturn, Organisation, Person
from audit_app.storage.queries.answers import answer_to
from audit_app.storage.questionnaire_library import load
from tests.builders import NOW, make_cycle, make_organisation, make_partnership, make_person
from tests.builders import make_return as make_bare_return

ADDRESS = "https://audit.example.org"
TEXT = (
    Path(__file__).parents[1]
    / "questionnaires"
    / "an_answer_opens_another_and_a_figure_follows.yaml"
).read_text()
COMPLETE: dict[str, Any] = {
    "1.1": "no",
    "2.1": {"x": 4, "y": 5},
    "2.2": {"x": 4, "y": 4},
}


class AtWork(NamedTuple):
    """Who works where, and on what."""

    organisation: Organisation
    lead: Person
    signatory: Person | None
    moderator: Person
    audit_return: AuditReturn


def at_work(session: Session, *, signatories: int = 1, **values: Any) -> AtWork:
    """Let a lead have answered everything; `values` are those of the cycle."""
    county = make_partnership(session)
    nursery = make_organisation(session, at=county, name="Little Oaks")
    lead = make_person(session, role="designated_lead", at=nursery, name="Amina Shah")
    signing = [
        make_person(session, role="signatory", at=nursery, name=f"Greta Oak {number}")
        for number in range(signatories)
    ]
    moderator = make_person(session, role="moderator", at=county)
    cycle = make_cycle(session, partnership=county, text=TEXT, **values)
    audit_return = make_bare_return(session, cycle=cycle, organisation=nursery)
    for name, value in COMPLETE.items():
        put(session, audit_return, name, value, by=lead)
    return AtWork(nursery, lead, signing[0] if signing else None, moderator, audit_return)


def put(
    session: Session,
    audit_return: AuditReturn,
    question_id: str,
    value: Any,
    *,
    by: Person,
    **values: Any,
) -> int:
    """Save an answer over whatever stands."""
    now = values.pop("now", NOW)
    question = load(session, audit_return.content_hash).question(question_id)
    current = answer_to(session, audit_return, question_id)
    return save_answer(
        session,
        audit_return,
        question,
        reply=value if isinstance(value, Reply) else Reply(value),
        expected_version=current.version if current is not None else None,
        by=by,
        now=now,
        **values,
    )
