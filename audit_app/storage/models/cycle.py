"""One round of one questionnaire in one partnership."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.core.rounds.moves import CycleState
from audit_app.core.signing import SignedBy
from audit_app.storage.base import Addressed, Base, ByValue, ExactJson, SearchableJson, one_of
from audit_app.storage.models.partnership import Partnership
from audit_app.storage.models.questionnaire_version import QuestionnaireVersion


class Scope(TypedDict, total=False):
    """Who is asked: everybody of the partnership who fits every part that is given.

    `kinds` are those of core/organisations, `provider_types` are the register's words, the others
    are ids as text. `organisations` is a list by itself: where it is given, it alone counts.
    """

    kinds: list[str]
    provider_types: list[str]
    localities: list[str]
    organisations: list[str]


class Reminders(TypedDict, total=False):
    """When reminders go out: how many days before the due day (0 is that day), and after it.

    `weekly_overdue` is for how many weeks after the due day one goes out each week.
    """

    days_before: list[int]
    weekly_overdue: int


class Wording(TypedDict):
    """The words of one e-mail of a cycle."""

    subject: str
    body: str


class Cycle(Addressed, Base):
    """One round: what is asked, of whom, from when and until when.

    `texts` holds the e-mails whose words differ from the usual ones, by their kind. `opened_at`
    and `closed_at` are when it came to that, beside what was planned. `signed_by` says whose
    signature the round takes, where it differs from what the questionnaire says.
    """

    __tablename__ = "cycle"
    __table_args__ = (
        one_of("state", CycleState),
        one_of("signed_by", SignedBy),
        CheckConstraint("opens_at < due_at", name="opens_before_due"),
        CheckConstraint("closes_at IS NULL OR due_at <= closes_at", name="due_before_closes"),
        Index(None, "partnership_id", "year"),
    )

    partnership_id: Mapped[UUID] = mapped_column(ForeignKey("partnership.id", ondelete="RESTRICT"))
    content_hash: Mapped[str] = mapped_column(
        ForeignKey("questionnaire_version.content_hash", ondelete="RESTRICT")
    )
    title: Mapped[str]
    year: Mapped[int]
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    state: Mapped[CycleState] = mapped_column(ByValue(CycleState), default=CycleState.PLANNED)
    previous_cycle_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("cycle.id", ondelete="RESTRICT")
    )
    scope: Mapped[Scope | None] = mapped_column(SearchableJson)
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    contact_telephone: Mapped[str | None]
    texts: Mapped[dict[str, Wording] | None] = mapped_column(ExactJson)
    reminders: Mapped[Reminders | None] = mapped_column(ExactJson)
    signed_by: Mapped[SignedBy | None] = mapped_column(ByValue(SignedBy))
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]

    partnership: Mapped[Partnership] = relationship()
    questionnaire_version: Mapped[QuestionnaireVersion] = relationship()
    previous_cycle: Mapped["Cycle | None"] = relationship(remote_side="Cycle.id")
