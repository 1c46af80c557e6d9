"""The manual of questionnaires shows what really can be written."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from audit_app.cli.questionnaires import questionnaires_commands
from audit_app.core.answers_file import read_answers
from audit_app.core.checking_replies import Context, check
from audit_app.core.marked import read_yaml
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Question
from audit_app.core.reading import check_questionnaire
from audit_app.core.scoring import score

FOLDER = Path(__file__).parents[2] / "questionnaires"
MANUAL = (FOLDER / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
WHOLE = next(text for text in EXAMPLES if text.startswith("format:"))
OF_KINDS = [text for text in EXAMPLES if text.startswith("kind:")]
ANSWERS = next(iter(re.findall(r"```json\n(.*?)```", MANUAL, re.DOTALL)))
TODAY = date(2026, 11, 20)

REPLIES: dict[str, Any] = {
    "rating": "amber",
    "yes_partly_no": "partly",
    "choice": "termly",
    "choices": ["neglect", "injuries"],
    "number": 12,
    "x_of_y": {"x": 18, "y": 19},
    "date": "2025-06-17",
    "text": "We now look every half term.",
    "fixed_rows": {
        "under_2": {"on_roll": 14, "social_worker": 1},
        "aged_2": {"on_roll": 21, "social_worker": 0},
    },
    "repeating": [{"full_name": "Rosalind Thackery", "trained_on": "2025-06-17"}],
    "declaration": [{"name": "Rosalind Thackery", "role": "Manager", "date": "2026-11-19"}],
}


@pytest.fixture(scope="module")
def example() -> Questionnaire:
    found, problems = check_questionnaire(WHOLE, name="the worked example")
    # With so few questions, one that is critical is already more than a fifth.
    assert all(problem.is_warning for problem in problems)
    assert found is not None
    return found


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.splitlines()[0])
def test_every_example_of_the_manual_is_yaml_that_is_taken(text: str) -> None:
    read_yaml(text, name="example")


@pytest.mark.parametrize("text", OF_KINDS, ids=lambda text: text.splitlines()[0])
def test_every_kind_in_the_manual_can_be_asked_and_takes_the_reply_shown(
    text: str, example: Questionnaire
) -> None:
    written = read_yaml(text, name="example").data
    question = TypeAdapter[Question](Question).validate_python(
        {"id": "1", "text": "Is it so?", **written}
    )
    rows = next((name for name in ("fixed_rows", "repeating") if name in written), None)
    reply = REPLIES[rows or question.kind]
    value, problems = check(question, reply, Context(example, "childminder", TODAY, {}))
    assert problems == []
    assert value == reply
    assert f"`{json.dumps(reply)}`" in MANUAL


def test_the_worked_example_is_asked_and_scored_as_the_manual_says(example: Questionnaire) -> None:
    assert [len(example.asked(kind)) for kind in ("group", "childminder")] == [4, 3]
    given = read_answers(ANSWERS.encode(), example, today=TODAY)
    result = score(example, given.replies, kind=given.kind, on=given.on, stage=given.stage)
    assert (result.sections["1"].score, result.sections["1"].rating) == ("75.0", "amber")
    assert (result.questions["2.1"].rag, result.questions["2.2"].rag) == ("green", "red")
    assert result.sections["2"].rating == "amber"
    assert result.areas["record-transfer"].rating == "red"


def test_the_manual_names_every_kind_of_question() -> None:
    kinds = TypeAdapter[Question](Question).json_schema()["discriminator"]["mapping"]
    headings = " ".join(re.findall(r"^### (.*)$", MANUAL, re.MULTILINE))
    assert len(kinds) == 13
    assert [kind for kind in kinds if not re.search(rf"\b{kind}\b", headings)] == []


def test_every_field_that_can_be_written_is_in_the_manual() -> None:
    schema = Questionnaire.model_json_schema()
    # Conditions and figures have a table of their own forms.
    models = {name: one for name, one in schema["$defs"].items() if "properties" in one}
    fields = {field for one in models.values() for field in one["properties"]}
    fields |= set(schema["properties"]) - {"content_hash"}
    told = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", MANUAL))))
    assert fields - told == set()


def test_the_manual_lists_every_command_that_authors_have() -> None:
    listed = set(re.findall(r"^\| .*", MANUAL.split("## All commands")[1], re.MULTILINE))
    told = set(re.findall(r"`questionnaires ([a-z-]+)", "\n".join(listed)))
    assert told == set(questionnaires_commands.commands)
