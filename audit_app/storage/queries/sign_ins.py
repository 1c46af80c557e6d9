"""Where somebody is signed in, noting its use, ending it, and removing what is over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from audit_app.storage.models import Person, SignIn


def end_sign_in(session: Session, sign_in_id: UUID, *, at: datetime) -> None:
    """End one sign-in, if it stands."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
        .values(ended_at=at)
        .execution_options(synchronize_session=False)
    )


def end_sign_ins(session: Session, person: Person, *, at: datetime, but: UUID | None = None) -> int:
    """End every sign-in of a person, but one if they keep it, and count them."""
    statement = (
        update(SignIn)
        .where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
        .values(ended_at=at)
        .returning(SignIn.id)
        .execution_options(synchronize_session=False)
    )
    if but is not None:
        statement = statement.where(SignIn.id != but)
    return len(session.execute(statement).all())


def sign_ins_of(session: Session, person: Person, *, since: datetime) -> list[SignIn]:
    """Give where a person is signed in, by sign-ins begun since a moment, latest first."""
    statement = (
        select(SignIn)
        .where(SignIn.person_id == person.id, SignIn.ended_at.is_(None), SignIn.begun_at >= since)
        .order_by(SignIn.begun_at.desc(), SignIn.id.desc())
    )
    return list(session.scalars(statement))


def note_use(session: Session, sign_in_id: UUID, *, at: datetime) -> None:
    """Note that a sign-in was used, if it stands."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
        .values(last_used_at=at)
        .execution_options(synchronize_session=False)
    )


def note_proof(session: Session, sign_in_id: UUID, *, at: datetime) -> None:
    """Note that whoever is signed in proved again who they are."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
        .values(proved_at=at, last_used_at=at)
        .execution_options(synchronize_session=False)
    )


def remove_old_sign_ins(session: Session, person: Person, *, before: datetime) -> None:
    """Remove what a person began before a moment; history still tells of it."""
    session.execute(
        delete(SignIn)
        .where(SignIn.person_id == person.id, SignIn.begun_at < before)
        .execution_options(synchronize_session=False)
    )
