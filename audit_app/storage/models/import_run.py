"""Bringing a register in: what was previewed, row by row, is what is applied."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.core.register.layouts import Layout
from audit_app.storage.base import Addressed, Base, ByValue, ExactJson, one_of
from audit_app.storage.models.partnership import Partnership
from audit_app.storage.models.person import Person


class ImportState(StrEnum):
    """How far an import has come."""

    PREVIEWED = "previewed"
    APPLIED = "applied"
    ABANDONED = "abandoned"


class Outcome(StrEnum):
    """What an import makes of one row. Rows that change nothing are counted and not kept."""

    ADD = "add"
    CHANGE = "change"
    CLOSE = "close"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"


class ImportRun(Addressed, Base):
    """One file, previewed for one partnership; `counts` says how many rows have each outcome.

    `choices` is what was chosen with the file, so that it can be offered again: the local
    authorities whose rows were taken, and who was included beyond the usual.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        one_of("layout", Layout),
        one_of("state", ImportState),
        CheckConstraint(
            f"(state = '{ImportState.APPLIED}') = (applied_at IS NOT NULL)",
            name="applied_has_moment",
        ),
        Index(None, "partnership_id", "at"),
    )

    partnership_id: Mapped[UUID] = mapped_column(ForeignKey("partnership.id", ondelete="RESTRICT"))
    layout: Mapped[Layout] = mapped_column(ByValue(Layout))
    state: Mapped[ImportState] = mapped_column(ByValue(ImportState), default=ImportState.PREVIEWED)
    file_name: Mapped[str]
    sha256: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    counts: Mapped[dict[str, int]] = mapped_column(ExactJson)
    choices: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    applied_at: Mapped[datetime | None]
    applied_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    partnership: Mapped[Partnership] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    applied_by: Mapped[Person | None] = relationship(foreign_keys=[applied_by_id])


class ImportRow(Base):
    """One line of the preview; `row` is the row of the file, none for what the file lacks.

    `facts` is what will be written and `before` what stands now, each by field. A refused or
    passed-over row says why, with the column and the value where there is one.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        one_of("outcome", Outcome),
        CheckConstraint(
            f"outcome NOT IN ('{Outcome.OUT_OF_SCOPE}', '{Outcome.REFUSED}') OR reason IS NOT NULL",
            name="passed_over_has_reason",
        ),
        Index(None, "import_run_id", "outcome", "position"),
    )

    import_run_id: Mapped[UUID] = mapped_column(
        ForeignKey("import_run.id", ondelete="RESTRICT"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row: Mapped[int | None]
    outcome: Mapped[Outcome] = mapped_column(ByValue(Outcome))
    urn: Mapped[str | None]
    name: Mapped[str | None]
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT")
    )
    facts: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    before: Mapped[dict[str, Any] | None] = mapped_column(ExactJson)
    column: Mapped[str | None]
    value: Mapped[str | None]
    reason: Mapped[str | None]
