"""Failed attempts to sign in, counted for an account or an address."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.storage.base import Base


class SignInThrottle(Base):
    """How often signing in failed for one account or address, and until when it must wait."""

    __tablename__ = "sign_in_throttle"
    __table_args__ = (Index(None, "first_at"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    first_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
