"""Which sign-ins stand."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, update
from sqlalchemy.orm import Session

from audit_app.storage.models import Person, SignIn


def stands_for(sign_in_id: UUID) -> ColumnElement[bool]:
    """Say, of a person and a sign-in, that it is theirs, was not ended, and they may come in."""
    return and_(
        SignIn.id == sign_in_id,
        SignIn.person_id == Person.id,
        SignIn.ended_at.is_(None),
        Person.active,
    )


def end_sign_in(session: Session, sign_in_id: UUID, *, at: datetime) -> None:
    """End one sign-in, if it stands."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
        .values(ended_at=at)
        .execution_options(synchronize_session=False)
    )


def remove_old_sign_ins(session: Session, person: Person, *, before: datetime) -> None:
    """Remove what a person began before a moment; history still tells of it."""
    session.execute(
        delete(SignIn)
        .where(SignIn.person_id == person.id, SignIn.begun_at < before)
        .execution_options(synchronize_session=False)
    )
