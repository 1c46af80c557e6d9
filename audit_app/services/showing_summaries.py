"""The summary of a cycle as one person may see it: their reach, and the names that are for them."""

from sqlalchemy.orm import Session

from audit_app.core.naming import shown_to
from audit_app.core.permissions import Role
from audit_app.core.summary import Summary
from audit_app.services.summarising import summary_of_cycle
from audit_app.storage.models import Cycle, Person
from audit_app.storage.queries.holdings import holdings_of


def summary_for(session: Session, cycle: Cycle, *, person: Person) -> Summary:
    """Give the one object that the board's paper prints for this person.

    The screens print the same figures without the rows (`summarising.figures_of_cycle`).
    """
    found = summary_of_cycle(session, cycle, person=person)
    return shown_to(found, roles=roles_across(session, cycle, person))


def roles_across(session: Session, cycle: Cycle, person: Person) -> frozenset[Role]:
    """Give the roles a person holds at the whole partnership of a cycle, not at one locality."""
    return frozenset(
        holding.role
        for holding in holdings_of(session, person)
        if holding.partnership_id == cycle.partnership_id and holding.locality_id is None
    )
