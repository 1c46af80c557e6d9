"""Which questions share a page, what the check says of pages, and what an answer brings up."""

from pathlib import Path

import pytest

from audit_app.core.differences import differences
from audit_app.core.pages import ShownBy, follows, page_of
from audit_app.core.problems import CannotBeRead
from audit_app.core.reading import read_questionnaire
from tests.core.tiny import tiny

FILE = Path(__file__).parents[1] / "questionnaires" / "several_questions_on_a_page.yaml"
TEXT = FILE.read_text()


def faults(text: str) -> list[str]:
    with pytest.raises(CannotBeRead) as refused:
        read_questionnaire(text, name="in a test")
    return [problem.message for problem in refused.value.problems]


def test_a_page_holds_the_questions_that_are_put_to_a_kind() -> None:
    questionnaire = tiny("several_questions_on_a_page")
    every = ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6")
    assert page_of(questionnaire, "1.3", kind="group") == every
    assert page_of(questionnaire, "1.1", kind="childminder") == ("1.1", "1.2", "1.3", "1.5", "1.6")
    assert page_of(questionnaire, "1.7", kind="group") == ("1.7",)


def test_a_question_stands_alone_unless_its_author_says_otherwise() -> None:
    questionnaire = tiny("two_sections_of_one_question")
    assert {len(page) for page in questionnaire.pages.values()} == {1}


def test_an_answer_on_the_page_brings_up_another() -> None:
    questionnaire = tiny("several_questions_on_a_page")
    assert follows(questionnaire, "1.2") == ShownBy("1.1", ("unnamed",))
    assert follows(questionnaire, "1.3") is None


def test_what_is_on_a_page_is_no_change_of_a_question() -> None:
    apart = TEXT.replace("        with_previous: true\n", "")
    found = differences(
        read_questionnaire(apart, name="then"), read_questionnaire(TEXT, name="now")
    )
    assert found.changed == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'when: {question: "1.1", is: unnamed}',
            'when: {not: {question: "1.1", is: named}}',
            "a condition is one comparison by",
        ),
        (
            "text: Anything else?",
            'when: {question: "1.3", is: 5}\n        text: Anything else?',
            "whose answer is typed in",
        ),
        (
            "        y_label: Calls\n",
            '        y_label: Calls\n        y_from: {question: "1.3"}\n',
            "must stand on an earlier page",
        ),
        ('- id: "1.1"\n', '- id: "1.1"\n        with_previous: true\n', "no question before it"),
        (
            '      - id: "1.7"\n        kind: yes_no\n',
            '  - id: "2"\n    title: More\n    questions:\n'
            '      - id: "1.7"\n        kind: yes_no\n'
            "        with_previous: true\n",
            "is in another section",
        ),
        (
            "kind: text\n        with_previous: true",
            "kind: evidence\n        with_previous: true",
            "a question of kind evidence has a page to itself",
        ),
    ],
)
def test_a_page_that_cannot_be_shown_is_refused_with_what_is_wrong(
    old: str, new: str, said: str
) -> None:
    assert TEXT.count(old) == 1, old
    assert any(said in fault for fault in faults(TEXT.replace(old, new)))


def test_a_page_of_nine_is_refused() -> None:
    more = "".join(
        f'      - id: "1.6{n}"\n        kind: yes_no\n        with_previous: true\n'
        f"        text: Is there more?\n"
        for n in "abc"
    )
    text = TEXT.replace('      - id: "1.7"', more + '      - id: "1.7"')
    assert any("at most 8 questions" in fault for fault in faults(text))
