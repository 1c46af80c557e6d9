"""Keep with the counts of a return what is left of it, for lists of many returns."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = ("sections", "sections_left", "questions_left", "minutes_left")


def upgrade() -> None:
    """Add the columns; a return that nobody saves to again stays without."""
    for name in COLUMNS:
        op.add_column("return_progress", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    """Forget what is left; it can be counted again from the answers."""
    with op.batch_alter_table("return_progress") as table:
        for name in COLUMNS:
            table.drop_column(name)
