"""Questionnaires on the command line: checked, published, and taken to a spreadsheet and back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from audit_app.services.questionnaire_files import read_questionnaire_file
from audit_app.storage.engine import writing_session
from audit_app.storage.models import History
from tests.builders import make_partnership
from tests.core.test_repeating import PATTERN
from tests.core.test_sheets import SMALL
from tests.reporting.pdf_reading import opened, page_words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.yaml").write_text(f"# Agreed with the group.\n{SMALL}")
    return tmp_path


def test_a_spreadsheet_is_written_and_read_again_as_the_same_questionnaire(run, folder):
    done = run("questionnaires", "export", f"{folder}/small.yaml", "-o", f"{folder}/small.xlsx")
    assert done.exit_code == 0, done.output
    assert "Notes of authors (lines that begin with #) are not part of it." in done.output
    done = run("questionnaires", "import", f"{folder}/small.xlsx", "-o", f"{folder}/new.yaml")
    assert done.exit_code == 0, done.output
    old, new = (
        read_questionnaire_file((folder / name).read_bytes(), name=name).questionnaire
        for name in ("small.yaml", "new.yaml")
    )
    assert old is not None
    assert new is not None
    assert old.model_copy(update={"content_hash": new.content_hash}) == new
    assert "#" not in (folder / "new.yaml").read_text()


def test_without_a_name_to_write_to_the_yaml_is_printed(run, folder):
    run("questionnaires", "export", f"{folder}/small.yaml", "-o", f"{folder}/small.xlsx")
    done = run("questionnaires", "import", f"{folder}/small.xlsx")
    assert done.stdout.startswith("format: 1\nname: small\n")


def test_a_file_that_is_there_is_not_written_over_unless_asked(run, folder):
    run("questionnaires", "export", f"{folder}/small.yaml", "-o", f"{folder}/small.xlsx")
    words = ("questionnaires", "import", f"{folder}/small.xlsx", "-o", f"{folder}/small.yaml")
    refused = run(*words)
    assert refused.exit_code == 1
    assert "is there already" in refused.output
    assert (folder / "small.yaml").read_text().startswith("# Agreed")
    assert run(*words, "--replace").exit_code == 0
    assert (folder / "small.yaml").read_text().startswith("format")


def test_every_problem_of_a_spreadsheet_is_told_at_its_cell_and_nothing_is_written(run, folder):
    run("questionnaires", "export", f"{folder}/small.yaml", "-o", f"{folder}/small.xlsx")
    book = load_workbook(folder / "small.xlsx")
    book["Questions"]["K2"] = "heavy"
    book["Options"]["F3"] = "=A1"
    book.save(folder / "small.xlsx")
    done = run("questionnaires", "import", f"{folder}/small.xlsx", "-o", f"{folder}/new.yaml")
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        f"{folder}/small.xlsx:Questions!K2: “Weight” must be a whole number",
        f"{folder}/small.xlsx:Options!F3: a formula is not taken: write what it gives",
    ]
    assert not (folder / "new.yaml").exists()


def test_what_is_no_spreadsheet_is_refused_in_words(run, folder):
    (folder / "small.xlsx").write_bytes(b"PK\x03\x04 and no more")
    done = run("questionnaires", "import", f"{folder}/small.xlsx")
    assert done.exit_code == 1
    assert "this is not a spreadsheet (.xlsx) that can be read" in done.output


def test_a_questionnaire_with_problems_is_not_made_a_spreadsheet(run, folder):
    (folder / "small.yaml").write_text(SMALL.replace("kind: rating", "kind: stars"))
    done = run("questionnaires", "export", f"{folder}/small.yaml", "-o", f"{folder}/small.xlsx")
    assert done.exit_code == 1
    assert "small.yaml:13:9: `stars` is not a kind of question" in done.output
    assert not (folder / "small.xlsx").exists()


def test_a_folder_that_cannot_be_written_to_is_told_in_words(run, folder):
    done = run("questionnaires", "export", f"{folder}/small.yaml", "-o", f"{folder}/none/x.xlsx")
    assert done.exit_code == 1
    assert "could not be written: No such file or directory" in done.output


def test_a_spreadsheet_can_be_checked_and_published_as_it_is(run, folder, sqlite_database):
    with writing_session(sqlite_database.engine) as session:
        make_partnership(session)
        session.commit()
    run("questionnaires", "export", f"{folder}/small.yaml", "-o", f"{folder}/small.xlsx")
    assert run("questionnaires", "check", f"{folder}/small.xlsx").exit_code == 0
    done = run("questionnaires", "publish", f"{folder}/small.xlsx")
    assert "small/2026 is published: " in done.output
    again = run("questionnaires", "publish", f"{folder}/small.xlsx")
    assert "small/2026 was published before: " in again.output
    # The text of the author has a note that the spreadsheet has not: it is another file.
    other = run("questionnaires", "publish", f"{folder}/small.yaml")
    assert other.exit_code == 1
    assert "already published with other content" in other.output
    with writing_session(sqlite_database.engine) as session:
        told = list(session.scalars(select(History.event)))
    assert told == ["questionnaire_published"]


def test_a_blank_questionnaire_is_written_for_one_kind(run, folder):
    words = ("report", "blank", f"{folder}/small.yaml", "--kind", "childminder")
    done = run(*words, "--partnership", "Wendlemere Partnership", "-o", f"{folder}/blank.pdf")
    assert done.exit_code == 0, done.output
    assert (folder / "blank.pdf").read_bytes().startswith(b"%PDF-")


def test_a_blank_questionnaire_for_a_kind_that_is_not_asked_is_refused_in_words(run, folder):
    words = ("report", "blank", f"{folder}/small.yaml", "--kind", "police")
    done = run(*words, "-o", f"{folder}/blank.pdf")
    assert done.exit_code == 1
    assert "small/2026 is not asked of `police`; it is asked of: group, childminder" in done.output
    assert not (folder / "blank.pdf").exists()


def test_a_blank_questionnaire_of_one_owner_has_only_what_is_asked_of_it(run, folder):
    (folder / "blocks.yaml").write_text(PATTERN, "utf-8")
    words = ("report", "blank", f"{folder}/blocks.yaml", "--kind", "police")
    done = run(*words, "--answers-for", "police", "-o", f"{folder}/blank.pdf")
    assert done.exit_code == 0, done.output
    pdf = opened((folder / "blank.pdf").read_bytes())
    assert "Only what is asked of Police" in page_words(pdf, 1)
    everything = " ".join(page_words(pdf, number) for number in range(1, len(pdf.pages) + 1))
    assert "Newsletter, Child One, recommendation 6" in everything
    assert "Case AE, recommendation 1:" not in everything


def test_a_blank_questionnaire_for_an_owner_who_is_not_named_is_refused_in_words(run, folder):
    words = ("report", "blank", f"{folder}/small.yaml", "--kind", "group")
    done = run(*words, "--answers-for", "police", "-o", f"{folder}/blank.pdf")
    assert done.exit_code == 1
    assert "small/2026 does not name the owner `police`; it names none" in done.output
    assert not (folder / "blank.pdf").exists()


def test_a_version_is_withdrawn_and_put_back_by_its_name(run, config, folder):
    done = run("questionnaires", "publish", f"{folder}/small.yaml")
    called = done.output.partition(" ")[0]
    missing = run("questionnaires", "withdraw", "small/1900", "--because", "It asks twice.")
    assert missing.exit_code == 1
    assert "small/1900 is not published" in missing.output
    done = run("questionnaires", "withdraw", called, "--because", "It asks twice.")
    assert done.output == f"{called} is withdrawn: no new round opens with it.\n"
    assert "(withdrawn)" in run("questionnaires", "list").output
    assert "and is withdrawn" in run("questionnaires", "publish", f"{folder}/small.yaml").output
    again = run("questionnaires", "withdraw", called, "--because", "Again")
    assert again.exit_code == 1
    assert "withdrawn already. Nothing was changed." in again.output
    assert run("questionnaires", "put-back", called).exit_code == 0
    assert "(withdrawn)" not in run("questionnaires", "list").output


def test_a_folder_and_a_file_that_is_not_there_are_told_of_beside_the_rest(run, folder):
    done = run("questionnaires", "check", str(folder), f"{folder}/none.yaml")
    assert done.exit_code == 1
    assert f"{folder}:1:1: this is a folder: name a file" in done.stderr
    assert f"{folder}/none.yaml:1:1: there is no such file" in done.stderr
    for words in (("questionnaires", "publish"), ("questionnaires", "import")):
        done = run(*words, str(folder))
        assert (done.exit_code, "this is a folder" in done.stderr) == (1, True)


def test_answers_are_scored_by_a_spreadsheet_as_by_its_yaml(run, folder):
    run("questionnaires", "export", f"{folder}/small.yaml", "-o", f"{folder}/small.xlsx")
    (folder / "answers.json").write_text('{"kind": "group", "answers": {}}')
    done = run("score", f"{folder}/small.xlsx", f"{folder}/answers.json")
    assert done.exit_code == 0, done.output
