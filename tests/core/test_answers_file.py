"""A file of answers: what is wrong with it is told at its line, and nothing of it is taken."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.answers_file import read_answers
from audit_app.core.marked_json import read_json
from audit_app.core.problems import CannotBeRead
from audit_app.core.progress import progress_of
from audit_app.core.reading import read_questionnaire
from audit_app.core.scoring import score

EVERY = read_questionnaire(
    (Path(__file__).parents[1] / "questionnaires" / "one_question_of_every_kind.yaml").read_text(),
    name="every",
)
TODAY = date(2026, 11, 20)


def refused(text: str | bytes) -> str:
    with pytest.raises(CannotBeRead) as error:
        read_answers(text.encode() if isinstance(text, str) else text, EVERY, today=TODAY)
    return str(error.value)


def about(answers: str) -> str:
    return refused(f'{{"kind": "group",\n"answers": {{{answers}}}}}')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: the file is empty"),
        ("hello", "1:1: `hello` is not JSON: a text needs quotation marks"),
        ('{"answers": {}', "1:15: a comma or a } is missing here"),
        ('{"answers": {}}\nx', "2:1: the answers end before this: take out what follows"),
        ('{"answers": {},}', "1:16: a name in quotation marks is expected here"),
        ('{"answers" {}}', "1:12: a colon is missing here"),
        ('{"answers": ', "1:13: the file ends here, before it is whole"),
        ('{"answers": "x', "1:13: a quotation mark is not closed"),
        ('{"answers": "a\nb"}', "a line end or a tab stands inside quotation marks"),
        ('{"answers": "\\q"}', "a backslash stands for something else here"),
        ("[" * 100_000, "1:42: lists are nested too deeply"),
        ("[" + "1," * 30_000 + "1]", "the file has more than 25,000 parts"),
        ('{"answers": {}, "answers": {}}', "1:17: `answers` is given twice"),
        ("[]", "1:1: the file must be"),
        ('{"answers": []}', "1:1: the file must be"),
        (" " * 1_000_001, "1:1: the file is larger than 1 MB"),
        ('{"answers": {}}'.encode("utf-16"), "1:1: the file is not UTF-8"),
        (b'{"answers":\n {"1.1": "caf\xe9"}}', "2:1: the file is not UTF-8"),
        ('{"answers": {}, "on": "2026-02-30"}', "1:17: `on` must be a date like 2026-11-20"),
        ('{"answers": {}, "on": "2026-W01-1"}', "1:17: `on` must be a date like 2026-11-20"),
        ('{"answers": {}, "kind": ["group"]}', "1:17: `kind` must be one of group, childminder"),
        ('{"answers": {}, "stage": []}', "1:17: `stage` must be draft, submitted or closed"),
    ],
    ids=lambda one: repr(one[:30]),
)
def test_what_is_not_a_file_of_answers_is_refused_at_its_line(text: str | bytes, said: str) -> None:
    assert f"answers.json:{said}" in refused(text) or said in refused(text)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ('"1.2": "yes", "1.2": "no"', "2:27: `1.2` is given twice"),
        ('"1.2": true', '2:13: 1.2: `true` is not on offer: use "yes", "partly", "no"'),
        ('"1.1": 2', '2:13: 1.1: `2` is not on offer: use "red", "amber", "green"'),
        ('"1.1": {"value": ["red"]}', '2:21: 1.1: `["red"]` is not on offer'),
        ('"2.1": NaN', "2:20: NaN is not a number"),
        ('"2.1": 1e400', "2:20: this number is too large"),
        (f'"2.1": {"9" * 5000}', "2:20: this number is too long"),
        ('"2.1": -1', "2:13: 2.1: Enter 0 or more"),
        ('"2.1": true', "2:13: 2.1: Enter a number, like 12"),
        ('"2.2": {"x": 5, "y": 4}', "2:21: 2.2: 5 is more than the 4 it is out of"),
        (
            '"2.2": {"x": 4, "y": 5}, "2.3": {"x": 1, "y": 9}',
            "2.3: the second figure is taken from 2.2: leave `y` out here",
        ),
        ('"2.5": "2026-02-30"', "2:13: 2.5: Enter a real date, like 2026-03-27"),
        ('"2.5": "20260227"', "2:13: 2.5: Enter a real date, like 2026-03-27"),
        ('"3.2": {"aged_9": {}}', "2:21: 3.2: There is no row “aged_9”"),
        ('"9.9": "yes"', "2:13: 9.9: there is no such question"),
        ('"\\ud800": "yes"', "2:13: \\ud800: there is no such question"),
        ('"1.2": {"value": "yes", "coment": ""}', "2:37: 1.2: `coment` is not a field of an"),
        ('"1.2": {"value": "yes", "commentary": 5}', "2:37: 1.2: the commentary must be text"),
        ('"1.2": {"value": "yes", "commentary": "\\u0000"}', "a character that cannot be kept"),
        ('"1.2": {"value": "yes", "evidence": 5}', "2:37: 1.2: the evidence must be a list of"),
        ('"1.2": {"not_applicable": 5}', "2:21: 1.2: the reason must be text"),
    ],
    ids=lambda one: repr(one[:30]),
)
def test_an_answer_that_will_not_do_is_told_of_at_its_line(answers: str, said: str) -> None:
    assert said in about(answers)


@pytest.mark.parametrize(
    ("validated", "said"),
    [
        ("[1]", "1:17: `validated` must be a mapping of question ids"),
        ('{"9.9": "red"}', "1:31: validated 9.9: there is no such question"),
        ('{"1.1": 5}', "1:31: validated 1.1: write a level, or a level and a reason"),
        ('{"1.1": {"level": ["red"]}}', '`["red"]` is not a level; use red, amber, green'),
        ('{"1.1": {"level": "red", "why": ""}}', "1:55: validated 1.1: `why` is not a field"),
        ('{"1.1": {"not_applicable": []}}', "`not_applicable` is accepted or rejected"),
        ('{"1.1": {"level": "red", "reason": 5}}', "validated 1.1: the reason must be text"),
    ],
)
def test_what_moderators_found_is_checked_too(validated: str, said: str) -> None:
    assert said in refused(f'{{"answers": {{}}, "validated": {validated}, "kind": "group"}}')


def test_everything_wrong_is_told_at_once_from_the_top() -> None:
    lines = about('"9.9": 1,\n"1.2": "maybe",\n"2.1": -1').splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4"]


def test_an_answer_may_name_its_evidence() -> None:
    text = (Path(__file__).parents[1] / "questionnaires" / "green_needs_evidence.yaml").read_text()
    questionnaire = read_questionnaire(text, name="green")
    wanted = next(
        name
        for name, placed in questionnaire.placed.items()
        if "green" in placed.question.evidence_required_for
        and placed.question.kind in {"rating", "yes_no", "yes_partly_no"}
    )
    value = '"green"' if questionnaire.question(wanted).kind == "rating" else '"yes"'
    kind = questionnaire.asked_of[0]

    def left(evidence: str) -> tuple[str, ...]:
        answer = f'{{"value": {value}{evidence}}}'
        file = f'{{"kind": "{kind}", "answers": {{"{wanted}": {answer}}}}}'
        given = read_answers(file.encode(), questionnaire, today=TODAY)
        result = score(
            questionnaire, given.replies, kind=kind, on=TODAY, stage=given.stage, validations={}
        )
        return progress_of(questionnaire, result, given.replies, kind=kind).blocking

    assert wanted in left("")
    assert wanted not in left(', "evidence": ["The policy, page 4"]')


@given(st.text('{}[]":,.0123456789eE+-truefalsn\\u \n\t', max_size=60) | st.text(max_size=20))
def test_any_text_is_read_as_json_reads_it_or_refused(text: str) -> None:
    try:
        found: Any = read_json(text, name="any").data
    except CannotBeRead:
        return
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    assert found == json.loads(plain)
