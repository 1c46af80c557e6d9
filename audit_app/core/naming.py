"""Under what name an organisation is shown: a childminder works at home, and a home is private."""

import re
from collections.abc import Iterable
from hashlib import sha256

from audit_app.core.organisations import SETTING_KINDS
from audit_app.core.permissions import GRANTED, HELD_AT_PARTNERSHIP, Permission, Role
from audit_app.core.summary import Returned, Summary, worst_first

PRIVATE_KINDS: frozenset[str] = frozenset({SETTING_KINDS["childminder"]})
"""Kinds whose name or address is that of somebody's home."""

NAMES_ARE_FOR: frozenset[Role] = GRANTED[Permission.READ_RETURN] & HELD_AT_PARTNERSHIP
"""Who reads the returns themselves, and so knows the names: for nobody else is a name needed."""


def may_read_names(roles: frozenset[Role]) -> bool:
    """Say whether every name may be shown; `roles` are those held at the whole partnership."""
    return bool(roles & NAMES_ARE_FOR)


def shown_to(summary: Summary, *, roles: frozenset[Role]) -> Summary:
    """Give the summary with the names that these roles may see, put in order again by them.

    For screen and paper alike, on every list of organisations that the summary holds.
    """
    if may_read_names(roles):
        return summary
    names = neutral_names((*summary.rows, *summary.not_returned))

    def named(rows: Iterable[Returned]) -> list[Returned]:
        return [
            row._replace(organisation=names.get(row.return_id, row.organisation)) for row in rows
        ]

    return summary._replace(
        rows=tuple(sorted(named(summary.rows), key=_worst_first)),
        not_returned=tuple(sorted(named(summary.not_returned), key=by_name)),
    )


def neutral_names(rows: Iterable[Returned]) -> dict[str, str]:
    """Give "Childminder 12, North locality" for each private return, by its id.

    The number says nothing about the name, the order of registration or who has returned: it
    follows from a digest of the id. It stays the same for as long as the same returns are due.
    """
    private = [row for row in rows if row.kind in PRIVATE_KINDS]
    private.sort(key=lambda row: sha256(row.return_id.encode()).digest())
    return {
        row.return_id: f"{row.kind} {number}, {_place(row.locality)}"
        for number, row in enumerate(private, 1)
    }


def by_name(row: Returned) -> list[str | int]:
    """Order names as people read them: "Childminder 2" before "Childminder 12"."""
    parts = re.split(r"(\d+)", row.organisation.lower())
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def _worst_first(row: Returned) -> tuple[int, int, list[str | int]]:
    overall, reds, _ = worst_first(row)
    return overall, reds, by_name(row)


def _place(locality: str) -> str:
    return locality if locality.lower().endswith("locality") else f"{locality} locality"
