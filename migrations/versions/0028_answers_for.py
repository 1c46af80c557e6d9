"""Say which of the owners that reviews name an organisation answers for."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the lists: of an organisation, and as a return was made with it."""
    op.add_column("organisation", sa.Column("answers_for", sa.JSON(), nullable=True))
    op.add_column("audit_return", sa.Column("answers_for", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Forget them."""
    for table in ("audit_return", "organisation"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("answers_for")
