"""The evidence of the demonstration: real files and places, dated, of two years, and in order."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.evidence.limits import Limits
from audit_app.core.integrity_hints import Hint
from audit_app.core.lifecycle import State
from audit_app.core.personal_data import marks_in
from audit_app.core.results import Stage
from audit_app.core.sheet import sheet_of
from audit_app.services.demonstration import accounts, load_demonstration
from audit_app.services.demonstration.files import MAKERS
from audit_app.services.demonstration.papers import OF_A_TEAM, OF_AN_AGENCY, OF_ONE_PERSON
from audit_app.services.hinting import hints_of_return
from audit_app.services.proving import prove
from audit_app.services.reading_returns import replies_of
from audit_app.services.receiving_files import Keeping
from audit_app.storage.backups.restoring import restore
from audit_app.storage.backups.writing import back_up
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.evidence_store import Folder
from audit_app.storage.models import (
    AuditReturn,
    Cycle,
    Evidence,
    EvidenceLink,
    Organisation,
    Person,
    ScanState,
)
from audit_app.storage.queries.evidence import evidence_of_return, files_open_to
from audit_app.storage.questionnaire_library import asked_of
from tests import databases
from tests.databases import Database

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = NOW.date()


def load(database: Database, keeping: Keeping | None = None) -> None:
    with writing_session(database.engine) as session:
        load_demonstration(
            session, now=NOW, questionnaires=QUESTIONNAIRES, password_hash="-", keeping=keeping
        )
        session.commit()


def folder(path: Path) -> Keeping:
    return Keeping(Folder(path), None, Limits())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder(tmp_path_factory.mktemp("evidence"))


@pytest.fixture(scope="module")
def loaded(quick_folder: Path, sqlite_pattern: Path, store: Folder) -> Iterator[Database]:
    """Load the demonstration with its files once; the tests of it only read."""
    with databases.sqlite_database(quick_folder, pattern=sqlite_pattern) as database:
        load(database, Keeping(store, None, Limits()))
        yield database


@pytest.fixture
def county(loaded: Database) -> Iterator[Session]:
    with reading_session(loaded.engine) as session:
        yield session


def return_of(session: Session, address: str) -> AuditReturn:
    """Give the return of this year of whoever has this account."""
    account = next(one for one in accounts(session) if one.email.partition("@")[0] == address)
    return session.scalars(
        select(AuditReturn)
        .join(AuditReturn.organisation)
        .join(AuditReturn.cycle)
        .where(Organisation.name == account.at)
        .order_by(Cycle.due_at.desc())
        .limit(1)
    ).one()


def whole_story(session: Session) -> list[tuple[object, ...]]:
    """Give everything that is told of evidence, but for names that are drawn anew."""
    found: list[tuple[object, ...]] = []
    for link in session.scalars(select(EvidenceLink)):
        item = link.evidence
        files = [
            (one.number, one.file_name, one.sha256, one.document_date, one.at, one.scan_state)
            for one in item.versions
        ]
        stands = (item.organisation.name, link.audit_return.cycle.year, link.question_id)
        found.append((*stands, item.title, item.document_date, item.expires_on, link.at, *files))
    return sorted(found, key=str)


def test_there_is_a_file_of_every_sort_and_what_is_only_cited(county: Session):
    items = county.scalars(select(Evidence)).all()

    files = [one for item in items for one in item.versions]
    kinds = {one.file_name.rpartition(".")[2] for one in files}
    assert kinds == {"pdf", "docx", "png", "xlsx", "txt", "csv"} == set(MAKERS)
    assert all(0 < one.size < 20_000 for one in files)
    assert any(item.cited_where == "In the blue folder in the office" for item in items)
    assert all(bool(item.versions) != bool(item.cited_where) for item in items)
    assert {one.scan_state for one in files} == {ScanState.CLEAN, ScanState.NOT_SCANNED}


def test_one_runs_out_soon_one_has_run_out_and_one_has_no_date(county: Session):
    items = [
        item
        for items in evidence_of_return(county, return_of(county, "second.lead")).values()
        for item in items
    ]

    days = {(item.expires_on - TODAY).days for item in items if item.expires_on is not None}
    assert any(0 < one < 60 for one in days)
    assert any(item.document_date is None for item in items)
    everywhere = county.scalars(select(Evidence.expires_on)).all()
    assert any(one is not None and one < TODAY for one in everywhere)
    assert all(item.document_date <= TODAY for item in items if item.document_date is not None)


def test_one_item_serves_several_answers_and_two_years_and_has_two_versions(county: Session):
    audit_return = return_of(county, "second.lead")
    items = county.scalars(
        select(Evidence).filter_by(organisation_id=audit_return.organisation_id)
    ).all()

    (procedures,) = [item for item in items if len(item.versions) == 2]
    older, newer = procedures.versions
    assert older.document_date is not None
    assert newer.document_date is not None
    assert older.document_date < newer.document_date == procedures.document_date
    years = {link.audit_return.cycle.year for link in procedures.links}
    assert len(years) == 2
    assert len({link.question_id for link in procedures.links}) > 1


def test_whoever_checks_reads_the_files_as_they_were_sent(county: Session):
    audit_return = return_of(county, "changing.lead")
    moderator = county.scalars(select(Person).where(Person.email.like("moderator@%"))).one()
    behind = evidence_of_return(county, audit_return, sent_at=audit_return.submitted_at)
    items = {item.id: item for items in behind.values() for item in items}

    assert audit_return.state is State.CHANGES_REQUESTED
    (procedures,) = [item for item in items.values() if len(item.versions) == 2]
    seen = files_open_to(county, moderator, items.values())
    assert [one.number for one in seen[procedures.id]] == [1]


@pytest.mark.parametrize(
    "address", ["second.lead", "childminder", "waiting.lead", "changing.lead", "checked.lead"]
)
def test_most_green_answers_have_dated_evidence_and_a_few_have_none(county: Session, address: str):
    audit_return = return_of(county, address)
    asked, kind = asked_of(county, audit_return), audit_return.organisation.kind
    replies = replies_of(county, audit_return)
    sheet = sheet_of(asked, replies, kind=kind, on=TODAY, stage=Stage.SUBMITTED)

    greens = [name for name, one in sheet.result.questions.items() if one.rag == "green"]
    found = hints_of_return(county, audit_return, sheet=sheet)
    (hint,) = [one for one in found if one.hint is Hint.GREEN_WITHOUT_EVIDENCE]
    assert 3 <= len(hint.questions) < len(greens) / 3


def test_nothing_that_is_told_of_evidence_is_pointed_out_as_personal_data():
    papers = (*OF_A_TEAM, *OF_ONE_PERSON, *OF_AN_AGENCY)
    assert not marks_in([one.title for one in papers] + [one.where or "" for one in papers])


def test_rows_and_files_agree_and_come_back_from_a_backup(
    loaded: Database, store: Folder, spare_sqlite_database: Database, tmp_path: Path
):
    made = back_up(loaded.engine, tmp_path / "copy", evidence=store, now=NOW)
    assert len(made.evidence) > 40
    assert not made.missing

    again = Folder(tmp_path / "again")
    restore(spare_sqlite_database.engine, tmp_path / "copy", evidence=again)

    for database, kept in ((loaded, store), (spare_sqlite_database, again)):
        with reading_session(database.engine) as session:
            assert [one for one in prove(session, kept) if one.wrong] == []


def test_it_is_the_same_each_time(county: Session, sqlite_database: Database, tmp_path: Path):
    load(sqlite_database, folder(tmp_path))
    with reading_session(sqlite_database.engine) as session:
        assert whole_story(session) == whole_story(county)


def test_without_a_store_evidence_is_only_cited(sqlite_database: Database, tmp_path: Path):
    load(sqlite_database)
    with reading_session(sqlite_database.engine) as session:
        items = session.scalars(select(Evidence)).all()
        assert len(items) > 20
        assert all(item.cited_where and not item.versions for item in items)
        assert [one for one in prove(session, Folder(tmp_path)) if one.wrong] == []
