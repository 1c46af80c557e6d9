"""Which column of a file means what, as somebody mapped it by hand."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.core.register.layouts import Layout
from audit_app.storage.base import Base, ByValue, ExactJson, one_of


class ColumnMapping(Base):
    """The mapping a partnership keeps for one layout: from header, as written, to field."""

    __tablename__ = "column_mapping"
    __table_args__ = (one_of("layout", Layout),)

    partnership_id: Mapped[UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="RESTRICT"), primary_key=True
    )
    layout: Mapped[Layout] = mapped_column(ByValue(Layout), primary_key=True)
    fields: Mapped[dict[str, str]] = mapped_column(ExactJson)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
