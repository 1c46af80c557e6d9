"""Under which number a question is shown to people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.question_numbers import is_a_number, numbers_of


@pytest.mark.parametrize("written", ["1.1", "10.12", "3.4a", "G2", "K", "A1.2", "7"])
def test_what_people_write_as_a_number_is_one(written: str):
    assert is_a_number(written)


@pytest.mark.parametrize(
    "written", ["case-ae.rec-4.rating", "records", "sign-off", "1.1.ii", "E-POL", "1..2", ""]
)
def test_what_only_machines_write_is_none(written: str):
    assert not is_a_number(written)


def test_a_code_is_shown_by_its_place_in_its_section_and_a_number_as_it_is():
    placed = [("G1", "about"), ("a.status", "a"), ("a.rating", "a"), ("b.status", "b")]
    assert numbers_of(placed) == {"G1": "G1", "a.status": "1", "a.rating": "2", "b.status": "1"}


@given(st.lists(st.tuples(st.text(max_size=12), st.sampled_from("ab")), unique_by=lambda p: p[0]))
def test_every_number_is_one_as_people_write_it(placed: list[tuple[str, str]]):
    numbers = numbers_of(placed)
    assert list(numbers) == [name for name, _ in placed]
    assert all(is_a_number(one) for one in numbers.values())
