"""Keep the date of the document, and its expiry, with each file of an item of evidence."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LAST = """
UPDATE evidence_version SET
    document_date = (SELECT e.document_date FROM evidence e WHERE e.id = evidence_id),
    expires_on = (SELECT e.expires_on FROM evidence e WHERE e.id = evidence_id)
WHERE number = (
    SELECT max(v.number) FROM evidence_version v WHERE v.evidence_id = evidence_version.evidence_id
)
"""


def upgrade() -> None:
    """Add the columns. The dates of an item are those of its newest file; the older had none."""
    op.add_column("evidence_version", sa.Column("document_date", sa.Date(), nullable=True))
    op.add_column("evidence_version", sa.Column("expires_on", sa.Date(), nullable=True))
    op.execute(LAST)


def downgrade() -> None:
    """Drop them: the dates of the newest file stay with the item, those of older ones are lost."""
    op.drop_column("evidence_version", "expires_on")
    op.drop_column("evidence_version", "document_date")
