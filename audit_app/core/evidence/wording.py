"""What is said of evidence beside its title: its date, where it is, and what is wrong with it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from audit_app.core.evidence.pieces import Piece
from audit_app.core.wording_replies import long_date

UNDATED = "no date given"


def date_words(piece: Piece, on: date) -> str:
    """Say "dated 3 March 2026, expired on 1 June 2026", or that no date is given."""
    said = f"dated {long_date(piece.dated)}" if piece.dated else UNDATED
    if piece.expires_on is None:
        return said
    verb = "expired on" if piece.has_expired(on) else "valid until"
    return f"{said}, {verb} {long_date(piece.expires_on)}"


def piece_words(piece: Piece, on: date) -> str:
    """Say a piece in one line: its title, where it is if it was only cited, and its dates."""
    where = f" ({piece.where})" if piece.where else ""
    return f"{piece.title}{where}, {date_words(piece, on)}"


def pieces_data(pieces: Iterable[Piece], on: date) -> list[dict[str, Any]]:
    """Give pieces as they are kept with a submitted return: plain data that never changes."""
    return [
        {
            "id": piece.id,
            "title": piece.title,
            "dated": piece.dated.isoformat() if piece.dated else None,
            "expires_on": piece.expires_on.isoformat() if piece.expires_on else None,
            "expired": piece.has_expired(on),
            "where": piece.where,
        }
        for piece in pieces
    ]
