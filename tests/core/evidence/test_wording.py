"""What is said of evidence beside its title."""

from datetime import date

import pytest

from audit_app.core.evidence.pieces import Piece
from audit_app.core.evidence.wording import date_words, piece_words, pieces_data

ON = date(2026, 11, 20)
WRITTEN = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("dated", "expires", "words"),
    [
        (WRITTEN, None, "dated 3 March 2026"),
        (None, None, "no date given"),
        (WRITTEN, ON, "dated 3 March 2026, valid until 20 November 2026"),
        (None, date(2026, 11, 19), "no date given, expired on 19 November 2026"),
    ],
)
def test_dates_are_said_and_what_is_missing_or_over_is_said_too(
    dated: date | None, expires: date | None, words: str
):
    assert date_words(Piece("Policy", dated, expires), ON) == words


def test_a_cited_place_is_said_with_its_title():
    piece = Piece("Policy", WRITTEN, where="Blue folder, office")
    assert piece_words(piece, ON) == "Policy (Blue folder, office), dated 3 March 2026"


def test_a_submitted_return_keeps_plain_data():
    piece = Piece("Policy", WRITTEN, date(2026, 6, 1), id="7")
    assert pieces_data([piece], ON) == [
        {
            "id": "7",
            "title": "Policy",
            "dated": "2026-03-03",
            "expires_on": "2026-06-01",
            "expired": True,
            "where": None,
        }
    ]
