"""Inserting a row that may be there already, in the words of whichever database is in use."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from audit_app.storage.base import Base


def insert_into(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Give an INSERT that can be told what to do ON CONFLICT."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
