"""A questionnaire written as YAML reads as the same one, and is fit to be read by people."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import check_questionnaire, read_questionnaire
from audit_app.core.writing import write_questionnaire
from tests.core.any_questionnaires import questionnaires, with_every_odd_text
from tests.core.shipped import sources

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(
    file for file in (ROOT / "questionnaires").glob("*/*.yaml") if file.parent.name != "sources"
)
TINY = sorted((ROOT / "tests" / "questionnaires").glob("*.yaml"))


def without_hash(questionnaire: Questionnaire) -> Questionnaire:
    return questionnaire.model_copy(update={"content_hash": ""})


def again(questionnaire: Questionnaire) -> Questionnaire:
    found, problems = check_questionnaire(write_questionnaire(questionnaire), name="again.yaml")
    assert found is not None, problems
    assert [problem for problem in problems if not problem.is_warning] == []
    return found


@settings(max_examples=80)
@given(questionnaires())
def test_any_questionnaire_written_as_yaml_reads_as_the_same(made: Questionnaire) -> None:
    assert without_hash(again(made)) == without_hash(made)


def test_every_odd_text_is_kept_as_it_is() -> None:
    made = with_every_odd_text()
    assert without_hash(again(made)) == made


@pytest.mark.parametrize(
    "file", [*SHIPPED, *TINY], ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_every_file_of_ours_is_the_same_when_written_anew(file: Path) -> None:
    read = read_questionnaire(file.read_bytes(), name=file.name, sources=sources())
    assert without_hash(again(read)) == without_hash(read)


def test_the_same_questionnaire_is_always_written_in_the_same_words() -> None:
    read = read_questionnaire(SHIPPED[0].read_bytes(), name="shipped")
    assert write_questionnaire(again(read)) == write_questionnaire(read)


WRITTEN = """\
format: 1
name: small
version: "2026"
title: Small audit
reference: SMA
purpose: >-
  A text that is too long for one line of the file is broken where a blank stands, and is joined
  again when it is read: nobody sees the break.
minutes: 10
asked_of: [group, childminder]

sections:
  - id: "1"
    title: Records
    questions:
      - id: "1.10"
        kind: number
        text: "How many: in all?"
        hint: |-
          Count each child once.

          Enter 0 where there are none.
        minimum: null
        derives_from: [case-ai.resp-5]

  - id: B
    title: Passing on
    questions:
      - id: B1
        kind: choice
        text: How often?
        when: {all: [{question: "1.10", at_least: 1}, {not: {question: "1.10", is: 9}}]}
        options:
          - {value: monthly, label: "Monthly, or more often"}
          - {value: never, label: 'We say "never"'}
"""


def test_what_is_written_is_laid_out_as_an_author_would() -> None:
    assert write_questionnaire(read_questionnaire(WRITTEN, name="small")) == WRITTEN


def test_lines_stay_within_the_width_of_a_page() -> None:
    for file in SHIPPED:
        read = read_questionnaire(file.read_bytes(), name=file.name, sources=sources())
        written = write_questionnaire(read)
        assert max(len(line) for line in written.splitlines()) <= 110
