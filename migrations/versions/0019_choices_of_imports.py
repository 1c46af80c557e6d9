"""Keep with an import what was chosen with its file, so that it is offered the next time."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column; earlier imports chose nothing."""
    op.add_column("import_run", sa.Column("choices", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Forget what was chosen."""
    with op.batch_alter_table("import_run") as table:
        table.drop_column("choices")
