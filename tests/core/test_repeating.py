"""Sections written once and repeated for each fact that the board must be sure of."""

import pytest

from audit_app.core.owning import as_put_to, is_asked_anything
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import check_questionnaire, content_hash, read_questionnaire
from audit_app.core.sources import Sources
from audit_app.core.writing import write_questionnaire
from tests.core.shipped import sources

PATTERN = """\
format: 1
name: small-assurance
version: "2026"
title: Small assurance
reference: SMA
purpose: One question for each recommendation.
asked_of: [nhs, police, group]
sections:
  - id: about
    title: About you
    questions:
      - {id: A, kind: text, text: Who are you?}
  - id: "{id}"
    repeat: to_be_assured
    title: "{name}: {title}"
    owners: ["{owners}"]
    owner_kinds: ["{owner_kinds}"]
    questions:
      - id: "{id}.rating"
        kind: rating
        text: "{name}: where does it stand?"
        descriptors: {red: "{red}", amber: "{amber}", green: "{green}"}
        derives_from: ["{id}", "{responses}"]
"""


def read(text: str = PATTERN, by: Sources | None = None) -> Questionnaire:
    return read_questionnaire(text, name="f.yaml", sources=by or sources())


def told(text: str, by: Sources | None = None) -> list[str]:
    return [str(one) for one in check_questionnaire(text, name="f.yaml", sources=by)[1]]


def reworded(fact_id: str, **words: str) -> Sources:
    """Give the sources with one recommendation's words changed."""
    reviews = []
    for review in sources().reviews:
        facts = tuple(
            fact.model_copy(update={"assured": fact.assured.model_copy(update=words)})
            if fact.id == fact_id and fact.assured is not None
            else fact
            for fact in review.recommendations
        )
        reviews.append(review.model_copy(update={"recommendations": facts}))
    fields = {name: getattr(sources(), name) for name in Sources.model_fields}
    return Sources.model_construct(**{**fields, "reviews": tuple(reviews)})


def test_a_section_is_repeated_for_every_recommendation_and_finding_to_be_assured():
    found = read()
    assert len(found.sections) == 1 + 43
    block = found.all_sections["newsletter.two.rec-2"]
    assert block.title.startswith("Newsletter, Child Two, recommendation 2: ")
    assert block.owners == ["police"]
    assert "nhs" in block.owner_kinds
    assert block.repeat is None


def test_a_finding_is_put_to_those_whom_its_responses_name():
    assert read().all_sections["case-l.finding-1"].owners == ["partnership", "county-council"]


@pytest.mark.parametrize(("over", "number"), [("recommendations", 35), ("findings", 33)])
def test_recommendations_or_findings_alone_can_be_repeated(over: str, number: int):
    text = PATTERN.replace("to_be_assured", over)
    if over == "findings":
        # Most findings have nobody who said how they would be assured, and that is told.
        assert any("has no `assured`" in one for one in told(text, sources()))
    else:
        assert len(read(text).sections) == 1 + number


def test_the_whole_is_what_is_pinned_and_reads_as_the_same_questionnaire():
    found = read()
    whole = write_questionnaire(found)
    assert found.content_hash == content_hash(whole)
    assert read_questionnaire(whole, name="whole") == found


def test_a_later_change_of_a_review_gives_another_content_and_leaves_the_pinned_one():
    before = read()
    after = read(by=reworded("case-ai.rec-1", red="It was forgotten."))
    assert after.content_hash != before.content_hash
    again = read_questionnaire(write_questionnaire(before), name="whole")
    assert again.content_hash == before.content_hash


def test_what_the_reviews_say_is_text_and_is_never_filled_in_again():
    odd = '{name}: "quoted" <b>bold</b> # no note'
    found = read(by=reworded("case-ai.rec-1", red=odd))
    question = found.question("case-ai.rec-1.rating")
    assert question.descriptors["red"] == odd  # type: ignore[union-attr]
    assert read_questionnaire(write_questionnaire(found), name="whole") == found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to_be_assured", "everything", "f.yaml:14:5: a section is repeated for"),
        ("{title}", "{titel}", "f.yaml:15:5: `{titel}` means nothing here"),
        ("{title}", "{}", "f.yaml:15:5"),
        ("{red}", "{owners}", "`{owners}` is a list"),
        ("kind: rating", "kind: rateing", "f.yaml:20:9: `rateing`"),
        ('id: "{id}.rating"', "id: same", "`same` is used"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_told_at_its_line(old: str, new: str, said: str):
    problems = told(PATTERN.replace(old, new, 1), sources())
    assert any(said in one for one in problems), problems


def test_a_pattern_cannot_be_read_where_the_reviews_are_not():
    assert told(PATTERN) == [
        "f.yaml:14:5: this repeats facts of the reviews, which are not at hand here"
    ]


def test_a_pattern_may_not_stand_within_a_pattern():
    inner = "    sections:\n      - {id: x, repeat: findings, title: X}\n"
    assert any("cannot have another" in one for one in told(PATTERN + inner, sources()))


def test_a_pattern_may_stand_within_a_section():
    head, _, block = PATTERN.partition('  - id: "{id}"\n')
    deeper = "".join(f"    {line}\n" for line in ('  - id: "{id}"\n' + block).splitlines())
    found = read(head + "  - id: all\n    title: All of them\n    sections:\n" + deeper)
    assert len(found.all_sections) == 2 + 43


def test_an_organisation_gets_what_its_owners_and_its_kind_are_asked_and_no_more():
    whole = read()
    police = as_put_to(whole, "police", ["police"])
    assert "newsletter.one.rec-6" in police.all_sections
    assert "case-ae.rec-1" not in police.all_sections
    assert police.content_hash == whole.content_hash
    assert len(whole.placed) == 1 + 43
    assert as_put_to(whole, "police", ["police"]) is police


def test_without_anybody_meant_all_of_it_is_read():
    whole = read()
    assert as_put_to(whole, "police", None) is whole


def test_who_answers_for_nobody_it_names_is_asked_nothing():
    whole = read(PATTERN.replace('    owner_kinds: ["{owner_kinds}"]\n', ""))
    assert not is_asked_anything(whole, "group", ())
    assert is_asked_anything(whole, "group", ["health"])


def test_an_id_in_words_is_no_number_to_show():
    found = read(PATTERN.replace("id: about", 'id: "1"'))
    assert found.all_sections["1"].number == "1"
    assert found.all_sections["case-ai.rec-1"].number == ""
