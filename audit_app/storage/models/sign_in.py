"""That somebody is signed in: one row a browser, so that signing out ends it for good."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base
from audit_app.storage.models.person import Person


class SignIn(Addressed, Base):
    """One sign-in. The cookie names it; without a row that stands, the cookie opens nothing.

    `method` is how it was proved who came; the address is kept as a hash, and the browser in a few
    words, for the page on which people see where they are signed in.
    """

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "person_id", "begun_at"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    begun_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    proved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    method: Mapped[str | None]
    address_hash: Mapped[str | None]
    browser: Mapped[str | None]

    person: Mapped[Person] = relationship()
