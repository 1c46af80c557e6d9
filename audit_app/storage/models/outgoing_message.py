"""Messages to be sent, written with the change they tell of."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.storage.base import Addressed, Base, ByValue, one_of
from audit_app.storage.models.partnership import Partnership
from audit_app.storage.models.person import Person


class Sender(StrEnum):
    """By which way a message left."""

    SMTP = "smtp"
    NOTIFY = "notify"
    FILE = "file"


class OutgoingMessage(Addressed, Base):
    """One message. The row is the truth; whoever is sending it holds it by `lease_token`.

    `message_id` is the one of RFC 5322, fixed before the first attempt, so that a repeat can be
    known as one. `dedup_key` says what the message is: the same reminder is written once.
    `handed_over_at` is committed before the mail server is spoken to: a message with it and with
    no outcome is in doubt, and is reported rather than sent again.
    """

    __tablename__ = "outgoing_message"
    __table_args__ = (
        one_of("sender", Sender),
        CheckConstraint("sent_at IS NULL OR failed_at IS NULL", name="one_outcome"),
        CheckConstraint("failed_at IS NULL OR failure IS NOT NULL", name="failure_says_why"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index(None, "sent_at", "send_after"),
        Index(None, "partnership_id", "created_at"),
        Index(None, "audit_return_id"),
        Index(None, "to_address"),
    )

    partnership_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("partnership.id", ondelete="RESTRICT")
    )
    audit_return_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("audit_return.id", ondelete="RESTRICT")
    )
    kind: Mapped[str]
    to_address: Mapped[str]
    to_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    subject: Mapped[str]
    body: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    dedup_key: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    send_after: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    sender: Mapped[Sender | None] = mapped_column(ByValue(Sender))
    sender_reference: Mapped[str | None]
    failed_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    bounced_at: Mapped[datetime | None]
    bounce: Mapped[str | None]

    partnership: Mapped[Partnership | None] = relationship()
    to_person: Mapped[Person | None] = relationship(foreign_keys=[to_person_id])
