"""Say of an action which priority area it is for, and which day it was reminded of."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the two columns, empty."""
    op.add_column("action", sa.Column("area_id", sa.Text(), nullable=True))
    op.add_column("action", sa.Column("reminded_for", sa.Date(), nullable=True))


def downgrade() -> None:
    """Drop them; reminders may then be written a second time."""
    with op.batch_alter_table("action") as table:
        table.drop_column("reminded_for")
        table.drop_column("area_id")
