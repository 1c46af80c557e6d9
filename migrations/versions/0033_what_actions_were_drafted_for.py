"""Keep for which rating and in which words an action was drafted, and if people wrote in it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the columns; they stay empty for what was drafted before, which is left to its people."""
    op.add_column("action", sa.Column("drafted_rating", sa.Text(), nullable=True))
    op.add_column("action", sa.Column("drafted_words", sa.Text(), nullable=True))
    op.add_column("action", sa.Column("drafted_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drop them: drafting again then adds only what is new."""
    op.drop_column("action", "drafted_version")
    op.drop_column("action", "drafted_words")
    op.drop_column("action", "drafted_rating")
