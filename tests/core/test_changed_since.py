"""What became of each question since the round before, as those who answer are told."""

from pathlib import Path

from audit_app.core.changed_since import Since, changed_since
from audit_app.core.reading import read_questionnaire
from tests.core.tiny import tiny

FOLDER = Path(__file__).parents[2] / "questionnaires"

NOW_TEXT = (
    Path(__file__).parents[1] / "questionnaires" / "last_year_and_this_year.yaml"
).read_text()
THEN_TEXT = (
    NOW_TEXT.replace('version: "2027"', 'version: "2026"')
    .replace("written down", "recorded")
    .replace('id: "1.2"\n        same_meaning_as: "1.9"', 'id: "1.9"')
    .replace(", {value: all, label: Everybody}", ", {value: nobody, label: Nobody}")
    .replace("        scoring_version: 2\n", "")
    .replace("        maximum: 50\n", "")
    .replace("        applies_to: [group]\n", "")
)


def between(old: str, new: str) -> dict[str, Since]:
    return changed_since(read_questionnaire(old, name="then"), read_questionnaire(new, name="now"))


def test_every_way_to_change_is_told_apart() -> None:
    found = between(THEN_TEXT, NOW_TEXT)
    assert found["1.1"] is Since.REWORDED
    assert found["1.2"] is Since.SAME
    assert found["1.3"] is Since.RESCORED
    assert found["1.4"] is Since.RESCORED
    assert found["1.5"] is Since.SAME


def test_other_words_and_another_scoring_version_ask_something_else() -> None:
    other = NOW_TEXT.replace("scoring_version: 2", "scoring_version: 3").replace(
        NOW_TEXT.split('id: "1.4"')[1].split("text: ")[1].split("\n")[0], "Something else?"
    )
    assert between(THEN_TEXT, other)["1.4"] is Since.OTHER_MEANING


def test_what_was_not_there_is_new() -> None:
    other = NOW_TEXT.replace('id: "1.7"', 'id: "1.8"')
    assert between(THEN_TEXT, other)["1.8"] is Since.NEW


def test_nothing_has_changed_between_a_version_and_itself() -> None:
    one = tiny("nested_standards")
    assert set(changed_since(one, one).values()) == {Since.SAME}


def test_the_early_years_audit_of_2026_tells_what_it_says_it_changed() -> None:
    old, new = (
        (FOLDER / "early-years-audit" / f"{year}.yaml").read_text() for year in (2025, 2026)
    )
    found = between(old, new)
    assert {name: found[name] for name in ("3.4", "4.2", "6.2")} == dict.fromkeys(
        ("3.4", "4.2", "6.2"), Since.OTHER_MEANING
    )
    assert {found[name] for name in ("6.4", "6.5", "6.6", "6.7", "11.4")} == {Since.NEW}
    assert found["6.9"] is not Since.NEW
