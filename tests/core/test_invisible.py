"""Words that are there, words that only seem to be: what nobody sees is no comment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.invisible import INVISIBLE, visible

UNSEEN = st.sampled_from(
    "\u200b\u200c\u200d\u2060\ufeff\u202e\u2066\u3164\u115f\uffa0\u2800\u00ad "
)
SEEN = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1).filter(
    lambda text: not any(unseen in text for unseen in "\u3164\u115f\u1160\uffa0\u2800")
)


@given(st.text(UNSEEN))
def test_what_nobody_sees_is_nothing(text: str):
    assert visible(text) == ""


@given(st.text(UNSEEN), SEEN, st.text(UNSEEN))
def test_what_is_seen_stays_and_its_direction_is_its_own(before: str, words: str, after: str):
    kept = visible(before + words + after)
    assert words in kept
    assert not INVISIBLE.search(kept)


@given(st.text())
def test_taking_out_twice_takes_out_no_more(text: str):
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    "text",
    ["Two were late.\n\nOne was not.", "👩‍👧 came", "Zoë", "نام", "می‌خواهم", "  indented", "1\t2"],
)
def test_what_people_write_stays_as_it_is(text: str):
    assert visible(text) == text
