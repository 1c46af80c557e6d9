"""Migrations make exactly the tables of the models, up and down, and as a whole or not at all."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.migrating import (
    MIGRATIONS,
    BrokenReference,
    DatabaseIsNewer,
    State,
    check,
    downgrade,
    upgrade,
)
from audit_app.storage.models import (
    Answer,
    AuditReturn,
    Base,
    Holding,
    Organisation,
    OrganisationGroup,
    OutgoingMessage,
    Result,
)
from audit_app.storage.queries.history import append, verify
from tests import databases
from tests.builders import (
    NOW,
    make_action,
    make_answer,
    make_answer_version,
    make_assignment,
    make_change_request,
    make_chasing_step,
    make_contact,
    make_email_code,
    make_evidence,
    make_group,
    make_holding,
    make_identity,
    make_import,
    make_import_row,
    make_invitation,
    make_message,
    make_organisation,
    make_passkey,
    make_person,
    make_progress,
    make_result,
    make_return,
    make_return_spreadsheet,
    make_sign_in,
    make_sign_off,
    make_submitted_answers,
)
from tests.databases import Database

REVISIONS = sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("0*.py"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, quick_folder: Path) -> Iterator[Database]:
    """Lend a database without tables, of each kind in turn."""
    if request.param == "sqlite":
        with databases.sqlite_database(quick_folder, pattern=None) as database:
            yield database
    else:
        server = request.getfixturevalue("postgresql_server")
        with databases.postgresql_database(server, pattern="template1") as database:
            yield database


def constraints(connection: Connection) -> dict[str, Any]:
    """Give every CHECK that a database knows, as it wrote it down."""
    inspector = inspect(connection)
    return {
        table: sorted(
            (str(found["name"]), str(found["sqltext"]))
            for found in inspector.get_check_constraints(table)
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def populate(session: Session) -> None:
    """Make one of each of the records that point at one another."""
    audit_return = make_return(session, state="submitted")
    person = make_person(session, role="signatory", at=audit_return.organisation)
    audit_return.submitted_by_id = person.id
    make_answer(session, audit_return, saved_by_id=person.id)
    result = make_result(session, audit_return, sections={"1": "green"}, areas={"a": "red"})
    append(session, stream="a", event="submitted", at=NOW, by_id=person.id)
    make_answer_version(session, audit_return, by_id=person.id)
    make_submitted_answers(session, result)
    make_assignment(session, audit_return, person)
    make_return_spreadsheet(session, audit_return, by=person)
    make_sign_off(session, audit_return, person)
    make_change_request(session, audit_return)
    make_evidence(session, behind=audit_return)
    make_action(session, audit_return=audit_return)
    make_progress(session, audit_return)
    make_chasing_step(session, audit_return)
    make_message(session, audit_return_id=audit_return.id, to_person_id=person.id)
    make_import_row(session, make_import(session, partnership=audit_return.cycle.partnership))
    make_contact(session, audit_return.organisation, person_id=person.id)
    make_invitation(session, at=audit_return.organisation, invited_by_id=person.id)
    make_email_code(session, person)
    make_passkey(session, person)
    make_identity(session, person)
    make_sign_in(session, person)
    session.commit()


def test_migrations_match_the_models(database: Database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_make_the_same_checks_as_the_models(empty_database: Database):
    upgrade(empty_database.url)
    with empty_database.engine.connect() as connection:
        migrated = constraints(connection)
    downgrade(empty_database.url, "base")
    with empty_database.engine.begin() as connection:
        Base.metadata.create_all(connection)
        assert constraints(connection) == migrated


def test_a_new_database_is_empty_then_current_and_a_second_upgrade_changes_nothing(
    empty_database: Database,
):
    assert check(empty_database.url) is State.EMPTY
    upgrade(empty_database.url)
    assert check(empty_database.url) is State.CURRENT
    upgrade(empty_database.url)
    assert check(empty_database.url) is State.CURRENT


def test_every_step_goes_up_and_down_again(empty_database: Database):
    for revision in REVISIONS:
        upgrade(empty_database.url, revision)
    for revision in [*reversed(REVISIONS[:-1]), "base"]:
        downgrade(empty_database.url, revision)
        assert check(empty_database.url) is (State.EMPTY if revision == "base" else State.BEHIND)
    with empty_database.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_a_database_in_use_keeps_its_rows_through_the_steps_that_touch_none(database: Database):
    with writing_session(database.engine) as session:
        populate(session)
    downgrade(database.url, "0004")
    assert check(database.url) is State.BEHIND
    upgrade(database.url)
    with reading_session(database.engine) as session:
        assert len(session.scalars(select(Answer)).all()) == 1
        assert session.scalars(select(AuditReturn)).one().standing_result is not None
        assert verify(session) == []


def test_a_database_in_use_can_be_taken_back_to_nothing_and_brought_up_again(database: Database):
    with writing_session(database.engine) as session:
        populate(session)
    downgrade(database.url, "0002")
    with reading_session(database.engine) as session:
        assert session.scalar(select(func.count(Organisation.id))) == 1
    downgrade(database.url, "base")
    upgrade(database.url)
    with writing_session(database.engine) as session:
        populate(session)


def test_a_database_in_use_goes_back_step_by_step_and_up_again(database: Database):
    with writing_session(database.engine) as session:
        populate(session)
    for revision in reversed(REVISIONS[5:-1]):
        downgrade(database.url, revision)
    upgrade(database.url)
    with reading_session(database.engine) as session:
        assert session.scalars(select(AuditReturn)).one().standing_result is not None
        assert len(session.scalars(select(Answer)).all()) == 1
        assert verify(session) == []


def test_groups_go_back_to_names_and_their_people_to_each_organisation(database: Database):
    with writing_session(database.engine) as session:
        group = make_group(session, name="Oak Trust")
        organisations = [make_organisation(session, group=group) for _ in range(2)]
        alone = make_organisation(session, name="alone")
        lead = make_person(session, role="designated_lead", at=group)
        make_holding(session, lead, role="signatory", at=alone)
        session.commit()
        held_at = {organisations[0].id, organisations[1].id, alone.id}
    downgrade(database.url, "0006")
    with database.engine.connect() as connection:
        named = connection.execute(text("SELECT group_name FROM organisation ORDER BY name"))
        assert sorted(str(name) for (name,) in named) == ["None", "Oak Trust", "Oak Trust"]
    upgrade(database.url)
    with reading_session(database.engine) as session:
        groups = {one.group.name for one in session.scalars(select(Organisation)) if one.group}
        assert groups == {"Oak Trust"}
        assert session.scalar(select(func.count()).select_from(OrganisationGroup)) == 1
        holdings = session.scalars(select(Holding)).all()
        assert {one.organisation_id for one in holdings} == held_at
        assert {one.role for one in holdings} == {"designated_lead", "signatory"}


def test_messages_written_before_there_was_an_outbox_get_a_message_id_each(database: Database):
    with writing_session(database.engine) as session:
        first, second = make_message(session).id, make_message(session).id
        session.commit()
    downgrade(database.url, "0011")
    upgrade(database.url)
    with reading_session(database.engine) as session:
        messages = [session.get_one(OutgoingMessage, one) for one in (first, second)]
        ids = {message.message_id for message in messages}
        assert len(ids) == 2
        assert all(
            one.startswith("<") and one.endswith("@section-11-audit.invalid>") for one in ids
        )


def test_negative_points_are_kept_and_stop_a_downgrade_that_would_falsify_them(database: Database):
    with writing_session(database.engine) as session:
        audit_return = make_return(session, state="submitted")
        result = make_result(session, audit_return, points=-3)
        session.commit()
    with pytest.raises(DBAPIError):
        downgrade(database.url, "0012")
    assert check(database.url) is State.CURRENT
    with reading_session(database.engine) as session:
        assert session.get_one(Result, result.id).points == -3


def test_after_an_upgrade_the_database_itself_refuses_to_change_results(database: Database):
    downgrade(database.url, "0004")
    upgrade(database.url)
    with writing_session(database.engine) as session:
        populate(session)
        for table in ("result_area", "result_section", "result", "answer_version"):
            with pytest.raises(DBAPIError, match="never changed"), session.begin_nested():
                session.execute(text(f"DELETE FROM {table}"))


def test_a_database_of_a_newer_version_is_refused_in_one_sentence(database: Database):
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert check(database.url) is State.NEWER
    with pytest.raises(DatabaseIsNewer, match="made by a newer version of the service"):
        upgrade(database.url)
    with pytest.raises(DatabaseIsNewer):
        downgrade(database.url, "base")


def test_two_upgrades_at_once_are_made_one_after_the_other(empty_database: Database):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(upgrade, [empty_database.url] * 2))
    assert check(empty_database.url) is State.CURRENT


def test_a_migration_that_fails_leaves_nothing_half_made(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch
):
    def fail(_connection: Connection) -> None:
        raise BrokenReference("a row of answer would point at nothing in audit_return")

    monkeypatch.setattr("audit_app.storage.migrating._refuse_broken_references", fail)
    with pytest.raises(BrokenReference):
        upgrade(empty_database.url)
    assert check(empty_database.url) is State.EMPTY
    with empty_database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []


def test_a_migration_that_would_leave_a_row_pointing_at_nothing_is_refused(
    sqlite_database: Database,
):
    with writing_session(sqlite_database.engine) as session:
        populate(session)
    raw = sqlite_database.engine.raw_connection()
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("DELETE FROM person")
    raw.close()
    with pytest.raises(BrokenReference, match="would point at nothing in person"):
        downgrade(sqlite_database.url, "0004")
    assert check(sqlite_database.url) is State.CURRENT


def test_migrations_never_import_the_program():
    for file in (MIGRATIONS / "versions").glob("*.py"):
        assert "audit_app" not in file.read_text(), file.name


def test_migrations_are_numbered_without_a_gap():
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS
