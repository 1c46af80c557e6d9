"""Which turns of the clock were taken, so that no two workers take the same one."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.storage.base import Base


class JobTick(Base):
    """That a periodic job was begun for one slot of time, such as "2026-09-15T09:00"."""

    __tablename__ = "job_tick"
    __table_args__ = (Index(None, "begun_at"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    failure: Mapped[str | None]
