"""What changed between two versions of a questionnaire, whichever versions they are."""

from pathlib import Path

from audit_app.core.differences import Differences, differences
from audit_app.core.reading import read_questionnaire
from tests.core.shipped import FILES, shipped

NOW = (Path(__file__).parents[1] / "questionnaires" / "last_year_and_this_year.yaml").read_text()


def between(old: str, new: str) -> Differences:
    return differences(read_questionnaire(old, name="then"), read_questionnaire(new, name="now"))


def test_every_shipped_questionnaire_is_the_same_as_itself() -> None:
    for key in FILES:
        found = differences(shipped(key), shipped(key))
        assert (found.added, found.removed, found.changed) == ((), (), ()), key
        assert set(found.like_for_like) == set(shipped(key).placed)


def test_the_earlier_id_of_a_question_may_be_copied_on_into_the_year_after() -> None:
    found = between(NOW, NOW.replace('"2027"', '"2028"'))
    assert (found.added, found.removed) == ((), ())
    assert found.like_for_like["1.2"] == "1.2"


def test_an_earlier_id_that_was_copied_on_is_not_taken_for_a_newer_question_of_that_id() -> None:
    used_again = NOW.replace('id: "1.7"', 'id: "1.9"')
    found = between(used_again, used_again.replace('"2027"', '"2028"'))
    assert (found.like_for_like["1.2"], found.like_for_like["1.9"]) == ("1.2", "1.9")


def test_an_id_changed_once_more_names_the_one_before() -> None:
    again = NOW.replace(
        'id: "1.2"\n        same_meaning_as: "1.9"', 'id: "1.8"\n        same_meaning_as: "1.2"'
    )
    assert between(NOW, again).like_for_like["1.8"] == "1.2"


def test_an_id_that_the_earlier_version_does_not_have_makes_the_question_new() -> None:
    typed_wrong = NOW.replace('id: "1.3"\n', 'id: "1.3"\n        same_meaning_as: "9.9"\n')
    found = between(NOW, typed_wrong)
    assert (found.added, found.removed) == (("1.3",), ("1.3",))


def test_a_section_with_another_title_or_number_moves_no_question() -> None:
    retitled = NOW.replace("title: Record keeping", "title: Records")
    renumbered = NOW.replace('  - id: "1"\n', '  - id: "A"\n')
    assert between(NOW, retitled).changed == between(NOW, renumbered).changed == ()


def test_a_question_in_another_section_has_moved() -> None:
    apart = NOW.replace(
        '      - id: "1.7"\n',
        '  - id: "2"\n    title: What changed\n    questions:\n      - id: "1.7"\n',
    )
    (change,) = between(NOW, apart).changed
    assert (change.new_id, change.moved_from) == ("1.7", "Record keeping")
