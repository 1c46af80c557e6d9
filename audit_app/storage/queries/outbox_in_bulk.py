"""Writing very many messages at once, each of them once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from audit_app.storage.inserting import insert_into
from audit_app.storage.models import OutgoingMessage

AT_ONCE = 500
"""How many rows one statement is given."""


def put_messages(session: Session, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Write messages with the change they tell of, and give the keys of those that are new.

    Each row has every column that is known, its `dedup_key` among them; a message whose key was
    written before, by whomever, is left as it is.
    """
    session.flush()
    statement = (
        insert_into(session, OutgoingMessage)
        .on_conflict_do_nothing(index_elements=["dedup_key"])
        .returning(OutgoingMessage.dedup_key)
    )
    written: set[str] = set()
    for start in range(0, len(rows), AT_ONCE):
        some = [dict(row) for row in rows[start : start + AT_ONCE]]
        written.update(session.connection().scalars(statement, some))
    return written
