"""Keep a locality that was removed, for the roles once held there."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column; every locality so far is there."""
    op.add_column("locality", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget when; localities that were removed are back, under a name that says so."""
    op.execute("UPDATE locality SET name = name || ' (removed)' WHERE removed_at IS NOT NULL")
    op.drop_column("locality", "removed_at")
