"""How far each return has come, counted with every save, and who is at it now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Base
from audit_app.storage.models.person import Person


class ReturnProgress(Base):
    """The counts that the completion monitor reads; a return nobody has worked on may have none.

    They lie beside the return and not in it: several people who save hold the return together,
    and none of them could then write to it without waiting for the others for ever.
    `questions_left` are those that must be answered before the return can be submitted; what is
    left is None where it was not counted.
    """

    __tablename__ = "return_progress"
    __table_args__ = (
        CheckConstraint("answered >= 0 AND answered <= asked", name="answered_of_asked"),
    )

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT"), primary_key=True
    )
    asked: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    sections: Mapped[int | None]
    sections_left: Mapped[int | None]
    questions_left: Mapped[int | None]
    minutes_left: Mapped[int | None]
    last_worked_at: Mapped[datetime | None]
    last_worked_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT")
    )


class WorkingNow(Base):
    """That somebody saved in a return at a moment, and where.

    Who is at work is told by what they saved, so this is written no more. The table stays for
    the processes of the version before, which write it with every save while one version takes
    over from the other; the version after this one drops it.
    """

    __tablename__ = "working_now"
    __table_args__ = (Index(None, "seen_at"),)

    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT"), primary_key=True
    )
    question_id: Mapped[str | None]
    seen_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
