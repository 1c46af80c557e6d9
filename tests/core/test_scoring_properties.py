"""What must be true of every rating, whatever was asked and whatever was answered."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.judging_figures import ratio_judge
from audit_app.core.levels import AUTOMATIC
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Thresholds
from audit_app.core.rag import NOT_APPLICABLE, RANK
from audit_app.core.rating_sections import CAPS
from audit_app.core.replies import Reply, Validation
from audit_app.core.results import Result, Stage, Standing
from audit_app.core.scoring import score
from tests.core.random_returns import (
    KINDS,
    ON,
    all_questions,
    can_be_scored,
    random_questionnaire,
    random_return,
    random_validations,
    with_descriptors,
)

SEEDS = st.integers(0, 10**9)
STAGES = st.sampled_from(list(Stage))
RETURNS_OF_EACH = 10


def cases(
    seed: int, stage: Stage, *, with_conditions: bool = True
) -> Iterator[tuple[Random, dict[str, Any], Questionnaire, str, dict[str, Reply], Any, Result]]:
    """Make a questionnaire and some returns of it, each with what moderators found, and score."""
    dice = Random(seed)
    data = with_descriptors(random_questionnaire(dice))
    if not with_conditions:
        take_conditions_out(data)
    questionnaire = Questionnaire.model_validate(data)
    for _ in range(RETURNS_OF_EACH):
        kind = dice.choice(KINDS)
        made = random_return(dice, data, kind)
        replies = {name: Reply(**reply) for name, reply in made.items()}
        found = random_validations(dice, data) if dice.random() < 0.5 else {}
        validations = {name: Validation(**one) for name, one in found.items()}
        result = score(
            questionnaire, replies, kind=kind, on=ON, stage=stage, validations=validations
        )
        yield dice, data, questionnaire, kind, replies, validations, result


def take_conditions_out(data: dict[str, Any]) -> None:
    def of(sections: list[dict[str, Any]]) -> None:
        for section in sections:
            section.pop("when", None)
            of(section["sections"])

    of(data["sections"])
    for question in all_questions(data["sections"]):
        question.pop("when", None)
        for column in question.get("columns", []):
            column.pop("when", None)


def ratings(result: Result) -> dict[str, str | None]:
    found = {f"question {name}": one.rag for name, one in result.questions.items()}
    found |= {f"section {name}": one.rating for name, one in result.sections.items()}
    found |= {f"area {name}": one.rating for name, one in result.areas.items()}
    return {**found, "overall": result.overall.rating}


@given(SEEDS, st.sampled_from([Stage.SUBMITTED, Stage.CLOSED]))
def test_raising_one_answer_never_lowers_a_rating(seed: int, stage: Stage) -> None:
    for dice, data, questionnaire, kind, replies, _, before in cases(
        seed, stage, with_conditions=False
    ):
        named = [
            question
            for question in all_questions(data["sections"])
            if question["id"] in replies
            and replies[question["id"]].stands
            and replies[question["id"]].not_applicable is None
            and raised(question, replies[question["id"]].value) is not None
        ]
        if not named:
            continue
        question = dice.choice(named)
        better = Reply(raised(question, replies[question["id"]].value))
        after = score(
            questionnaire, {**replies, question["id"]: better}, kind=kind, on=ON, stage=stage
        )
        own = before.self_result or before
        for name, rating in ratings(own).items():
            if rating in RANK:
                assert RANK[rating] <= RANK[str(ratings(after)[name])], name


def raised(question: dict[str, Any], value: Any) -> Any:
    """Give the next better answer to a question on which no other figure depends, or None."""
    match question["kind"]:
        case "rating" if question.get("scale") != "own":
            return {"red": "amber", "amber": "green"}.get(value)
        case "yes_partly_no" if can_be_scored(question):
            order = ["no", "partly", "yes"][:: -1 if question.get("good_answer") == "no" else 1]
            return None if value == order[-1] else order[order.index(value) + 1]
        case "percentage" if can_be_scored(question):
            return 100 if question["better"] == "higher" else 0
        case "date" if can_be_scored(question):
            return ON.isoformat()
        case "choice" if "points" in question["options"][0]:
            return question["options"][-1]["value"]
    return None


@given(SEEDS, STAGES)
def test_a_claim_of_not_applicable_never_changes_another_section(seed: int, stage: Stage) -> None:
    for dice, data, questionnaire, kind, replies, _, before in cases(
        seed, stage, with_conditions=False
    ):
        fed = {q["y_from"]["question"] for q in all_questions(data["sections"]) if "y_from" in q}
        free = [name for name in questionnaire.placed if name not in fed]
        if not free:
            continue
        name = dice.choice(free)
        claimed = {**replies, name: Reply(not_applicable="There is none.")}
        after = score(questionnaire, claimed, kind=kind, on=ON, stage=stage)
        own = before.self_result or before
        around = {section.id for section in questionnaire.placed[name].path}
        for section_id, section in own.sections.items():
            if section_id not in around:
                assert after.sections[section_id] == section
        others = {key: one for key, one in own.questions.items() if key != name}
        assert others == {key: one for key, one in after.questions.items() if key != name}


@given(SEEDS, STAGES)
def test_the_order_of_answers_never_matters(seed: int, stage: Stage) -> None:
    for dice, _, questionnaire, kind, replies, validations, before in cases(seed, stage):
        names, checked = list(replies), list(validations)
        dice.shuffle(names)
        dice.shuffle(checked)
        after = score(
            questionnaire,
            {name: replies[name] for name in names},
            kind=kind,
            on=ON,
            stage=stage,
            validations={name: validations[name] for name in checked},
        )
        assert after == before


@given(SEEDS)
def test_a_draft_never_has_a_band_a_cap_or_a_colour(seed: int) -> None:
    for *_, result in cases(seed, Stage.DRAFT):
        for section in (*result.sections.values(), result.overall):
            assert (section.band, section.caps) == (None, ())
            assert section.rating in (None, NOT_APPLICABLE)
        assert {area.rating for area in result.areas.values()} <= {None, NOT_APPLICABLE}


@given(SEEDS, STAGES)
def test_what_is_not_answered_is_never_green(seed: int, stage: Stage) -> None:
    for _, _, questionnaire, kind, _, _, result in cases(seed, stage):
        for one in result.questions.values():
            if one.standing is not Standing.ANSWERED:
                assert one.rag != "green"
        for section in (*result.sections.values(), result.overall):
            if section.rating == "green":
                assert sum(section.counts)
        for area in questionnaire.priority_areas:
            found = result.areas.get(area.id)
            if found is not None and found.rating == "green":
                standings = [
                    result.questions[n].standing for n in area.questions if n in result.questions
                ]
                assert Standing.UNANSWERED not in standings
        blank = score(questionnaire, {}, kind=kind, on=ON, stage=stage)
        assert "green" not in ratings(blank).values()


@given(SEEDS, STAGES)
def test_caps_only_lower_and_only_those_that_are_named(seed: int, stage: Stage) -> None:
    for *_, result in cases(seed, stage):
        for section in (*result.sections.values(), result.overall):
            if section.band is None or section.rating is None:
                continue
            ceilings = [RANK[section.band], *(RANK[CAPS[cap]] for cap, _ in section.caps)]
            assert RANK[section.rating] == min(ceilings)


@given(SEEDS, STAGES)
def test_a_printed_score_lies_on_the_same_side_of_every_line_as_its_band(
    seed: int, stage: Stage
) -> None:
    for _, _, questionnaire, _, _, _, result in cases(seed, stage):
        bands = questionnaire.scoring.bands
        for section in (*result.sections.values(), result.overall):
            if section.score is None or section.band is None:
                continue
            green, amber = (
                Fraction(section.score) >= Fraction(b) for b in (bands.green, bands.amber)
            )
            assert section.band == ("green" if green else "amber" if amber else "red")


@given(SEEDS, STAGES)
def test_the_whole_counts_every_question_of_its_sections_once(seed: int, stage: Stage) -> None:
    for _, _, questionnaire, _, _, _, result in cases(seed, stage):
        tops = [result.sections[s.id] for s in questionnaire.sections if s.id in result.sections]
        assert result.overall.points == sum(top.points for top in tops)
        assert result.overall.of == sum(top.of for top in tops)
        assert result.overall.applicable == sum(top.applicable for top in tops)
        for section in (*result.sections.values(), result.overall):
            assert 0 <= section.answered <= section.applicable
            assert sum(section.counts) <= section.applicable


DECIMALS = st.decimals(0, 100, places=2)


@given(st.integers(0, 5000), st.integers(0, 5000), DECIMALS, DECIMALS)
def test_so_many_of_so_many_is_exact_for_every_threshold(
    x: int, y: int, one: Any, other: Any
) -> None:
    green, amber = max(one, other), min(one, other)
    higher = ratio_judge(Thresholds(green=green, amber=amber), "higher")(x, y)
    lower = ratio_judge(Thresholds(green=amber, amber=green), "lower")(x, y)
    if y and x > y:
        assert higher is lower is None
    elif not y:
        assert higher is lower is (AUTOMATIC if x == 0 else None)
    else:
        assert higher is not None
        assert lower is not None
        share, g, a = Fraction(100 * x, y), Fraction(green), Fraction(amber)
        assert higher.rag == ("green" if share >= g else "amber" if share >= a else "red")
        assert lower.rag == ("green" if share <= a else "amber" if share <= g else "red")
