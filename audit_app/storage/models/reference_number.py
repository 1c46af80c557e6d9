"""The last reference given out for each kind of return and year."""

from sqlalchemy.orm import Mapped, mapped_column

from audit_app.storage.base import Base


class ReferenceNumber(Base):
    """How far the numbers of one prefix and year have come."""

    __tablename__ = "reference_number"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
