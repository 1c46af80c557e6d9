"""What is drafted reads as something that one does, for every kind of question and level."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.action_plan import Key
from audit_app.core.action_words import LONGEST, how_to_know, what_to_do
from audit_app.core.drafting_actions import day_for, drafts_for
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import read_questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from tests.core.any_questionnaires import questionnaires

TODAY = date(2026, 11, 20)

HEAD = """
format: 1
name: plan
version: "1"
title: A plan
reference: PLN
purpose: To see what is drafted.
asked_of: [group, childminder]
scales:
  three:
    - {value: "0", label: "0", rag: red, points: 0}
    - {value: "1", label: "1", rag: red, points: 1}
    - {value: "2", label: "2", rag: amber, points: 2}
    - {value: "3", label: "3", rag: green, points: 3}
sections:
  - id: "1"
    title: All
    questions:
"""
ASKED = {
    "rating": "{kind: rating, descriptors: {red: Nobody looks., amber: Some look., "
    "green: Everybody looks.}}",
    "scale": '{kind: rating, scale: three, descriptors: {"0": None., "1": Few., "2": Most., '
    '"3": All.}}',
    "yes": "{kind: yes_partly_no}",
    "guided": "{kind: yes_partly_no, guidance: Somebody reads the notes each week.}",
    "no": '{kind: yes_no, good_answer: "no"}',
    "choice": "{kind: choice, options: [{value: a, label: Each week, level: green}, "
    "{value: b, label: Never, level: red}]}",
    "choices": "{kind: choices, options: [{value: a, label: Neglect}, {value: b, label: Fathers}, "
    "{value: c, label: Babies}], levels: {green: {all_of: [a, b, c]}, amber: {at_least: 1}}}",
    "some": "{kind: choices, options: [{value: a, label: Neglect}, {value: b, label: Fathers}, "
    "{value: c, label: Babies}], levels: {green: {at_least: 2}, amber: {at_least: 1}}}",
    "count": "{kind: x_of_y, x_label: Trained, y_label: Staff}",
    "all": "{kind: x_of_y, x_label: Trained, y_label: Staff, thresholds: {green: 100, amber: 80}}",
    "fewer": "{kind: x_of_y, x_label: Late, y_label: All, better: lower, "
    "thresholds: {green: 5, amber: 20}}",
    "percent": "{kind: percentage, thresholds: {green: 80, amber: 50}}",
    "number": "{kind: number, unit: times, thresholds: {green: 4, amber: 2}}",
    "day": "{kind: date, within_months: 24}",
    "table": "{kind: table, columns: [{id: name, label: Who, kind: text}, {id: on, "
    "label: Trained on, kind: date, within_months: 24}], "
    "repeating: {item: person, least: 1, most: 5}}",
}


def asked(name: str, more: str = "") -> Questionnaire:
    fields = ASKED[name].removesuffix("}")
    question = f'      - {fields}, id: "1.1", text: How is it?{more}}}\n'
    return read_questionnaire(HEAD + question, name="plan")


def drafted(name, value, more="", kind="group"):
    questionnaire = asked(name, more)
    replies = {} if value is None else {"1.1": Reply(value)}
    stage = Stage.CLOSED if value is None else Stage.SUBMITTED
    result = score(questionnaire, replies, kind=kind, on=TODAY, stage=stage)
    (draft,) = drafts_for(questionnaire, result, kind=kind, on=TODAY, replies=replies)
    return draft


@pytest.mark.parametrize(
    ("name", "value", "does", "knows"),
    [
        ("rating", "amber", "Make this true: Everybody looks.", "true: Everybody looks."),
        (
            "rating",
            "red",
            "Make this true first: Some look. Then this: Everybody looks.",
            "true: Everybody looks.",
        ),
        ("scale", "2", "Make this true: All.", "true: All."),
        ("scale", "0", "Make this true first: Few. Then this: All.", "true: All."),
        ("yes", "partly", "the answer to this is yes: How is it?", "the answer is yes."),
        ("no", "yes", "the answer to this is no: How is it?", "the answer is no."),
        ("guided", "no", "Somebody reads the notes each week.", "the answer is yes."),
        ("choice", "b", "Get to “Each week”: How is it?", "the answer is “Each week”."),
        ("choices", ["a"], "Put in place what is missing: Fathers; Babies.", "nothing is missing"),
        ("some", ["a"], "Put at least 1 more of these in place: Fathers; Babies.", "missing"),
        ("count", {"x": 8, "y": 12}, "from 8 to at least 12 of 12", "at least 95 in 100."),
        ("count", {"x": 80, "y": 100}, "from 80 to at least 95 of 100", "at least 95 in 100."),
        ("all", {"x": 9, "y": 12}, "from 9 to at least 12 of 12", "all of them."),
        ("fewer", {"x": 9, "y": 50}, "from 9 to at most 2 of 50", "at most 5 in 100."),
        ("percent", 60, "Bring this to at least 80 %: How is it?", "at least 80 %."),
        ("number", 2, "Bring this to at least 4 times: How is it?", "at least 4 times."),
        ("day", "2024-01-01", "no more than 24 months ago", "no more than 24 months ago"),
        (
            "table",
            [{"name": "Ana", "on": "2020-01-01"}],
            "Bring every row up to date: “Trained on” no more than 24 months ago.",
            "Every row is up to date: “Trained on” no more than 24 months ago.",
        ),
        ("rating", None, "Find out and answer this", "stands in this plan"),
    ],
)
def test_each_kind_of_question_has_a_sentence_of_its_own(name, value, does, knows):
    draft = drafted(name, value)
    assert does in draft.what
    assert knows in draft.how_known
    # Nobody's name is copied out of an answer into a plan that others read.
    assert "Ana" not in draft.what + draft.how_known


def test_the_authors_own_words_stand_first_and_in_words_for_the_kind():
    more = ", action: Plan supervision., action_for: {childminder: Find a friend to talk to.}"
    assert drafted("rating", "red", more).what == "Plan supervision."
    assert drafted("rating", "red", more, kind="childminder").what == "Find a friend to talk to."
    assert drafted("rating", None, more).what == "Plan supervision."


def test_how_far_there_is_to_go_stands_behind_the_authors_words():
    more = ", action: Train the rest."
    assert drafted("count", {"x": 8, "y": 12}, more).what == "Train the rest. Now: 8 of 12."
    assert drafted("choices", ["b"], more).what == ("Train the rest. Missing now: Neglect; Babies.")


def test_of_long_guidance_whole_sentences_are_taken_and_no_more():
    first = "Somebody reads the notes each week."
    more = f", guidance: {first} {'It is talked about. ' * 20}"
    said = drafted("yes", "no", more).what
    assert said.startswith(f"Bring in what good looks like: {first} It is talked about.")
    assert said.endswith("talked about.")
    assert len(said) < 300


def test_what_could_show_it_stands_in_how_it_will_be_known():
    draft = drafted("rating", "amber", ", evidence_hint: Notes of the last two times.")
    assert draft.how_known == (
        "Looked at again, this is true: Everybody looks. "
        "What could show it: Notes of the last two times."
    )


@given(questionnaires(most=5), st.sampled_from(["red", "amber", "green", None, "0", "yes"]))
def test_whatever_a_questionnaire_says_the_words_are_there_and_not_too_long(made, level):
    for name in made.placed:
        for value in (None, {"x": 1, "y": 3}, ["a"], "yes", []):
            facts = {"kind": "group", "level": level, "value": value}
            for said in (what_to_do(made, name, **facts), how_to_know(made, name, **facts)):
                assert said
                assert len(said) <= LONGEST


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_red_is_due_sooner_than_amber_and_always_on_a_working_day(on):
    days = [
        day_for(rating, critical=critical, on=on)
        for rating, critical in (("red", True), ("red", False), ("amber", False))
    ]
    assert on < days[0] < days[1] < days[2] < on + timedelta(days=90)
    assert all(day.weekday() < 5 for day in days)
    assert day_for("red", critical=True, on=on) < day_for("amber", critical=True, on=on)


STEPS = (
    HEAD
    + """
      - {id: "6.1", kind: yes_partly_no, text: Is it on paper?, action: Put it on paper.}
      - id: "9"
        kind: table
        text: What will you do?
        required: false
        columns:
          - {id: about, label: About, kind: text, required: false}
          - {id: what, label: What, kind: text}
          - {id: who, label: Who, kind: text}
          - {id: day, label: By when, kind: date, may_be_future: true}
        repeating: {item: step, least: 0, most: 9}
        becomes: {what: what, who: who, by_when: day, about: about}
