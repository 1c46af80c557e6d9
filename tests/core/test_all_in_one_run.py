"""Every problem of a questionnaire is found in one run, whatever else is wrong with it."""

import pytest

from audit_app.core.problems import CannotBeRead
from audit_app.core.reading import check_questionnaire, read_questionnaire

SOUND = """\
format: 1
name: sound
version: "1"
title: Sound
reference: SND
purpose: To have things go wrong in.
asked_of: [group]
sections:
  - id: "1"
    title: One
    questions:
      - {id: "1.1", kind: yes_no, text: Is it so?}
      - {id: "1.2", kind: x_of_y, text: How many?, x_label: Some, y_label: All}
      - {id: "1.3", kind: yes_no, text: Is it still?, when: {question: "1.1", is: "yes"}}
"""


def told(text: str) -> list[str]:
    _, problems = check_questionnaire(text, name="f")
    return [str(one) for one in problems if not one.is_warning]


def test_a_malformed_field_does_not_hide_what_else_is_wrong() -> None:
    text = (
        SOUND.replace("title: Sound", "title: Sound\ncolour: red")
        .replace("text: Is it so?", "text: Is it so?, critical: true, weight: heavy")
        .replace("x_label: Some, ", "")
        .replace('question: "1.1"', 'question: "9.9"')
    )
    assert told(text) == [
        "f:5:1: `colour` is not a field that the format knows here",
        "f:13:52: `critical` needs its reason in `critical_because`",
        "f:13:68: `weight` must be a whole number",
        "f:14:9: `x_label` is missing",
        "f:15:55: `when` looks at `9.9`, which is not in this file",
    ]


def test_what_comes_only_of_a_malformed_question_is_not_told_besides() -> None:
    text = SOUND.replace("kind: yes_no, text: Is it so?", "kind: yesno, text: Is it so?")
    assert [one.split(":")[1] for one in told(text)] == ["12"]


def test_a_malformed_area_is_not_missed_by_what_names_it() -> None:
    areas = 'indicators:\n  - {id: a, title: A, x: {question: "1.2", part: x}}\n'
    areas += 'priority_areas:\n  - {id: b, title: B, questions: ["9.9"], indicators: [a]}\n'
    assert told(SOUND + areas) == [
        "f:16:5: `y` is missing",
        "f:18:35: `9.9` is not in this file",
    ]


@pytest.mark.parametrize("field", ["minutes: true", "minutes: 1.5", "minutes: many"])
def test_true_is_no_number(field: str) -> None:
    assert told(f"{SOUND}{field}\n") == ["f:15:1: `minutes` must be a whole number"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (r'"a\0b"', "0000"),
        (r'"a\x07b"', "0007"),
        ('"a\u202eb"', "202E"),
        (r'"a\u202eb"', "202E"),
        ("a\u200eb", "200E"),
        ("a\u200bb", "200B"),
    ],
    ids=ascii,
)
def test_a_character_that_nobody_sees_is_refused_however_it_is_written(
    written: str, code: str
) -> None:
    said = f"an invisible character (U+{code}) stands here: take it out"
    assert told(SOUND.replace("title: One", f"title: {written}")) == [f"f:10:5: {said}"]


@pytest.mark.parametrize(
    "written", ['"a\\tb"', '"a\\nb"', "caf\u00e9", "\U0001f469\u200d\U0001f4bb"]
)
def test_line_ends_accents_and_joined_signs_are_kept(written: str) -> None:
    assert told(SOUND.replace("title: One", f"title: {written}")) == []


def test_a_sound_questionnaire_is_read() -> None:
    assert read_questionnaire(SOUND, name="f").key == "sound/1"
    with pytest.raises(CannotBeRead):
        read_questionnaire(SOUND + "more: 1\n", name="f")
