"""Reviews, their words and owners, and law, read together and refused together."""

import re
from functools import cache
from pathlib import Path

import pytest

from audit_app.core.law import Law
from audit_app.core.marked import read_yaml
from audit_app.core.problems import CannotBeRead
from audit_app.core.reviews import Review
from audit_app.core.sources import Sources, read_sources
from audit_app.core.validating import validated

FOLDER = Path(__file__).parents[2] / "questionnaires" / "sources"


@cache
def texts() -> dict[str, str]:
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
        for path in FOLDER.rglob("*.yaml")
    }


@cache
def sources() -> Sources:
    return read_sources(texts())


def changed(file: str, old: str, new: str) -> dict[str, str]:
    assert texts()[file].count(old) >= 1
    return {**texts(), file: texts()[file].replace(old, new, 1)}


def problems_of(files: dict[str, str]) -> list[str]:
    with pytest.raises(CannotBeRead) as refused:
        read_sources(files)
    return [str(problem) for problem in refused.value.problems]


def test_every_sub_theme_sector_and_owner_in_the_lists_is_used() -> None:
    facts = sources().facts.values()
    vocabulary = sources().vocabulary
    assert {word for fact in facts for word in fact.sub_themes} == set(vocabulary.sub_themes)
    assert {word for fact in facts for word in fact.sectors} == set(vocabulary.sectors)
    assert {owner for fact in facts for owner in fact.owners} == set(sources().owners.owners)


def test_every_theme_is_explained_by_its_challenge() -> None:
    for theme, words in sources().vocabulary.themes.items():
        fact = sources().facts[words.challenge]
        assert fact.themes == (theme,)
        assert fact.text.startswith(f"{words.label}:")


def test_owners_are_given_by_name() -> None:
    fact = sources().facts["case-ae.rec-7"]
    assert sources().owner_names(fact) == (
        "Norfolk Community Health and Care NHS Trust",
        "Norfolk and Suffolk NHS Foundation Trust",
    )


def test_a_word_outside_the_vocabulary_is_refused_at_its_line() -> None:
    files = changed("reviews/case-ai.yaml", "sub_themes: [attachment]", "sub_themes: [bonding]")
    line = files["reviews/case-ai.yaml"].split("[bonding]")[0].count("\n") + 1
    assert problems_of(files) == [
        f"reviews/case-ai.yaml:{line}:18: `bonding` is not in themes.yaml"
    ]


def test_an_unknown_owner_is_refused() -> None:
    files = changed("reviews/case-ai.yaml", "owners: [ambulance]", "owners: [helicopters]")
    assert problems_of(files)[0].endswith("`helicopters` is not in owners.yaml")


def test_a_fifth_theme_is_refused() -> None:
    files = changed("reviews/case-s.yaml", "themes: [leadership]", "themes: [luck]")
    (problem,) = problems_of(files)
    assert "`luck` is not allowed for `themes`" in problem


def test_an_id_used_twice_is_refused_where_it_is_used_again() -> None:
    files = changed("reviews/case-ai.yaml", "- id: case-ai.rec-2", "- id: case-ai.rec-1")
    assert any("`case-ai.rec-1` is used twice" in problem for problem in problems_of(files))


def test_an_id_of_another_review_is_refused() -> None:
    files = changed("reviews/case-ai.yaml", "- id: case-ai.act-6", "- id: case-ae.act-66")
    assert problems_of(files)[0].endswith("`case-ae.act-66` must begin with `case-ai.`")


def test_an_answer_to_a_fact_that_does_not_exist_is_refused() -> None:
    files = changed("reviews/case-ai.yaml", "answers: [case-ai.rec-3]", "answers: [case-ai.rec-9]")
    assert problems_of(files)[0].endswith("this review has no fact `case-ai.rec-9`")


def test_a_fact_without_text_is_refused() -> None:
    files = changed(
        "reviews/case-ai.yaml",
        "text: A child protection conference placed the child on a protection plan for neglect.",
        'text: ""',
    )
    assert problems_of(files)[0].endswith("`text` is empty")


def test_problems_of_several_files_come_together() -> None:
    files = changed("reviews/case-ai.yaml", "[attachment]", "[bonding]")
    files["reviews/case-l.yaml"] = files["reviews/case-l.yaml"].replace(
        "[dissemination]", "[spreading]", 1
    )
    assert len(problems_of(files)) == 2


def test_a_missing_file_is_named() -> None:
    files = {name: text for name, text in texts().items() if name != "owners.yaml"}
    assert problems_of(files) == ["owners.yaml:1:1: the file is missing"]


def test_a_fact_without_a_theme_is_refused() -> None:
    files = changed("reviews/case-s.yaml", "themes: [leadership]", "themes: []")
    assert problems_of(files)[0].endswith("give at least one")


def test_both_examples_of_the_manual_can_be_read() -> None:
    manual = (FOLDER / "README.md").read_text("utf-8")
    review, law = re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL)
    assert validated(read_yaml(review, name="review"), Review).recommendations
    assert validated(read_yaml(law, name="law"), Law).references
