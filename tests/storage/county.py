"""One invented county and everybody who might ask: who reaches what is then a table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from audit_app.storage.base import utc_now
from audit_app.storage.models import (
    AuditReturn,
    Cycle,
    Organisation,
    OrganisationGroup,
    Partnership,
    Person,
)
from tests.builders import (
    make_cycle,
    make_group,
    make_holding,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
    make_return,
)

Reach = dict[str, set[str]]
"""The names of what each person reaches."""

OWN_RETURNS: Reach = {
    "lead": {"own"},
    "group_lead": {"own", "sister"},
    "coordinator": {"own", "sister", "other"},
    "moderator": {"own"},
    "board_member": set(),
    "administrator": set(),
    "stranger": {"foreign"},
    "former": set(),
    "left": set(),
}
"""Who reads the return of which organisation; most else follows it."""


@dataclass(frozen=True)
class County:
    """A partnership of two localities and three organisations, and a fourth one elsewhere.

    `own` and `sister` are in one group and in two localities; `other` is in the second, too.
    """

    partnership: Partnership
    cycle: Cycle
    group: OrganisationGroup
    organisations: dict[str, Organisation]
    returns: dict[str, AuditReturn]
    people: dict[str, Person]

    def reach(self, reached: Callable[[Person], set[str]]) -> Reach:
        """Ask the same question as each person."""
        return {name: reached(person) for name, person in self.people.items()}


def make_county(session: Session) -> County:
    """Make the county with a return of each organisation and everybody who might ask."""
    here, group = make_locality(session), make_group(session)
    there = make_locality(session, partnership=here.partnership)
    elsewhere = make_partnership(session)
    organisations = {
        "own": make_organisation(session, name="own", at=here, group=group),
        "sister": make_organisation(session, name="sister", at=there, group=group),
        "other": make_organisation(session, name="other", at=there),
        "foreign": make_organisation(session, name="foreign", at=elsewhere),
    }
    cycle = make_cycle(session, partnership=here.partnership)
    cycle_elsewhere = make_cycle(session, partnership=elsewhere)
    own = organisations["own"]
    people = {
        "lead": make_person(session, role="designated_lead", at=own),
        "group_lead": make_person(session, role="designated_lead", at=group),
        "coordinator": make_person(session, role="coordinator", at=here.partnership),
        "moderator": make_person(session, role="moderator", at=here),
        "board_member": make_person(session, role="board_member", at=here.partnership),
        "administrator": make_person(session, role="administrator"),
        "stranger": make_person(session, role="coordinator", at=elsewhere),
        "former": make_person(session),
        "left": make_person(session, role="signatory", at=own, active=False),
    }
    until = utc_now() - timedelta(seconds=1)
    make_holding(session, people["former"], role="signatory", at=own, until=until)
    returns = {
        name: make_return(
            session,
            cycle=cycle_elsewhere if name == "foreign" else cycle,
            organisation=organisation,
        )
        for name, organisation in organisations.items()
    }
    return County(here.partnership, cycle, group, organisations, returns, people)
