"""Keep beside the answers of a submission whom the organisation answered for then."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column; it stays empty for what was submitted before, whose owners were not kept."""
    op.add_column("submitted_answers", sa.Column("answers_for", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop it: an older version is read by the owners of its return again.

    The column is dropped where it stands, so that the rules that nothing in the table changes are
    kept.
    """
    op.drop_column("submitted_answers", "answers_for")
