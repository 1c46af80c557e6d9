"""That two audits of one consultation stay independent of each other until both are in."""

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, exists, or_
from sqlalchemy.orm import aliased

from audit_app.core.lifecycle import RETURNED
from audit_app.storage.models import AuditReturn


def both_are_in() -> ColumnElement[bool]:
    """Say, of a return, that it is no audit of a consultation whose other audit is still out.

    Until both have submitted, each is read at its own agency alone and counts in no figure.
    """
    one_of_two = aliased(AuditReturn)
    still_out = (
        exists()
        .where(
            one_of_two.consultation_id == AuditReturn.consultation_id,
            one_of_two.state.not_in(RETURNED),
        )
        .correlate(AuditReturn)
    )
    return or_(AuditReturn.consultation_id.is_(None), ~still_out)


def other_audit_is_at(organisation_ids: Select[Any] | CompoundSelect[Any]) -> ColumnElement[bool]:
    """Say, of an audit of a consultation, that its other audit is made at one of these.

    Whoever belongs to both agencies could not be independent: until both are in they read neither.
    """
    other = aliased(AuditReturn)
    return (
        exists()
        .where(
            other.consultation_id == AuditReturn.consultation_id,
            other.id != AuditReturn.id,
            other.organisation_id.in_(organisation_ids),
        )
        .correlate(AuditReturn)
    )
