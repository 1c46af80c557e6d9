"""Note why a version of a questionnaire was withdrawn."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the column; of versions withdrawn before, nobody knows why."""
    op.add_column("questionnaire_version", sa.Column("withdrawn_because", sa.Text(), nullable=True))


def downgrade() -> None:
    """Forget the reasons."""
    op.drop_column("questionnaire_version", "withdrawn_because")
