"""Organisations as registers know them: searching, importing, groups, contacts."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from audit_app.storage.models import (
    ColumnMapping,
    ImportRow,
    ImportState,
    Layout,
    Organisation,
    Outcome,
)
from audit_app.storage.queries.contacts import contacts_of
from audit_app.storage.queries.home_partnerships import home_partnerships
from audit_app.storage.queries.imports import (
    count_rows,
    every_row_of,
    hold_import,
    imports_of,
    mapping_of,
    remove_rows,
    rows_of,
)
from audit_app.storage.queries.organisations import (
    groups_by_urn,
    open_in_register,
    organisation_open_to,
    organisations_by_urn,
    organisations_of,
    provider_types_of,
)
from audit_app.storage.queries.submitters import submitters_of
from tests.builders import (
    NOW,
    make_belonging,
    make_contact,
    make_group,
    make_import,
    make_import_row,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
    make_return,
)
from tests.databases import Database, statements

TODAY = NOW.date()


def test_organisations_are_found_by_words_kind_type_place_and_being_open(session: Session):
    here, group = make_locality(session), make_group(session, name="Oak Trust")
    partnership = here.partnership
    coordinator = make_person(session, role="coordinator", at=partnership)
    make_organisation(
        session, name="Apple", urn="EY404515", postcode="NR1 1AA", at=here, group=group
    )
    make_organisation(
        session, name="banana", kind="childminder", provider_type="Childminder", at=partnership
    )
    make_organisation(session, name="50%_off", at=partnership, closed_on=TODAY)

    def found(**asked: Any) -> list[str]:
        page = organisations_of(session, coordinator, partnership, **asked)
        assert page.total == len(page.rows)
        return [one.name for one in page.rows]

    assert found() == ["50%_off", "Apple", "banana"]
    for words in ("apple", "ey4045", "nr1 1", "OAK"):
        assert found(search=words) == ["Apple"]
    assert found(search="%") == ["50%_off"]
    assert found(kinds=["childminder"]) == found(provider_types=["Childminder"]) == ["banana"]
    assert found(locality_id=here.id) == found(group_id=group.id) == ["Apple"]
    assert found(is_open=True) == ["Apple", "banana"]
    assert found(is_open=False) == ["50%_off"]
    assert provider_types_of(session, partnership) == ["Childminder"]


def test_a_page_of_organisations_takes_two_statements_and_knows_all_of_them(
    database: Database, session: Session
):
    here = make_locality(session)
    coordinator = make_person(session, role="coordinator", at=here.partnership)
    for _ in range(5):
        make_organisation(session, at=here, group=make_group(session))
    session.commit()
    session.expunge_all()
    with statements(database.engine) as sent:
        page = organisations_of(session, coordinator, here.partnership, page=2, size=2)
        localities = {one.belongings[0].locality for one in page.rows}
        assert all(one.group for one in page.rows)
    assert (len(page.rows), page.total, page.pages, len(sent)) == (2, 5, 3, 2)
    assert {locality.name for locality in localities if locality} == {here.name}
    assert organisations_of(session, coordinator, here.partnership, page=9, size=2).rows == []
    assert organisations_of(session, coordinator, here.partnership, page=-1, size=2).number == 1


def test_an_organisation_of_two_partnerships_is_listed_once_in_each(session: Session):
    here, there = make_partnership(session), make_partnership(session)
    police = make_organisation(session, kind="police", at=here)
    make_belonging(session, police, at=there)
    for partnership in (here, there):
        coordinator = make_person(session, role="coordinator", at=partnership)
        assert organisations_of(session, coordinator, partnership).rows == [police]


def test_an_import_finds_what_is_there_by_urn_however_many_are_asked_for(session: Session):
    partnership = make_partnership(session)
    known = make_organisation(session, urn="EY413018", at=partnership, register="ofsted")
    closed = make_organisation(session, urn="1", at=partnership, closed_on=TODAY)
    group = make_group(session, registered_person_urn="RP900821")
    asked = ["EY413018", *(f"{number}" for number in range(1200))]
    assert organisations_by_urn(session, asked) == {"EY413018": known, "1": closed}
    assert groups_by_urn(session, ["RP900821", "RP0"]) == {"RP900821": group}
    make_organisation(session, urn="2", at=make_partnership(session), register="ofsted")
    make_organisation(session, urn="3", at=partnership, register="gias")
    found = list(open_in_register(session, partnership, "ofsted"))
    assert found == [(known.id, "EY413018", known.name)]


@pytest.mark.parametrize("wrong", [{"places": -1}, {"register": "elsewhere"}, {"kind": "zoo"}])
def test_an_organisation_that_no_register_knows_is_refused(session: Session, wrong: dict[str, Any]):
    with pytest.raises(IntegrityError):
        make_organisation(session, **wrong)


def test_a_registered_person_is_one_group(session: Session):
    make_group(session, registered_person_urn="RP900821")
    with pytest.raises(IntegrityError):
        make_group(session, registered_person_urn="RP900821")


def test_contacts_are_those_of_the_day(session: Session):
    organisation = make_organisation(session)
    second = make_contact(session, organisation, since=TODAY, email=" Zoe@Example.org")
    first = make_contact(session, organisation, until=TODAY)
    make_contact(session, organisation, until=TODAY - timedelta(days=1))
    make_contact(session, organisation, since=TODAY + timedelta(days=1))
    assert contacts_of(session, organisation, on=TODAY) == [first, second]
    assert second.email == "zoe@example.org"
    with pytest.raises(IntegrityError):
        make_contact(session, organisation, since=TODAY, until=TODAY - timedelta(days=1))


def test_an_opened_organisation_shows_its_contacts_group_and_places(
    database: Database, session: Session
):
    here = make_locality(session)
    organisation = make_organisation(session, at=here, group=make_group(session, name="Oak"))
    make_contact(session, organisation)
    lead, slug = (
        make_person(session, role="designated_lead", at=organisation),
        here.partnership.slug,
    )
    session.commit()
    session.expunge_all()
    with statements(database.engine) as sent:
        opened: Organisation | None = organisation_open_to(session, lead, organisation.id)
        assert opened is not None
        assert (len(opened.contacts), opened.group and opened.group.name) == (1, "Oak")
        (belonging,) = opened.belongings
        assert (belonging.partnership.slug, belonging.locality and belonging.locality.name) == (
            slug,
            here.name,
        )
    assert len(sent) == 3


def test_a_signatory_of_the_group_may_submit_and_is_at_home_with_its_organisations(
    session: Session,
):
    group = make_group(session)
    audit_return = make_return(session)
    audit_return.organisation.group_id = group.id
    session.flush()
    signatory = make_person(session, name="A", role="signatory", at=group)
    lead = make_person(session, name="B", role="designated_lead", at=audit_return.organisation)
    make_person(session, role="signatory", at=make_group(session))
    assert submitters_of(session, audit_return) == [signatory, lead]
    assert home_partnerships(session, signatory.holdings) == [audit_return.cycle.partnership]


def test_the_preview_is_read_a_page_at_a_time_and_whole(session: Session):
    run, other = make_import(session), make_import(session)
    rows = [
        {"import_run_id": run.id, "position": number, "row": number + 2, "outcome": Outcome.ADD}
        | {"urn": f"{number}", "facts": {"name": "Zoë", "places": 6}}
        for number in range(2500)
    ]
    session.execute(insert(ImportRow), rows)
    make_import_row(
        session,
        run,
        position=9000,
        outcome=Outcome.REFUSED,
        column="Places",
        value="six",
        reason="not a number",
    )
    make_import_row(session, other)
    page = rows_of(session, run, outcome=Outcome.REFUSED)
    assert [(one.column, one.value, one.reason) for one in page.rows] == [
        ("Places", "six", "not a number")
    ]
    assert rows_of(session, run, page=51).rows == page.rows
    walked = list(every_row_of(session, run, Outcome.ADD))
    assert [one.position for one in walked] == list(range(2500))
    assert walked[7].facts == {"name": "Zoë", "places": 6}
    assert not any(one in session for one in walked)
    assert count_rows(session, run) == {Outcome.ADD: 2500, Outcome.REFUSED: 1}
    remove_rows(session, run)
    assert (count_rows(session, run), count_rows(session, other)) == ({}, {Outcome.ADD: 1})


def test_a_row_that_is_refused_says_why(session: Session):
    with pytest.raises(IntegrityError):
        make_import_row(session, make_import(session), outcome=Outcome.OUT_OF_SCOPE)


def test_an_import_is_applied_at_a_moment(session: Session):
    run = make_import(session)
    hold_import(session, run)
    run.state = ImportState.APPLIED
    with pytest.raises(IntegrityError):
        session.flush()


def test_imports_come_latest_first_and_mappings_are_kept_by_layout(session: Session):
    partnership = make_partnership(session)
    coordinator = make_person(session, role="coordinator", at=partnership)
    first = make_import(session, partnership=partnership, at=NOW - timedelta(days=1))
    second = make_import(session, partnership=partnership)
    assert imports_of(session, coordinator, partnership) == [second, first]
    mapping = ColumnMapping(
        partnership_id=partnership.id, layout=Layout.OWN, fields={"Name": "name"}, saved_at=NOW
    )
    session.add(mapping)
    session.flush()
    assert mapping_of(session, partnership, Layout.OWN) is mapping
    assert mapping_of(session, partnership, Layout.GIAS) is None
