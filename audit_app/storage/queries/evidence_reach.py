"""Whose evidence a person may see: their organisation's, and what was put to those who oversee.

Those who check a return have been given what stood behind it when it was sent. What the
organisation adds while changes are asked for is its own until it sends the return again.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, true

from audit_app.core.lifecycle import RETURNED
from audit_app.storage.models import (
    AuditReturn,
    Cycle,
    Evidence,
    EvidenceLink,
    EvidenceVersion,
    Person,
)
from audit_app.storage.queries.independence import both_are_in
from audit_app.storage.queries.scoping import (
    OVERSEERS,
    hidden_audits,
    oversees,
    own_organisations,
)


def may_see_evidence(person: Person) -> ColumnElement[bool]:
    """Say, of an item, that it is their organisation's, or was put to them with a return.

    Whoever has a hand in both audits of a consultation sees what stands behind neither.
    """
    return _theirs_or_put(person, true())


def may_see_file(person: Person) -> ColumnElement[bool]:
    """Say, of a file joined with its item, that they may see it: not one newer than the return."""
    return _theirs_or_put(person, EvidenceVersion.at <= _sent_at())


def behind_hidden_audit(person: Person) -> ColumnElement[bool]:
    """Say, of an item, that it stands behind an audit whose other audit the person has a hand in.

    Until both are in, what stands behind one tells of its answers.
    """
    return (
        exists()
        .where(
            EvidenceLink.evidence_id == Evidence.id,
            EvidenceLink.removed_at.is_(None),
            EvidenceLink.audit_return_id.in_(hidden_audits(person)),
        )
        .correlate(Evidence)
    )


def stood_at(moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Say, of an item behind an answer, that it stood there at a moment and still does.

    What was taken away since is hidden at once: there may have been a child's name in it.
    """
    return and_(EvidenceLink.at <= moment, EvidenceLink.removed_at.is_(None))


def _sent_at() -> ColumnElement[datetime]:
    """Say when a return was sent last: for the first time, or with the changes asked for."""
    return func.coalesce(AuditReturn.sent_again_at, AuditReturn.submitted_at)


def _theirs_or_put(person: Person, is_so_old: ColumnElement[bool]) -> ColumnElement[bool]:
    put_to_them = (
        exists()
        .where(
            EvidenceLink.evidence_id == Evidence.id,
            AuditReturn.id == EvidenceLink.audit_return_id,
            AuditReturn.state.in_(RETURNED),
            stood_at(_sent_at()),
            is_so_old,
            Cycle.id == AuditReturn.cycle_id,
            oversees(
                person,
                OVERSEERS,
                organisation_id=AuditReturn.organisation_id,
                partnership_id=Cycle.partnership_id,
            ),
            both_are_in(),
        )
        .correlate(Evidence, EvidenceVersion)
    )
    theirs = and_(
        Evidence.organisation_id.in_(own_organisations(person)), ~behind_hidden_audit(person)
    )
    return and_(Evidence.removed_at.is_(None), or_(theirs, put_to_them))
