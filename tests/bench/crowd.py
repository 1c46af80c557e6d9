"""A partnership of any size: a dozen settings with a story, and as many more as are wanted."""

from datetime import UTC, datetime
from random import Random
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from audit_app.core.permissions import Role
from audit_app.services.demonstration import county
from audit_app.services.demonstration.after_sending import Office
from audit_app.services.demonstration.rounds import Asked, load_round, rounds
from audit_app.storage.engine import writing_session
from audit_app.storage.models import AuditReturn, Cycle, Locality, Partnership
from audit_app.storage.queries.rebuilding_counts import rebuild
from audit_app.storage.questionnaire_library import publish
from tests.bench.bare_tables import BareBase
from tests.bench.copying import copy_settings
from tests.bench.town import QUESTIONNAIRES, Lead, password_hash
from tests.builders import (
    make_belonging,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
)
from tests.databases import Database

SAMPLES = 12
UNDER_WAY, BOTH_YEARS = 1, (3, 4, 6, 7, 9, 10)
"""Places in the story: whose return of this year is begun, and who has returned it and last's."""


class Crowd(NamedTuple):
    """Somebody to answer, somebody to read the figures, and the cycle that both are about."""

    lead: Lead
    board_member_id: UUID
    cycle_id: UUID


def load_crowd(database: Database, number: int) -> Crowd:
    """Load so many settings with last year's returns and this year's, answers and results."""
    BareBase.metadata.create_all(database.engine)
    now, random = datetime.now(UTC), Random(number)
    with writing_session(database.engine) as session:
        partnership = make_partnership(session)
        localities = {key: make_locality(session, partnership=partnership) for key in _localities()}
        asked = [
            _asked(session, setting, localities[setting.locality])
            for setting, _ in zip(county.settings(Random(1)), range(SAMPLES), strict=False)
        ]
        board_member = make_person(session, role=Role.BOARD_MEMBER, at=partnership)
        cycle = _load_rounds(session, partnership, asked, now, random)
        samples = [asked[place].organisation.id for place in BOTH_YEARS]
        copy_settings(session.connection(), samples, number - SAMPLES)
        rebuild(session)
        lead = asked[UNDER_WAY]
        lead.lead.password = password_hash()
        return_id = session.scalars(
            select(AuditReturn.id).filter_by(
                cycle_id=cycle.id, organisation_id=lead.organisation.id
            )
        ).one()
        session.commit()
    _analyse(database)
    return Crowd(Lead(lead.lead.email, str(return_id)), board_member.id, cycle.id)


def _localities() -> list[str]:
    return list(county.LOCALITIES)


def _asked(session: Session, setting: county.Setting, locality: Locality) -> Asked:
    organisation = make_organisation(session, kind=setting.kind, name=setting.name)
    make_belonging(session, organisation, at=locality)
    lead = make_person(session, role=Role.DESIGNATED_LEAD, at=organisation)
    return Asked(setting, organisation, lead)


def _load_rounds(
    session: Session, partnership: Partnership, asked: list[Asked], now: datetime, random: Random
) -> Cycle:
    """Load both rounds of the story, and give this year's."""
    texts = sorted((QUESTIONNAIRES / "early-years-audit").glob("*.yaml"))
    versions = {file.stem: publish(session, file.read_text("utf-8"), at=now) for file in texts}
    office = Office(
        make_person(session, role=Role.COORDINATOR, at=partnership),
        make_person(session, role=Role.MODERATOR, at=partnership),
    )
    last = None
    for last in rounds(partnership, versions, now):
        load_round(session, last, asked, office, random)
    if last is None:
        raise LookupError("the story has no rounds")
    return last.cycle


def _analyse(database: Database) -> None:
    """Let PostgreSQL count its rows, as it does by itself when left alone for a minute."""
    if database.kind == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as open_:
            open_.execute(text("ANALYZE"))
