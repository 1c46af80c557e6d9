"""What a tool may do without (caps), what must add up (marks), and figures from tables."""

from datetime import date
from pathlib import Path

from audit_app.core.actions import descriptors
from audit_app.core.plain_words import reading_age
from audit_app.core.questions import Rating
from audit_app.core.reading import check_questionnaire, read_questionnaire
from audit_app.core.replies import Reply
from audit_app.core.results import Result, Stage, Standing
from audit_app.core.scoring import score

FILE = Path(__file__).parents[1] / "questionnaires" / "no_caps_and_marks_that_add_up.yaml"
TEXT = FILE.read_text()


def scored(text: str = TEXT, *, forms: int = 3) -> Result:
    return score(
        read_questionnaire(text, name="in a test"),
        {
            "1.1": Reply("yes"),
            "1.2": Reply("no"),
            "1.3": Reply({"year": {"three_or_more": forms, "looked_at": min(forms, 2)}}),
        },
        kind="group",
        on=date(2026, 11, 20),
        stage=Stage.SUBMITTED,
    )


def test_a_tool_without_caps_goes_by_its_points_alone():
    section = scored().sections["1"]

    assert (section.score, section.rating, section.caps) == ("85.0", "green", ())
    assert scored().overall.rating == "green"


def test_a_cap_is_on_unless_the_author_says_no():
    section = scored(TEXT.replace("critical_red: false", "critical_red: true")).sections["1"]

    assert (section.band, section.rating) == ("green", "red")


def test_marks_that_do_not_add_up_are_refused_at_their_line():
    problems = check_questionnaire(TEXT.replace("weight: 85", "weight: 80"), name="f.yaml")[1]

    wrong = [str(problem) for problem in problems if not problem.is_warning]
    assert wrong == [
        "f.yaml:18:5: section `1` has 100 marks, and its questions' weights add up to 95"
    ]


def test_an_indicator_takes_its_figures_from_cells_and_columns_of_a_table():
    found = scored().indicators["looked-at"]

    assert (found.x, found.y, found.share) == (2, 3, "66.6")


def test_a_condition_looks_into_a_table():
    assert scored(forms=3).questions["1.4"].standing is Standing.UNANSWERED
    assert scored(forms=0).questions["1.4"].standing is Standing.HIDDEN


def test_a_figure_that_the_table_has_not_is_refused():
    problems = check_questionnaire(TEXT.replace("part: year.looked_at", "part: month"), name="f")[1]

    assert any("`1.3` has no figure `month`" in str(problem) for problem in problems)


def test_plain_words_read_young_and_official_words_old():
    plain = "Write down what you saw. Say who you told. Do it the same day."
    official = (
        "Notwithstanding organisational interdependencies, practitioners' accountability "
        "necessitates comprehensive contemporaneous documentation."
    )

    assert reading_age(plain) < 10
    assert reading_age(official) > 18


def test_a_question_in_official_words_is_warned_of():
    official = (
        "Notwithstanding organisational interdependencies, accountability necessitates it " * 6
    )
    text = TEXT.replace("text: What did you do?", f'text: "{official.strip()}?"')

    warned = [str(one) for one in check_questionnaire(text, name="f")[1] if one.is_warning]

    assert any("`1.4` reads as for somebody aged" in one for one in warned)


def test_cumulative_descriptors_say_what_they_come_on_top_of():
    text = FILE.with_name("five_equal_questions.yaml").read_text()
    questionnaire = read_questionnaire(
        text.replace("questions:", f"questions:\n      - {RATING}", 1), name="in a test"
    )
    question = questionnaire.question("r")
    assert isinstance(question, Rating)

    said = descriptors(question, questionnaire, kind="group")

    assert said["red"] == "Nobody looks."
    assert said["amber"] == "Somebody looks."
    assert said["green"] == "In addition to Amber: It is checked."


RATING = (
    "{id: r, kind: rating, text: Who looks?, cumulative: true, descriptors: "
    "{red: Nobody looks., amber: Somebody looks., green: It is checked.}}"
)


def test_a_pattern_that_could_take_for_ever_is_refused():
    text = TEXT.replace("required: false, when", "required: false, pattern: '(a+)+$', when")

    assert any("take for ever" in str(one) for one in check_questionnaire(text, name="f")[1])


def test_a_question_for_a_childs_initials_is_refused():
    text = TEXT.replace("What did you do?", "Which child do you mean? Give initials and DOB")

    assert any("never held" in str(one) for one in check_questionnaire(text, name="f")[1])
