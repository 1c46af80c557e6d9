"""`flask score` and `flask questionnaires`: what they print and what they refuse."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Runs

TINY = Path(__file__).parents[1] / "questionnaires" / "the_last_of_five_is_critical.yaml"
AUDIT = Path(__file__).parents[2] / "questionnaires" / "early-years-audit"
GROUP = Path(__file__).parents[1] / "answers" / "early_years_group.json"


def written(folder: Path, data: object) -> str:
    file = folder / "answers.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data))
    return str(file)


def test_a_return_is_scored_and_explained_without_a_database(run: Runs, tmp_path: Path):
    answers = {"1.1": "yes", "1.2": "yes", "1.3": "yes", "1.4": "yes", "1.5": {"value": "no"}}
    file = written(tmp_path, {"kind": "group", "answers": answers})

    found = json.loads(run("score", str(TINY), file).stdout)

    section = found["sections"]["1"]
    assert (section["score"], section["band"], section["rating"]) == ("80.0", "green", "red")
    assert section["reason"] == "Red: 80.0 % of the points; 1.5 is critical and Red, so Red"
    assert found["questions"]["1.5"]["rag"] == "red"


def test_what_is_left_out_is_named_and_the_rest_is_scored(run: Runs, tmp_path: Path):
    answers = json.loads(GROUP.read_text())
    del answers["answers"]["6.3"]

    found = json.loads(run("score", str(AUDIT / "2026.yaml"), written(tmp_path, answers)).stdout)

    assert (found["may_be_submitted"], found["left_to_answer"]) == (False, ["6.3"])
    assert found["sections"]["6"]["rating"] == "red"


def test_the_whole_early_years_audit_is_scored(run: Runs):
    found = json.loads(run("score", str(AUDIT / "2026.yaml"), str(GROUP)).stdout)

    assert set(found["priority_areas"]) == {"cumulative-risk", "record-transfer"}
    assert found["overall"]["rating"] in {"red", "amber", "green"}
    assert found["overall"]["answered"] == found["overall"]["applicable"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "answers.json:1:2: a name in quotation marks is expected"),
        ('{"answers": {"1.1": NaN}, "kind": "group"}', "not a number"),
        ({"kind": "group", "answers": {"9.9": "yes"}}, "9.9: there is no such question"),
        ({"kind": "police", "answers": {}}, "`kind` must be one of group, childminder"),
        (
            {"kind": "group", "answers": {"1.1": "maybe"}},
            "answers.json:1:31: 1.1: `maybe` is not on offer",
        ),
        ({"kind": "group", "on": "soon", "answers": {}}, "`on` must be a date"),
        ({"kind": "group", "stage": "late", "answers": {}}, "`stage` must be"),
        ({"kind": "group", "answers": {}, "more": 1}, "`more` is not a field"),
        (
            {"kind": "group", "answers": {"1.1": {"value": "yes", "commentary": "x" * 20_000}}},
            "1.1: Your comment is 20,000 characters",
        ),
        ({"kind": "group", "answers": {}, "validated": {"1.1": "blue"}}, "`blue` is not a level"),
        (
            {"kind": "group", "answers": {"1.1": {"not_applicable": "We have none"}}},
            "This question applies to everybody",
        ),
    ],
)
def test_what_cannot_be_scored_is_refused_in_words(
    run: Runs, tmp_path: Path, data: object, said: str
):
    result = run("score", str(TINY), written(tmp_path, data))

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_everything_shipped_is_checked_without_a_problem(run: Runs):
    result = run("questionnaires", "check")

    assert result.exit_code == 0, result.stderr
    assert "no problems" in result.stdout


def test_a_problem_is_printed_at_its_line(run: Runs, tmp_path: Path):
    file = tmp_path / "bad.yaml"
    file.write_text(TINY.read_text().replace('id: "1.2"', 'id: "1.1"'))

    result = run("questionnaires", "check", str(file))

    assert result.exit_code == 1
    assert f"{file}:13:10: the id `1.1` is used by another question" in result.stderr


def test_an_id_that_no_source_has_is_warned_of_at_its_line(run: Runs, tmp_path: Path):
    file = tmp_path / "tiny.yaml"
    file.write_text(
        TINY.read_text().replace("Are they read again?,", "Are they read?, law: [NOPE],")
    )

    result = run("questionnaires", "check", str(file))

    assert result.exit_code == 0
    assert f"{file}:13:" in result.stderr
    assert "no source has `NOPE` (warning)" in result.stderr


def test_a_published_version_cannot_be_published_with_other_content(run: Runs, tmp_path: Path):
    file = tmp_path / "tiny.yaml"
    file.write_text(TINY.read_text())
    assert run("questionnaires", "publish", str(file)).exit_code == 0
    assert run("questionnaires", "publish", str(file)).exit_code == 0
    file.write_text(TINY.read_text().replace("Are they read again?", "Are they read twice?"))

    result = run("questionnaires", "publish", str(file))

    assert result.exit_code == 1
    assert result.stderr.count("hash") >= 1
    assert "last-critical/1" in run("questionnaires", "list").stdout


def test_coverage_names_what_no_question_tests(run: Runs):
    found = json.loads(run("questionnaires", "coverage", "--json").stdout)

    total = len(found["tested"]) + len(found["untested"])
    assert total == 43
    assert found["unknown"] == []
    assert "No question tests:" in run("questionnaires", "coverage").stdout


def test_two_versions_are_compared_like_for_like(run: Runs):
    old, new = str(AUDIT / "2025.yaml"), str(AUDIT / "2026.yaml")

    found = json.loads(run("questionnaires", "diff", old, new, "--json").stdout)

    assert found["added"]
    assert found["removed"]
    assert "6.2" not in found["like_for_like"]
    assert found["like_for_like"]["6.9"] == "9.8"


def test_the_schema_of_the_format_is_json_schema(run: Runs):
    assert json.loads(run("questionnaires", "schema").stdout)["title"] == "Questionnaire"
