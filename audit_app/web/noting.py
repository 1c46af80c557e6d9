"""Noting who looked: the one place where opening a page writes, and it writes history only.

A page is read in a session that the database itself keeps from writing, so that no view changes
anything by being opened, and that stays so. Whoever looks into what another organisation has
written is noted in a session of its own, which is committed before the page is sent: what could
not be noted is not shown. A request whose session writes anyway notes it together with what it
does.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request

from audit_app.core.permissions import Permission
from audit_app.services.recording import Event, record
from audit_app.storage.engine import writing_session
from audit_app.storage.models import AuditReturn, Partnership
from audit_app.web.access import by_role, current_person
from audit_app.web.clock import now
from audit_app.web.database import engine, only_reads, session


def note_reading(audit_return: AuditReturn) -> None:
    """Note that a return was opened, unless by the people who write it."""
    if not by_role(Permission.ANSWER_RETURN, audit_return):
        _note(Event.RETURN_READ, audit_return, {"page": request.endpoint or ""})


def note_evidence_read(audit_return: AuditReturn, version_id: UUID) -> None:
    """Note that a file behind a return was taken, by somebody who only reads it."""
    _note(Event.EVIDENCE_READ, audit_return, {"version": str(version_id)})


def note_export(partnership: Partnership, *, what: str, event: Event) -> None:
    """Note that somebody took a copy of what a partnership knows."""
    _note(event, partnership, {"what": what})


def _note(event: Event, subject: AuditReturn | Partnership, details: Mapping[str, Any]) -> None:
    person = current_person()
    if not only_reads():
        record(session(), event, subject, by=person, at=now(), details=details)
        return
    with writing_session(engine()) as noting:
        record(noting, event, subject, by=person, at=now(), details=details)
        noting.commit()
