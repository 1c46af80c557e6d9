"""Messages to be sent, written with the change they tell of."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.storage.base import Addressed, Base


class OutgoingMessage(Addressed, Base):
    """One message. The row is the truth; whoever is sending it holds it until `lease_until`."""

    __tablename__ = "outgoing_message"
    __table_args__ = (Index(None, "sent_at", "send_after"),)

    kind: Mapped[str]
    to_address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime]
    send_after: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    failure: Mapped[str | None]
