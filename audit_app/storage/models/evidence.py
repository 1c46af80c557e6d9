"""The file or the place behind an answer: kept once, used for several answers and years."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base, ByValue, one_of
from audit_app.storage.models.audit_return import AuditReturn
from audit_app.storage.models.organisation import Organisation
from audit_app.storage.models.person import Person

STANDS = text("removed_at IS NULL")


class ScanState(StrEnum):
    """What the virus scanner said; a file it never saw is not called clean."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    INFECTED = "infected"


class Evidence(Addressed, Base):
    """One item of an organisation: files, version by version, or `cited_where` it is to be found.

    `document_date` is the date of the document, not of the upload: of the newest file, where there
    are several.
    """

    __tablename__ = "evidence"
    __table_args__ = (Index(None, "organisation_id"),)

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT")
    )
    title: Mapped[str]
    document_date: Mapped[date | None]
    expires_on: Mapped[date | None]
    cited_where: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    organisation: Mapped[Organisation] = relationship()
    created_by: Mapped[Person | None] = relationship(foreign_keys=[created_by_id])
    versions: Mapped[list["EvidenceVersion"]] = relationship(
        back_populates="evidence", order_by="EvidenceVersion.number"
    )
    links: Mapped[list["EvidenceLink"]] = relationship(
        back_populates="evidence", order_by="EvidenceLink.at"
    )


class EvidenceVersion(Addressed, Base):
    """One file as it was uploaded. `stored_name` is random; `file_name` is only ever shown.

    A newer file has its own dates, and an older one keeps those it had.
    """

    __tablename__ = "evidence_version"
    __table_args__ = (
        one_of("scan_state", ScanState),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("size > 0", name="size_not_nothing"),
        UniqueConstraint("evidence_id", "number"),
        Index(None, "sha256"),
    )

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id", ondelete="RESTRICT"))
    number: Mapped[int] = mapped_column(default=1)
    file_name: Mapped[str]
    stored_name: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    content_type: Mapped[str]
    sha256: Mapped[str]
    scan_state: Mapped[ScanState] = mapped_column(ByValue(ScanState), default=ScanState.NOT_SCANNED)
    scanned_at: Mapped[datetime | None]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    document_date: Mapped[date | None]
    expires_on: Mapped[date | None]

    evidence: Mapped[Evidence] = relationship(back_populates="versions")
    by: Mapped[Person | None] = relationship()


class EvidenceLink(Addressed, Base):
    """That an item stands behind one answer of one return; taken away again, it keeps its dates."""

    __tablename__ = "evidence_link"
    __table_args__ = (
        Index(
            "uq_evidence_link_standing",
            "audit_return_id",
            "question_id",
            "evidence_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index(None, "evidence_id"),
    )

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id", ondelete="RESTRICT"))
    audit_return_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT")
    )
    question_id: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))

    evidence: Mapped[Evidence] = relationship(back_populates="links")
    audit_return: Mapped[AuditReturn] = relationship()
