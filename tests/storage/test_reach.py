"""Nobody comes by a side door to what is not theirs: each question asked as every person."""

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.storage.models import Person
from audit_app.storage.queries.accounts import (
    holding_open_to,
    people_at,
    person_open_to,
    roles_of,
)
from audit_app.storage.queries.actions import action_open_to, actions_of
from audit_app.storage.queries.assignments import assignments_to
from audit_app.storage.queries.completion import completion_counts, completion_of
from audit_app.storage.queries.contacts import contact_open_to
from audit_app.storage.queries.evidence import (
    evidence_of,
    evidence_open_to,
    version_open_to,
)
from audit_app.storage.queries.groups import group_open_to, groups_open_to, returns_of_group
from audit_app.storage.queries.guard_counts import count_guard, guard_counts_of_cycle
from audit_app.storage.queries.history import append
from audit_app.storage.queries.history_search import every_event, search_history
from audit_app.storage.queries.imports import import_open_to, imports_of
from audit_app.storage.queries.invitations import invitation_open_to, invitations_open
from audit_app.storage.queries.messages import message_open_to, messages_of
from audit_app.storage.queries.organisations import (
    organisation_open_to,
    organisations_of,
    organisations_worked_at,
)
from audit_app.storage.queries.returns import return_open_to, returns_open_to
from audit_app.storage.queries.sign_offs import sign_offs_awaiting
from tests.builders import (
    NOW,
    make_action,
    make_assignment,
    make_contact,
    make_evidence,
    make_import,
    make_invitation,
    make_message,
    make_person,
    make_sign_off,
)
from tests.storage.county import OWN_RETURNS, Reach, make_county

NOBODY: Reach = {name: set() for name in OWN_RETURNS}
THE_COUNTY = {"own", "sister", "other"}
COORDINATORS: Reach = {**NOBODY, "coordinator": {"yes"}}


def test_returns(session: Session):
    county = make_county(session)

    def listed(person: Person) -> set[str]:
        return {one.organisation.name for one in returns_open_to(session, person)}

    def opened(person: Person) -> set[str]:
        return {
            name for name, one in county.returns.items() if return_open_to(session, person, one.id)
        }

    assert county.reach(listed) == county.reach(opened) == OWN_RETURNS


def test_organisations_and_their_contacts(session: Session):
    county = make_county(session)
    contacts = {name: make_contact(session, one) for name, one in county.organisations.items()}

    def listed(person: Person) -> set[str]:
        return {one.name for one in organisations_of(session, person, county.partnership).rows}

    def opened(person: Person) -> set[str]:
        return {
            name
            for name, one in county.organisations.items()
            if organisation_open_to(session, person, one.id)
        }

    def contacted(person: Person) -> set[str]:
        return {name for name, one in contacts.items() if contact_open_to(session, person, one.id)}

    assert county.reach(listed) == {**OWN_RETURNS, "stranger": set()}
    assert county.reach(opened) == county.reach(contacted) == OWN_RETURNS


def test_where_people_work(session: Session):
    county = make_county(session)

    def worked_at(person: Person) -> set[str]:
        return {one.name for one in organisations_worked_at(session, person)}

    reach = {**NOBODY, "lead": {"own"}, "group_lead": {"own", "sister"}}
    assert county.reach(worked_at) == reach


def test_groups_and_their_returns(session: Session):
    county = make_county(session)

    def listed(person: Person) -> set[str]:
        return {one.name for one in groups_open_to(session, person)}

    def opened(person: Person) -> set[str]:
        group = group_open_to(session, person, county.group.id)
        return {group.name} if group else set()

    def returned(person: Person) -> set[str]:
        return {one.organisation.name for one in returns_of_group(session, person, county.group)}

    see_it = {"group_lead", "coordinator", "moderator"}
    assert county.reach(listed) == {
        name: {county.group.name} if name in see_it else set() for name in OWN_RETURNS
    }
    assert county.reach(opened) == county.reach(listed)
    assert county.reach(returned) == {
        **OWN_RETURNS,
        "coordinator": {"own", "sister"},
        "stranger": set(),
    }


def test_actions(session: Session):
    county = make_county(session)
    actions = {name: make_action(session, audit_return=one) for name, one in county.returns.items()}

    def listed(person: Person) -> set[str]:
        return {
            one.organisation.name for one in actions_of(session, person).rows if one.organisation
        }

    def opened(person: Person) -> set[str]:
        return {name for name, one in actions.items() if action_open_to(session, person, one.id)}

    assert county.reach(listed) == county.reach(opened) == OWN_RETURNS


def test_an_action_of_the_partnership_itself_is_for_those_who_oversee_all_of_it(session: Session):
    county = make_county(session)
    action = make_action(session, partnership=county.partnership)

    def opened(person: Person) -> set[str]:
        return {"yes"} if action_open_to(session, person, action.id) else set()

    assert county.reach(opened) == COORDINATORS


def test_evidence_and_its_files(session: Session):
    county = make_county(session)
    items = {name: make_evidence(session, behind=one) for name, one in county.returns.items()}
    for one in county.returns.values():
        one.state, one.reference = State.SUBMITTED, f"SMA-{one.id}"
        one.submitted_at = NOW

    def opened(person: Person) -> set[str]:
        return {name for name, one in items.items() if evidence_open_to(session, person, one.id)}

    def downloaded(person: Person) -> set[str]:
        return {
            name
            for name, one in items.items()
            if version_open_to(session, person, one.versions[0].id)
        }

    def listed(person: Person) -> set[str]:
        return {
            name
            for name, one in county.organisations.items()
            if evidence_of(session, person, one) == [items[name]]
        }

    session.flush()
    session.expire_all()
    assert county.reach(opened) == OWN_RETURNS
    assert county.reach(downloaded) == county.reach(listed) == OWN_RETURNS


