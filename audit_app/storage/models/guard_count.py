"""How often the personal data guard pointed something out, without what it was."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.storage.base import Base


class GuardCount(Base):
    """For one return and one kind of finding: how often it was shown, and how often kept."""

    __tablename__ = "guard_count"
    __table_args__ = (CheckConstraint("kept >= 0 AND kept <= shown", name="kept_of_shown"),)

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    shown: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)
