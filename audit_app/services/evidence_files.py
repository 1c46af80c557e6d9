"""The row of a file that has arrived for an item of evidence, the first or a newer one."""

from datetime import datetime

from audit_app.services.receiving_files import Arrived
from audit_app.storage.models import Evidence, EvidenceVersion, Person


def version_of(
    evidence: Evidence, arrived: Arrived, *, number: int, by: Person, now: datetime
) -> EvidenceVersion:
    """Make the row of a file that has arrived, with the dates that its item has now."""
    return EvidenceVersion(
        evidence_id=evidence.id,
        number=number,
        at=now,
        by_id=by.id,
        document_date=evidence.document_date,
        expires_on=evidence.expires_on,
        **arrived._asdict(),
    )