"""
)


def steps_drafted(*rows, answer="partly"):
    questionnaire = read_questionnaire(STEPS, name="steps")
    replies = {"6.1": Reply(answer), "9": Reply(list(rows))}
    result = score(questionnaire, replies, kind="group", on=TODAY, stage=Stage.DRAFT)
    return drafts_for(questionnaire, result, kind="group", on=TODAY, replies=replies)


def row(about="", what="Buy a book", who="The manager", day="2027-01-15"):
    return {"about": about, "what": what, "who": who, "day": day}


@pytest.mark.parametrize("about", ["6.1", "Q6.1", " q 6.1.", "6.1 and 6.2"])
def test_what_somebody_wrote_as_their_step_for_an_answer_stands_in_their_words(about):
    (draft,) = steps_drafted(row(about))
    assert (draft.key, draft.what, draft.who) == (Key("6.1"), "Buy a book", "The manager")
    assert (draft.by_when, draft.rating) == (date(2027, 1, 15), "amber")


def test_a_step_about_something_else_is_an_action_of_its_own():
    answer, step = steps_drafted(row("kitchen", day="2020-01-01"))
    assert (answer.what, answer.who) == ("Put it on paper.", None)
    assert (step.key, step.what, step.rating) == (Key("9"), "Buy a book", None)
    # A day that is past is nobody's promise.
    assert step.by_when > TODAY


def test_a_step_stands_also_where_every_answer_is_green():
    (step,) = steps_drafted(row("6.1"), answer="yes")
    assert (step.key, step.what) == (Key("9"), "Buy a book")


def test_two_steps_for_one_answer_are_both_kept():
    first, second = steps_drafted(row("6.1"), row("6.1", what="Read it"))
    assert (first.key, first.what) == (Key("6.1"), "Buy a book")
    assert (second.key, second.what) == (Key("9"), "Read it")
