"""Note whose signature a round takes, and when a return came again with changes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the columns; rounds so far take the signature that their questionnaire says."""
    with op.batch_alter_table("cycle") as batch:
        batch.add_column(sa.Column("signed_by", sa.Text(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_cycle_signed_by_is_known"), "signed_by IN ('lead', 'signatory')"
        )
    with op.batch_alter_table("audit_return") as batch:
        batch.add_column(sa.Column("sent_again_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("sent_again_by_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_audit_return_sent_again_by_id"),
            "person",
            ["sent_again_by_id"],
            ["id"],
            ondelete="RESTRICT",
        )


def downgrade() -> None:
    """Forget both."""
    with op.batch_alter_table("audit_return") as batch:
        batch.drop_constraint(op.f("fk_audit_return_sent_again_by_id"), type_="foreignkey")
        batch.drop_column("sent_again_by_id")
        batch.drop_column("sent_again_at")
    with op.batch_alter_table("cycle") as batch:
        batch.drop_constraint(op.f("ck_cycle_signed_by_is_known"), type_="check")
        batch.drop_column("signed_by")
