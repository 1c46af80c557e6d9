"""What was asked last time beside what is asked now: only what is read and worded otherwise."""

import pytest

from audit_app.core.asked_then import Wording, chosen_words, wording_changed
from audit_app.core.reading import read_questionnaire
from tests.core.test_changed_since import NOW_TEXT, THEN_TEXT

THEN, NOW = (read_questionnaire(text, name="an audit") for text in (THEN_TEXT, NOW_TEXT))


def test_the_question_that_was_reworded_is_given_in_both_wordings():
    assert wording_changed(THEN, NOW, "1.1", "1.1", kind="group") == [
        Wording(
            "Question", "How well are concerns recorded?", "How well are concerns written down?"
        )
    ]


def test_a_question_with_another_number_is_compared_with_what_it_was():
    assert wording_changed(THEN, NOW, "1.9", "1.2", kind="group") == []


def test_choices_that_are_others_are_given_in_both_wordings():
    assert wording_changed(THEN, NOW, "1.3", "1.3", kind="group") == [
        Wording("Choices", "The lead; Nobody", "The lead; Everybody")
    ]


def test_each_level_that_reads_otherwise_for_this_kind_is_named():
    line = "descriptors: {red: Not., amber: Partly., green: Fully.}"
    other = NOW_TEXT.replace(
        line, f"{line}\n        descriptors_for: {{childminder: {{green: Fully now.}}}}"
    )
    new = read_questionnaire(other, name="now")
    assert wording_changed(NOW, new, "1.4", "1.4", kind="group") == []
    assert wording_changed(NOW, new, "1.4", "1.4", kind="childminder") == [
        Wording("Green", "Fully.", "Fully now.")
    ]
    assert chosen_words(new.question("1.4"), "green", new, kind="group") == "Fully."
    assert chosen_words(new.question("1.4"), "green", new, kind="childminder") == "Fully now."


@pytest.mark.parametrize(("name", "value"), [("1.1", None), ("1.1", "blue"), ("1.2", "yes")])
def test_what_is_no_level_has_no_descriptor(name: str, value: str | None):
    assert chosen_words(NOW.question(name), value, NOW, kind="group") == ""


def test_what_is_now_another_kind_of_question_says_what_is_gone_and_what_is_new():
    other = NOW_TEXT.replace(
        "kind: text\n        text: What changed?",
        "kind: x_of_y\n        text: What changed?\n        scored: false"
        "\n        x_label: Changed\n        y_label: All",
    )
    new = read_questionnaire(other, name="now")
    assert wording_changed(NOW, new, "1.7", "1.7", kind="group") == [
        Wording("First figure", "", "Changed"),
        Wording("Second figure", "", "All"),
    ]
