"""That somebody is signed in: one row a browser, so that signing out ends it for good."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.storage.base import Addressed, Base


class SignIn(Addressed, Base):
    """One sign-in. The cookie names it; without a row that stands, the cookie opens nothing."""

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "person_id", "begun_at"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
