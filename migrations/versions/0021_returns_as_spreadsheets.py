"""Keep what a return that came back as a spreadsheet would change, until somebody says so."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "return_spreadsheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_by_id", sa.Uuid(), nullable=True),
        sa.Column("saved", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "(applied_at IS NULL) = (saved IS NULL)",
            name=op.f("ck_return_spreadsheet_applied_says_what"),
        ),
        sa.ForeignKeyConstraint(
            ["applied_by_id"],
            ["person.id"],
            name=op.f("fk_return_spreadsheet_applied_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_return_spreadsheet_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["person.id"],
            name=op.f("fk_return_spreadsheet_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_spreadsheet")),
    )
    op.create_index(
        op.f("ix_return_spreadsheet_audit_return_id_at"),
        "return_spreadsheet",
        ["audit_return_id", "at"],
    )


def downgrade() -> None:
    """Forget the files that came back; the answers that were saved from them stay."""
    op.drop_table("return_spreadsheet")
