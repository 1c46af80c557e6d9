"""What must be said before answers are entered for somebody else."""

from audit_app.core.on_behalf import (
    CHANNEL_WORDS,
    LONGEST_NAME,
    OnBehalf,
    entered_heads,
    entered_mark,
    entered_words,
    on_behalf_words,
    wrong_on_behalf,
)
from audit_app.storage.models.answer import CHANNELS


def test_every_way_can_be_kept_with_an_answer():
    assert set(CHANNEL_WORDS) <= set(CHANNELS)


def test_it_is_said_for_whom_and_by_which_way():
    assert OnBehalf("Ada Moss", "telephone").words == "on behalf of Ada Moss, by telephone"
    assert on_behalf_words("Ada Moss", None) == "on behalf of Ada Moss"


def test_a_name_and_a_known_way_are_needed():
    assert wrong_on_behalf("Ada Moss", "paper") == {}
    assert set(wrong_on_behalf(" ", "pigeon")) == {"name", "channel"}
    assert set(wrong_on_behalf("x" * (LONGEST_NAME + 1), "paper")) == {"name"}


def test_what_is_marked_beside_each_answer_is_said_once_at_the_head():
    told = entered_words("Kezia Moss", "Ada Moss", "telephone")
    other = entered_words(None, "Ada Moss", "paper")
    assert entered_mark("telephone") == "Entered by telephone"
    assert entered_mark(None) == "Entered for you"
    assert entered_heads([told] * 3, of=3) == [
        "All 3 answers were entered by Kezia Moss on behalf of Ada Moss, by telephone"
    ]
    assert entered_heads([other, told, told], of=9) == [
        "2 of 9 answers were entered by Kezia Moss on behalf of Ada Moss, by telephone",
        "1 of 9 answers was entered on behalf of Ada Moss, on paper",
    ]
    assert entered_heads([], of=9) == []
