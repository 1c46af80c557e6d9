"""An audit of consultations that the police are asked for: several questions to a page."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.storage.engine import make_engine, writing_session
from audit_app.storage.models import AuditReturn, Cycle, Organisation, Partnership
from audit_app.storage.questionnaire_library import publish
from tests.journeys.serving import ROOT, Served

TEXT = ROOT / "questionnaires" / "consultation-audit" / "2026.yaml"


def asked_of_the_police(service: Served) -> UUID:
    """Ask the police for the audit, and give the id of their return."""
    engine = make_engine(f"sqlite:///{service.database}")
    with writing_session(engine) as session:
        return_id = _asked(session).id
        session.commit()
    engine.dispose()
    return return_id


def _asked(session: Session) -> AuditReturn:
    now = datetime.now(UTC)
    police = session.scalars(select(Organisation).filter_by(kind="police")).first()
    assert police is not None
    cycle = Cycle(
        partnership_id=session.scalars(select(Partnership.id)).first(),
        content_hash=publish(session, Path(TEXT).read_text("utf-8"), at=now).content_hash,
        title="Audit of consultations 2026",
        year=2026,
        opens_at=now - timedelta(days=1),
        due_at=now + timedelta(days=30),
        state="open",
    )
    session.add(cycle)
    session.flush()
    audit_return = AuditReturn(
        cycle_id=cycle.id,
        organisation_id=police.id,
        content_hash=cycle.content_hash,
        due_at=cycle.due_at,
    )
    session.add(audit_return)
    session.flush()
    return audit_return
