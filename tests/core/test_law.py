"""What may be called law, for whom, and never before it was checked."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pydantic import ValidationError

from audit_app.core.law import Law, Reference, words_for_authors, words_for_respondents
from audit_app.core.marked import read_yaml
from audit_app.core.organisations import AGENCY_KINDS, KINDS, SETTING_KINDS
from audit_app.core.problems import CannotBeRead
from audit_app.core.sources import read_sources
from audit_app.core.validating import validated

FOLDER = Path(__file__).parents[2] / "questionnaires" / "sources"

NAMED_BY_QUESTIONS = {
    *("CA40", "E-POL", "E-CON", "E-DSL", "E-REF", "E-SUI", "E-WB", "E-ABS", "E-CTC", "E-PFA"),
    *("E-EAT", "E-PRV", "E-SUP", "E-REC", "E-INJ", "E-DEV", "E-SLP", "K-150", "K-74", "K-C"),
    *("K-P2", "S11", "S11-4", "WT4", "WT3", "WT2", "WT1", "WT5", "16LA", "16E", "MACPT", "DUAA"),
    *("MCA", "FFP", "N-31", "N-313", "N-RPD", "N-CON", "N-CFL", "SI789", "OF26", "LOCAL"),
}


@cache
def law() -> Law:
    file = FOLDER / "law.yaml"
    return validated(read_yaml(file.read_text("utf-8"), name="law.yaml"), Law)


def the(reference_id: str) -> Reference:
    reference = law().reference(reference_id)
    assert reference is not None
    return reference


def made(**values: object) -> Reference:
    plain: dict[str, object] = {
        "id": "X-1",
        "kind": "statutory_guidance",
        "short_title": "A guide",
        "title": "A guide to something",
        "edition": "2026",
        "in_force_from": "2026-01-01",
        "status": "verified",
        "checked": "Read.",
        "text": "Do this.",
        "applies": [{"kinds": ["group"], "paragraph": "1.2", "paragraph_status": "verified"}],
    }
    return Reference.model_validate(plain | values)


def test_every_reference_that_a_question_names_is_there_once() -> None:
    ids = [reference.id for reference in law().references]
    assert len(ids) == len(set(ids)) == 42
    assert set(ids) == NAMED_BY_QUESTIONS


def test_a_reference_used_twice_is_refused_at_its_line() -> None:
    texts = {
        path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
        for path in FOLDER.rglob("*.yaml")
    }
    texts["law.yaml"] = texts["law.yaml"].replace("- id: E-CON", "- id: E-POL")
    with pytest.raises(CannotBeRead, match=r"law\.yaml:\d+:\d+: `E-POL` is used twice"):
        read_sources(texts)


def test_nothing_to_be_checked_is_ever_shown_to_a_respondent() -> None:
    unchecked = [found for found in law().references if found.status == "to_be_checked"]
    assert unchecked
    assert all(words_for_respondents(found, kind) is None for found in unchecked for kind in KINDS)


def test_no_paragraph_to_be_checked_is_ever_shown_to_a_respondent() -> None:
    for reference in law().references:
        for application in reference.applies:
            if application.paragraph_status == "to_be_checked":
                for kind in application.kinds:
                    said = words_for_respondents(reference, kind) or ""
                    assert f", {application.paragraph}" not in said


def test_authors_see_what_is_unchecked_and_that_it_is() -> None:
    said = words_for_authors(the("K-150"), "school_nursery")
    assert "paragraph 150 (to be checked)" in said
    assert "To be checked before it is shown as law." in said


def test_what_is_verified_in_general_but_not_for_a_kind_is_kept_from_that_kind() -> None:
    assert words_for_respondents(the("E-WB"), "group") is not None
    assert words_for_respondents(the("E-WB"), "childminder") is None


def test_the_two_early_years_frameworks_are_cited_separately() -> None:
    early_years = [found for found in law().references if found.id.startswith("E-")]
    assert len(early_years) == 16
    for reference in early_years:
        group, childminder = reference.application("group"), reference.application("childminder")
        assert group is not None
        assert childminder is not None
        assert group is not childminder
        assert "group and school-based" in (group.document or "")
        assert "for childminders" in (childminder.document or "")


def test_a_childminder_is_not_told_to_write_a_policy() -> None:
    said = words_for_respondents(the("E-POL"), "childminder")
    assert said is not None
    assert "Nothing need be in writing" in said


def test_each_section_11_body_is_given_its_own_letter_of_the_list() -> None:
    for kind in AGENCY_KINDS.keys() - {"voluntary", "other"}:
        assert "section 11(1)(" in (words_for_respondents(the("S11"), kind) or "")


def test_section_11_is_good_practice_for_a_voluntary_body_and_silent_for_a_setting() -> None:
    said = words_for_respondents(the("S11"), "voluntary")
    assert said is not None
    assert said.startswith("Good practice for you.")
    assert all(words_for_respondents(the("S11"), kind) is None for kind in SETTING_KINDS)


def test_what_is_local_says_that_it_is_not_law() -> None:
    local = [found for found in law().references if found.local]
    assert {found.id for found in local} == {"N-31", "N-313", "N-RPD", "N-CON", "N-CFL", "LOCAL"}
    for reference in local:
        said = words_for_respondents(reference, "group")
        assert said is None or "not law" in said


def test_what_inspectors_look_at_is_not_called_law() -> None:
    said = words_for_respondents(the("OF26"), "group")
    assert said is not None
    assert said.startswith("What inspectors look at.")


def test_a_duty_whose_commencement_is_unknown_is_not_law_yet() -> None:
    for reference_id in ("16LA", "16E", "MACPT"):
        assert the(reference_id).in_force_from is None
        assert words_for_respondents(the(reference_id), "local_authority") is None


def test_an_edition_is_law_until_the_day_it_is_replaced() -> None:
    old = made(superseded_by="2027 edition", superseded_on="2027-01-01")
    assert words_for_respondents(old, "group", on=date(2026, 12, 31)) is not None
    assert words_for_respondents(old, "group", on=date(2027, 1, 1)) is None
    assert words_for_respondents(old, "group") is None
    assert "Replaced by 2027 edition." in words_for_authors(old, "group")


def test_respondents_get_place_edition_paragraph_and_words() -> None:
    assert words_for_respondents(made(), "group") == "A guide (2026), 1.2: Do this."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"local": True}, "only for them"),
        ({"kind": "local_procedure"}, "only for them"),
        ({"in_force_from": None}, "in_force_note"),
        ({"superseded_on": "2027-01-01"}, "needs `superseded_by`"),
        ({"applies": [{"kinds": ["group"]}, {"kinds": ["group"]}]}, "named twice"),
        ({"applies": [{"kinds": ["group"], "paragraph": "1"}]}, "go together"),
        ({"applies": [{"kinds": ["nursery"]}]}, "kinds"),
        ({"status": "probably"}, "status"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_reference_that_contradicts_itself_is_refused(
    values: dict[str, object], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        made(**values)
