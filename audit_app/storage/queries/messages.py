"""Messages as the coordinator looks at them: written, sent, failed or come back."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from audit_app.storage.models import AuditReturn, OutgoingMessage, Partnership, Person
from audit_app.storage.queries.paging import PER_PAGE, Page, page_of
from audit_app.storage.queries.scoping import coordinates, hidden_audits

M = OutgoingMessage


class Fate(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"


NO_END = and_(M.sent_at.is_(None), M.failed_at.is_(None))

FATES: dict[Fate, ColumnElement[bool]] = {
    Fate.WAITING: and_(NO_END, M.handed_over_at.is_(None)),
    Fate.IN_DOUBT: and_(NO_END, M.handed_over_at.is_not(None)),
    Fate.SENT: and_(M.sent_at.is_not(None), M.bounced_at.is_(None)),
    Fate.FAILED: M.failed_at.is_not(None),
    Fate.BOUNCED: M.bounced_at.is_not(None),
}


def messages_of(
    session: Session,
    person: Person,
    partnership: Partnership,
    *,
    fate: Fate | None = None,
    kinds: Collection[str] = (),
    page: int = 1,
    size: int = PER_PAGE,
) -> Page[OutgoingMessage]:
    """Give a partnership's messages to its coordinator, latest first."""
    statement = (
        select(M)
        .where(M.partnership_id == partnership.id, _is_open_to(person))
        .options(joinedload(M.to_person))
        .order_by(M.created_at.desc(), M.id.desc())
    )
    if fate is not None:
        statement = statement.where(FATES[fate])
    if kinds:
        statement = statement.where(M.kind.in_(kinds))
    return page_of(session, statement, page=page, size=size)


def count_by_fate(session: Session, person: Person, partnership: Partnership) -> dict[Fate, int]:
    """Count a partnership's messages for its coordinator by what became of them."""
    counts = [func.count(case((condition, 1))) for condition in FATES.values()]
    statement = select(*counts).where(M.partnership_id == partnership.id, _is_open_to(person))
    return dict(zip(FATES, session.execute(statement).one(), strict=True))


def troubled_messages(session: Session, *, most: int = 200) -> list[OutgoingMessage]:
    """Give the installation's messages that somebody should look at, latest first."""
    troubled = or_(FATES[Fate.IN_DOUBT], FATES[Fate.FAILED], FATES[Fate.BOUNCED])
    statement = select(M).where(troubled).order_by(M.created_at.desc(), M.id.desc()).limit(most)
    return list(session.scalars(statement))


def message_open_to(session: Session, person: Person, message_id: UUID) -> OutgoingMessage | None:
    """Give one message to a coordinator of its partnership."""
    return session.scalar(select(M).where(M.id == message_id, _is_open_to(person)))


def messages_about(session: Session, audit_return: AuditReturn) -> list[OutgoingMessage]:
    """Give what was written about a return, for its coordinator, in order."""
    statement = select(M).where(M.audit_return_id == audit_return.id).order_by(M.created_at, M.id)
    return list(session.scalars(statement))


def fate_of(message: OutgoingMessage) -> Fate:
    """Say what became of one message."""
    if message.bounced_at is not None:
        return Fate.BOUNCED
    if message.failed_at is not None:
        return Fate.FAILED
    if message.sent_at is not None:
        return Fate.SENT
    return Fate.WAITING if message.handed_over_at is None else Fate.IN_DOUBT


def _is_open_to(person: Person) -> ColumnElement[bool]:
    """Say, of a message, that the person coordinates its partnership.

    One about an audit can tell of its answers: whoever makes the other audit does not read it.
    """
    return and_(
        coordinates(person, M.partnership_id),
        or_(M.audit_return_id.is_(None), M.audit_return_id.not_in(hidden_audits(person))),
    )
