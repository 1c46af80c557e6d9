"""Keep beside the answers of a submission the action plan as it stood then."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column; it stays empty for what was submitted before, whose plan was not kept."""
    op.add_column("submitted_answers", sa.Column("plan", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop it: the actions themselves stay, and what they said at each submission is lost.

    The column is dropped where it stands, and the table is not made anew: its rules that nothing
    in it changes are kept.
    """
    op.drop_column("submitted_answers", "plan")
