"""Saying on a page that something stays as it is while a signature is awaited, and what to do."""

from audit_app.core.awaiting import Change, awaiting_words
from audit_app.services.awaiting import awaits_signature as awaits_it
from audit_app.storage.models import AuditReturn
from audit_app.web.database import session


def awaits_signature(audit_return: AuditReturn) -> bool:
    """Say whether somebody was asked to sign, and has not said yet."""
    return awaits_it(session(), audit_return)


def awaiting_said(audit_return: AuditReturn, change: Change) -> str:
    """Give the sentence about this change; nothing where no signature is awaited."""
    return awaiting_words(change) if awaits_signature(audit_return) else ""
