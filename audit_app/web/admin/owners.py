"""The owners that reviews name, in words."""

from collections.abc import Iterable

from audit_app.services.reading_sources import owner_name
from audit_app.web.admin.questionnaires import read_sources


def owner_words(owners: Iterable[str] | None) -> str | None:
    """Say owners in words; one that the sources no longer know stands there by its id."""
    known = read_sources()
    return "; ".join(owner_name(known, one) for one in owners or ()) or None
