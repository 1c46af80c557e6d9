"""Giving out references such as EYA-2026-0042, without a gap and without a double."""

from sqlalchemy.orm import Session

from audit_app.storage.inserting import insert_into
from audit_app.storage.models import ReferenceNumber


def next_reference(session: Session, prefix: str, year: int) -> str:
    """Give the next reference of a prefix and year; it goes back if the transaction does.

    Whoever takes one holds the counter until the commit, so the next waits: that is what makes
    the numbers gapless.
    """
    session.flush()
    first = insert_into(session, ReferenceNumber).values(prefix=prefix, year=year, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["prefix", "year"], set_={"last": ReferenceNumber.last + 1}
    ).returning(ReferenceNumber.last)
    last = session.connection().execute(counted).scalar_one()
    return f"{prefix}-{year}-{last:04}"