def test_evidence_that_stands_behind_nothing_stays_with_its_organisation(session: Session):
    county = make_county(session)
    item = make_evidence(session, organisation=county.organisations["own"])

    def opened(person: Person) -> set[str]:
        return {"own"} if evidence_open_to(session, person, item.id) else set()

    assert county.reach(opened) == {**NOBODY, "lead": {"own"}, "group_lead": {"own"}}


def test_sections_given_to_somebody_who_may_no_longer_read_the_return(session: Session):
    county = make_county(session)
    for person in county.people.values():
        for audit_return in county.returns.values():
            section = f"section of {person.name}"
            make_assignment(session, audit_return, person, section_id=section)

    def given(person: Person) -> set[str]:
        return {one.audit_return.organisation.name for one in assignments_to(session, person)}

    assert county.reach(given) == OWN_RETURNS


def test_what_awaits_a_signature(session: Session):
    county = make_county(session)
    own = county.returns["own"]
    signatory = make_person(session, role="signatory", at=own.organisation)
    for audit_return in county.returns.values():
        make_sign_off(session, audit_return, county.people["lead"])

    def awaiting(person: Person) -> set[str]:
        return {one.audit_return.organisation.name for one in sign_offs_awaiting(session, person)}

    assert county.reach(awaiting) == NOBODY
    assert awaiting(signatory) == {"own"}


def test_the_completion_monitor(session: Session):
    county = make_county(session)

    def listed(person: Person) -> set[str]:
        return {one.organisation for one in completion_of(session, county.cycle, person=person)}

    def counted(person: Person) -> set[str]:
        counts = completion_counts(session, county.cycle, person=person, by="kind")
        return {str(count.returns) for count in counts}

    assert county.reach(listed) == {
        **NOBODY,
        "coordinator": THE_COUNTY,
        "board_member": THE_COUNTY,
        "moderator": {"own"},
    }
    assert county.reach(counted) == {
        **NOBODY,
        "coordinator": {"3"},
        "board_member": {"3"},
        "moderator": {"1"},
    }


def test_counts_of_the_personal_data_guard(session: Session):
    county = make_county(session)
    for one in county.returns.values():
        count_guard(session, audit_return_id=one.id, kind="nhs_number", shown=1)

    def counted(person: Person) -> set[str]:
        totals = guard_counts_of_cycle(session, county.cycle, person=person)
        return {total.organisation for total in totals}

    assert county.reach(counted) == {**NOBODY, "coordinator": THE_COUNTY, "moderator": {"own"}}


def test_people_and_their_roles(session: Session):
    county = make_county(session)
    staff = {
        name: make_person(session, name=name, role="contributor", at=one)
        for name, one in county.organisations.items()
    }

    def listed(person: Person) -> set[str]:
        return {one.name for one in people_at(session, person).rows} & set(staff)

    def opened(person: Person) -> set[str]:
        return {name for name, one in staff.items() if person_open_to(session, person, one.id)}

    def told(person: Person) -> set[str]:
        roles = roles_of(session, person, list(staff.values()))
        return {name for name, one in staff.items() if roles[one.id]}

    def held(person: Person) -> set[str]:
        return {
            name
            for name, one in staff.items()
            if holding_open_to(session, person, one.holdings[0].id)
        }

    for one in staff.values():
        session.refresh(one)
    reach = {
        **OWN_RETURNS,
        "moderator": set(),
        "administrator": {*THE_COUNTY, "foreign"},
    }
    assert county.reach(listed) == county.reach(opened) == reach
    assert county.reach(told) == county.reach(held) == reach


def test_everybody_may_see_their_own_account_but_not_once_they_left(session: Session):
    county = make_county(session)

    def own_account(person: Person) -> set[str]:
        return {"yes"} if person_open_to(session, person, person.id) else set()

    assert county.reach(own_account) == {
        name: set() if name == "left" else {"yes"} for name in OWN_RETURNS
    }


def test_invitations(session: Session):
    county = make_county(session)
    sent = {name: make_invitation(session, at=one) for name, one in county.organisations.items()}

    def listed(person: Person) -> set[str]:
        return {
            one.organisation.name for one in invitations_open(session, person) if one.organisation
        }

    def opened(person: Person) -> set[str]:
        return {name for name, one in sent.items() if invitation_open_to(session, person, one.id)}

    reach = {
        **OWN_RETURNS,
        "moderator": set(),
        "administrator": {*THE_COUNTY, "foreign"},
    }
    assert county.reach(listed) == county.reach(opened) == reach


def test_history_messages_and_imports_are_for_the_coordinator(session: Session):
    county = make_county(session)
    append(session, stream="a", event="e", at=NOW, partnership_id=county.partnership.id)
    message = make_message(session, partnership_id=county.partnership.id)
    run = make_import(session, partnership=county.partnership)

    def yes_if(found: object) -> set[str]:
        return {"yes"} if found else set()

    def searched(person: Person) -> set[str]:
        return yes_if(search_history(session, person, county.partnership).rows)

    def exported(person: Person) -> set[str]:
        return yes_if(list(every_event(session, person, county.partnership)))

    def messages(person: Person) -> set[str]:
        return yes_if(messages_of(session, person, county.partnership).rows)

    def one_message(person: Person) -> set[str]:
        return yes_if(message_open_to(session, person, message.id))

    def imports(person: Person) -> set[str]:
        return yes_if(imports_of(session, person, county.partnership))

    def one_import(person: Person) -> set[str]:
        return yes_if(import_open_to(session, person, run.id))

    for asked in (searched, exported, messages, one_message, imports, one_import):
        assert county.reach(asked) == COORDINATORS, asked.__name__
