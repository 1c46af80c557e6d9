"""A questionnaire as it was published: the file itself, kept word for word."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.storage.base import Base


class QuestionnaireVersion(Base):
    """One published version, known by the SHA-256 of its bytes. What it asks never changes.

    A version that was withdrawn opens no new round; the rounds that are open go on with it.
    """

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("name", "version"),)

    content_hash: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    version: Mapped[str]
    title: Mapped[str]
    reference: Mapped[str]
    source: Mapped[str]
    published_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str | None]
