"""Builders of imports, chasing, messages and counts; everything here is invented."""

from typing import Any

from sqlalchemy.orm import Session

from audit_app.storage.models import (
    AuditReturn,
    ChasingStep,
    ImportRow,
    ImportRun,
    Layout,
    Outcome,
    OutgoingMessage,
    Partnership,
    ReturnProgress,
    Step,
)
from tests.builders.adding import NOW, NUMBERS, added
from tests.builders.people import make_partnership


def make_import(
    session: Session, *, partnership: Partnership | None = None, **values: Any
) -> ImportRun:
    """Make a previewed import without rows."""
    partnership = partnership or make_partnership(session)
    run = ImportRun(
        partnership_id=partnership.id,
        layout=values.pop("layout", Layout.OFSTED),
        file_name=values.pop("file_name", "register.csv"),
        sha256="0" * 64,
        at=values.pop("at", NOW),
        counts=values.pop("counts", {}),
        **values,
    )
    return added(session, run)


def make_import_row(session: Session, run: ImportRun, **values: Any) -> ImportRow:
    """Make one row of a preview, an organisation to be added unless the test says otherwise."""
    values.setdefault("outcome", Outcome.ADD)
    values.setdefault("position", next(NUMBERS))
    return added(session, ImportRow(import_run_id=run.id, **values))


def make_progress(
    session: Session, audit_return: AuditReturn, *, asked: int = 10, answered: int = 4
) -> ReturnProgress:
    """Say how far a return has come."""
    progress = ReturnProgress(
        audit_return_id=audit_return.id, asked=asked, answered=answered, last_worked_at=NOW
    )
    return added(session, progress)


def make_chasing_step(
    session: Session, audit_return: AuditReturn, *, step: Step = Step.TELEPHONE, **values: Any
) -> ChasingStep:
    """Make a step taken about a return that did not come."""
    values.setdefault("at", NOW)
    values.setdefault("authority", "Section 11, Children Act 2004")
    return added(session, ChasingStep(audit_return_id=audit_return.id, step=step, **values))


def make_message(session: Session, **values: Any) -> OutgoingMessage:
    """Make a message that is due."""
    number = next(NUMBERS)
    values.setdefault("kind", "reminder")
    values.setdefault("to_address", f"person.{number}@example.org")
    values.setdefault("subject", "Your audit is due soon")
    values.setdefault("body", "It is due in three days.")
    values.setdefault("message_id", f"<{number}@example.org>")
    values.setdefault("created_at", NOW)
    values.setdefault("send_after", NOW)
    return added(session, OutgoingMessage(**values))
