"""Keep by when changes are asked for, whether each was made, and if not, why."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the columns; of changes settled before, nobody knows whether they were made."""
    op.add_column("change_request", sa.Column("wanted_by", sa.Date(), nullable=True))
    op.add_column("change_request", sa.Column("left_because", sa.Text(), nullable=True))
    op.add_column("change_request", sa.Column("was_changed", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Forget the days, the reasons, and what was changed."""
    op.drop_column("change_request", "was_changed")
    op.drop_column("change_request", "left_because")
    op.drop_column("change_request", "wanted_by")
