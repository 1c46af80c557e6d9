"""The partnerships of this installation."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from audit_app.storage.models import Partnership


def partnerships(session: Session) -> list[Partnership]:
    """Give every partnership by name, with its localities; for commands, not for pages."""
    statement = (
        select(Partnership).options(selectinload(Partnership.localities)).order_by(Partnership.name)
    )
    return list(session.scalars(statement))


def partnership_by_slug(session: Session, slug: str) -> Partnership | None:
    """Give the partnership that commands call by this short name, with its localities."""
    return session.scalar(
        select(Partnership)
        .options(selectinload(Partnership.localities))
        .where(Partnership.slug == slug)
    )
