"""Under whose name a person works: the partnerships to which their roles lead."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from audit_app.storage.models import Belonging, Holding, Organisation, Partnership


def home_partnerships(session: Session, holdings: Sequence[Holding]) -> list[Partnership]:
    """Give the partnerships that these roles lead to, by name."""
    at_partnerships = {holding.partnership_id for holding in holdings if holding.partnership_id}
    at_organisations = {holding.organisation_id for holding in holdings if holding.organisation_id}
    at_groups = {holding.group_id for holding in holdings if holding.group_id}
    if not at_partnerships and not at_organisations and not at_groups:
        return []
    in_groups = select(Organisation.id).where(Organisation.group_id.in_(at_groups))
    belongs = select(Belonging.partnership_id).where(
        or_(
            Belonging.organisation_id.in_(at_organisations),
            Belonging.organisation_id.in_(in_groups),
        )
    )
    statement = (
        select(Partnership)
        .where(or_(Partnership.id.in_(at_partnerships), Partnership.id.in_(belongs)))
        .order_by(Partnership.name)
    )
    return list(session.scalars(statement))
