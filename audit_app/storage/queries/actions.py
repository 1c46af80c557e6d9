"""Actions, as far as the person asking may see them; a plan is a question put to this list."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from audit_app.core.action_moves import TO_BE_DONE
from audit_app.storage.models import (
    Action,
    ActionStatus,
    AuditReturn,
    Organisation,
    Partnership,
    Person,
)
from audit_app.storage.queries.independence import both_are_in
from audit_app.storage.queries.paging import PER_PAGE, Page, page_of
from audit_app.storage.queries.scoping import (
    OVERSEERS,
    independent_of,
    oversees,
    own_organisations,
)


def actions_of(
    session: Session,
    person: Person,
    *,
    partnership: Partnership | None = None,
    organisation: Organisation | None = None,
    locality_id: UUID | None = None,
    statuses: Collection[ActionStatus] = (),
    overdue_on: date | None = None,
    search: str = "",
    page: int = 1,
    size: int = PER_PAGE,
) -> Page[Action]:
    """Give the actions a person may see, first due first and drafts without a date last.

    `overdue_on` gives those still to be done whose day has passed by then. Organisation and
    return are loaded.
    """
    statement = (
        select(Action)
        .where(may_see_action(person))
        .options(joinedload(Action.organisation), joinedload(Action.audit_return))
        .order_by(Action.by_when.is_(None), Action.by_when, Action.id)
    )
    if partnership is not None:
        statement = statement.where(Action.partnership_id == partnership.id)
    if organisation is not None:
        statement = statement.where(Action.organisation_id == organisation.id)
    if locality_id is not None:
        there = select(Organisation.id).where(Organisation.belongings.any(locality_id=locality_id))
        statement = statement.where(Action.organisation_id.in_(there))
    if statuses:
        statement = statement.where(Action.status.in_(statuses))
    if overdue_on is not None:
        statement = statement.where(Action.by_when < overdue_on, Action.status.in_(TO_BE_DONE))
    if search.strip():
        words = search.strip().lower()
        statement = statement.where(
            or_(
                func.lower(Action.what).contains(words, autoescape=True),
                func.lower(Action.who).contains(words, autoescape=True),
            )
        )
    return page_of(session, statement, page=page, size=size)


def action_open_to(session: Session, person: Person, action_id: UUID) -> Action | None:
    """Give one action with what was reported of it, or None where it is not theirs to see."""
    return session.scalar(
        select(Action)
        .where(Action.id == action_id, may_see_action(person))
        .options(
            joinedload(Action.partnership),
            joinedload(Action.organisation),
            joinedload(Action.audit_return),
            selectinload(Action.updates),
        )
    )


def actions_of_return(session: Session, audit_return: AuditReturn) -> list[Action]:
    """Give the actions that came of a return the caller was let into, in order made."""
    statement = (
        select(Action)
        .where(Action.audit_return_id == audit_return.id)
        .options(selectinload(Action.updates))
        .order_by(Action.created_at, Action.id)
    )
    return list(session.scalars(statement))


def actions_to_remind_of(session: Session, *, by: date) -> list[Action]:
    """Give what is still to be done by a day and was not reminded of, first due first.

    For the clock, which asks for every organisation. Held until the commit; what another worker
    holds is left to it.
    """
    statement = (
        select(Action)
        .where(
            Action.status.in_(TO_BE_DONE),
            Action.by_when <= by,
            Action.organisation_id.is_not(None),
            or_(Action.reminded_for.is_(None), Action.reminded_for != Action.by_when),
        )
        .order_by(Action.by_when, Action.id)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(statement))


def hold_action(session: Session, action: Action) -> None:
    """Read an action again and hold it until the commit; judge its status and version after."""
    session.refresh(action, with_for_update=True)


def may_see_action(person: Person) -> ColumnElement[bool]:
    """Say, of an action, that it is their organisation's, or in their part of a partnership.

    The draft of an organisation is nobody's business but its own: nothing is promised yet. What
    came of an audit of a consultation tells of its answers, and is hidden where they are.
    """
    return or_(
        and_(
            Action.organisation_id.in_(own_organisations(person)),
            ~_came_of_return(~independent_of(person)),
        ),
        and_(
            ~_came_of_return(~both_are_in()),
            or_(Action.status != ActionStatus.DRAFT, Action.organisation_id.is_(None)),
            oversees(
                person,
                OVERSEERS,
                organisation_id=Action.organisation_id,
                partnership_id=Action.partnership_id,
            ),
        ),
    )


def _came_of_return(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(AuditReturn.id == Action.audit_return_id, which).correlate(Action)
