"""A backup holds all that is kept, from one kind of database and back into the other."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from sqlalchemy import Engine, select

from audit_app.services.recording import Event, record
from audit_app.storage.backups.manifest import FILE, Manifest, NotABackup
from audit_app.storage.backups.restoring import CannotBeRestored, restore
from audit_app.storage.backups.writing import FolderIsTaken, at_one_moment, back_up, tables
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.evidence_store import Folder
from audit_app.storage.models import Cycle, Person
from audit_app.storage.queries.history import verify
from tests.builders import (
    NOW,
    make_answer,
    make_answer_version,
    make_cycle,
    make_evidence,
    make_passkey,
    make_person,
    make_result,
    make_return,
    make_submitted_answers,
)
from tests.databases import Database

ODD = "Line one\r\nline two\u2028 “quoted” \\ é 你好 \t end"
STORED = "ab" * 20
Everything = dict[str, list[tuple[Any, ...]]]


def fill(database: Database) -> None:
    """Keep rows that point forwards, at themselves and at each other, with odd texts in them."""
    with writing_session(database.engine) as session:
        lead = make_person(session, role="designated_lead")
        before, cycle = make_cycle(session), make_cycle(session)
        # A row points at one that comes after it.
        before.previous_cycle_id = cycle.id
        audit_return = make_return(session, cycle=cycle, state="submitted")
        make_answer(session, audit_return, commentary=ODD, value={"b": [1, "12.50"], "a": None})
        make_answer_version(session, audit_return, commentary=ODD)
        result = make_result(session, audit_return, sections={"1": "green"})
        audit_return.standing_result_id = result.id
        make_submitted_answers(session, result)
        make_passkey(session, lead)
        (version,) = make_evidence(session, behind=audit_return).versions
        version.stored_name = STORED
        record(session, Event.RETURN_SUBMITTED, audit_return, by=lead, at=NOW, details={"é": ODD})
        session.commit()


def everything(engine: Engine) -> Everything:
    """Give every row of every table, as the program reads it."""
    with at_one_moment(engine) as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in tables()
        }


def backed_up(database: Database, folder: Path, *, evidence: Path | None = None) -> Path:
    store = Folder(evidence or folder / "no-evidence")
    back_up(database.engine, folder / "backup", evidence=store, now=NOW)
    return folder / "backup"


@pytest.fixture(params=["sqlite_database", "postgresql_database"])
def another(request: pytest.FixtureRequest) -> Database:
    """Lend a second, empty database, of each kind in turn."""
    lent: Database = request.getfixturevalue(f"spare_{request.param}")
    return lent


def test_all_that_is_kept_comes_back_the_same_on_either_kind_of_database(
    database: Database, another: Database, tmp_path: Path
):
    fill(database)
    Folder(tmp_path / "evidence").put(STORED, BytesIO(b"\x00\r\n what was handed in"))
    folder = backed_up(database, tmp_path, evidence=tmp_path / "evidence")
    manifest = restore(another.engine, folder, evidence=Folder(tmp_path / "restored"))
    assert everything(another.engine) == everything(database.engine)
    with Folder(tmp_path / "restored").open(STORED) as file:
        assert file.read() == b"\x00\r\n what was handed in"
    assert manifest.rows["answer"] == 1
    with reading_session(another.engine) as session:
        assert verify(session) == []
        assert session.scalars(select(Cycle.previous_cycle_id)).all().count(None) == 1


def test_what_is_saved_while_a_backup_is_written_is_wholly_in_it_or_not_at_all(
    database: Database, tmp_path: Path
):
    fill(database)
    with at_one_moment(database.engine) as connection:
        assert connection.execute(select(Person.id)).first()
        with writing_session(database.engine) as session:
            make_person(session)
            session.commit()
        seen = len(connection.execute(select(Person.id)).all())
    assert len(everything(database.engine)["person"]) == seen + 1


def test_a_backup_is_never_written_over_another(sqlite_database: Database, tmp_path: Path):
    folder = backed_up(sqlite_database, tmp_path)
    written = (folder / FILE).read_bytes()
    with pytest.raises(FolderIsTaken):
        backed_up(sqlite_database, tmp_path)
    assert (folder / FILE).read_bytes() == written
    assert [one.name for one in tmp_path.iterdir()] == ["backup"]


def test_an_empty_folder_will_do(sqlite_database: Database, tmp_path: Path):
    (tmp_path / "backup").mkdir()
    assert Manifest.read(backed_up(sqlite_database, tmp_path)).made_at == NOW


def test_a_backup_that_fails_leaves_nothing_that_looks_like_one(
    sqlite_database: Database, tmp_path: Path
):
    class Full(Folder):
        def open(self, name: str) -> BinaryIO:
            raise OSError(28, "No space left on device", "file")

    fill(sqlite_database)
    with pytest.raises(OSError, match="No space"):
        back_up(sqlite_database.engine, tmp_path / "copy", evidence=Full(tmp_path), now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_evidence_that_is_gone_is_named_and_the_rest_is_kept(
    sqlite_database: Database, spare_sqlite_database: Database, tmp_path: Path
):
    fill(sqlite_database)
    folder = backed_up(sqlite_database, tmp_path)
    assert Manifest.read(folder).missing == (STORED,)
    restore(spare_sqlite_database.engine, folder, evidence=Folder(tmp_path / "restored"))
    assert everything(spare_sqlite_database.engine) == everything(sqlite_database.engine)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda folder: (folder / FILE).unlink(), "no manifest.json"),
        (lambda folder: (folder / FILE).write_text("{}"), "changed or damaged"),
        (lambda folder: (folder / "rows/answer.jsonl").unlink(), "answer.jsonl is missing"),
        (
            lambda folder: (folder / "rows/answer.jsonl").write_bytes(
                (folder / "rows/answer.jsonl").read_bytes().replace(b"quoted", b"quotes")
            ),
            "answer.jsonl is not as it was",
        ),
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_written(
    sqlite_database: Database,
    spare_sqlite_database: Database,
    tmp_path: Path,
    damage: Any,
    says: str,
):
    fill(sqlite_database)
    folder = backed_up(sqlite_database, tmp_path)
    damage(folder)
    with pytest.raises(NotABackup, match=says):
        restore(spare_sqlite_database.engine, folder, evidence=Folder(tmp_path / "restored"))
    assert not everything(spare_sqlite_database.engine)["answer"]


def test_a_file_outside_the_backup_is_not_opened(
    sqlite_database: Database, spare_sqlite_database: Database, tmp_path: Path
):
    folder = backed_up(sqlite_database, tmp_path)
    said = json.loads((folder / FILE).read_text())
    said["parts"].append({"path": "evidence/../../secret", "size": 1, "sha256": "0" * 64})
    (folder / FILE).write_text(json.dumps(said))
    with pytest.raises(NotABackup, match="would lead out"):
        restore(spare_sqlite_database.engine, folder, evidence=Folder(tmp_path / "restored"))


def test_nothing_is_restored_over_what_is_there(sqlite_database: Database, tmp_path: Path):
    fill(sqlite_database)
    folder = backed_up(sqlite_database, tmp_path)
    before = everything(sqlite_database.engine)
    with pytest.raises(CannotBeRestored, match="something in this database already"):
        restore(sqlite_database.engine, folder, evidence=Folder(tmp_path / "restored"))
    assert everything(sqlite_database.engine) == before


def test_a_history_that_was_cut_short_in_the_backup_is_found_out(
    sqlite_database: Database, spare_sqlite_database: Database, tmp_path: Path
):
    fill(sqlite_database)
    folder = backed_up(sqlite_database, tmp_path)
    said = json.loads((folder / FILE).read_text())
    said["history_head"] = "0" * 64
    (folder / FILE).write_text(json.dumps(said))
    with pytest.raises(CannotBeRestored, match="whose head was kept"):
        restore(spare_sqlite_database.engine, folder, evidence=Folder(tmp_path / "restored"))
    assert not everything(spare_sqlite_database.engine)["history"]


def test_a_backup_of_other_tables_says_which_version_it_needs(
    sqlite_database: Database, spare_sqlite_database: Database, tmp_path: Path
):
    folder = backed_up(sqlite_database, tmp_path)
    said = json.loads((folder / FILE).read_text())
    said["revision"] = "0001"
    (folder / FILE).write_text(json.dumps(said))
    with pytest.raises(CannotBeRestored, match="tables of migration 0001"):
        restore(spare_sqlite_database.engine, folder, evidence=Folder(tmp_path / "restored"))
