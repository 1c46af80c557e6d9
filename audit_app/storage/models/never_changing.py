"""Records that are added once and then only read; the database's own triggers hold to it too."""

from typing import TypeVar

from sqlalchemy import event
from sqlalchemy.orm import object_session

from audit_app.storage.base import Base

R = TypeVar("R", bound=type[Base])


class RecordsNeverChange(Exception):
    """A record that is only ever added was about to be changed or removed."""


def never_changes(records: R) -> R:
    """Have sessions refuse to change or remove records of this class."""
    event.listen(records, "before_update", refuse_to_change)
    event.listen(records, "before_delete", refuse_to_remove)
    return records


def refuse_to_change(_mapper: object, _connection: object, record: Base) -> None:
    """Refuse what would change a record; touching it without effect is let pass."""
    session = object_session(record)
    if session is not None and session.is_modified(record, include_collections=False):
        raise RecordsNeverChange(f"a recorded {record.__tablename__} is never changed")


def refuse_to_remove(_mapper: object, _connection: object, record: Base) -> None:
    """Refuse to remove a record."""
    raise RecordsNeverChange(f"a recorded {record.__tablename__} is never removed")
