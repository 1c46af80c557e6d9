"""Let rounds be extended, reopened, counted and chased."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the columns and tables."""
    op.add_column("cycle", sa.Column("contact_name", sa.Text(), nullable=True))
    op.add_column("cycle", sa.Column("contact_email", sa.Text(), nullable=True))
    op.add_column("cycle", sa.Column("contact_telephone", sa.Text(), nullable=True))
    op.add_column("cycle", sa.Column("texts", sa.JSON(), nullable=True))
    op.add_column("cycle", sa.Column("reminders", sa.JSON(), nullable=True))
    op.add_column("cycle", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cycle", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cycle", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("audit_return") as batch:
        batch.add_column(sa.Column("submitted_on_behalf_of", sa.Text(), nullable=True))
        batch.add_column(sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("extended_by_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("extension_reason", sa.Text(), nullable=True))
        batch.add_column(sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("reopened_by_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("reopen_reason", sa.Text(), nullable=True))
        batch.add_column(
            sa.Column("added_late", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch.create_foreign_key(
            op.f("fk_audit_return_extended_by_id"),
            "person",
            ["extended_by_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.create_foreign_key(
            op.f("fk_audit_return_reopened_by_id"),
            "person",
            ["reopened_by_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.create_check_constraint(
            op.f("ck_audit_return_extension_has_reason"),
            "extended_at IS NULL OR extension_reason IS NOT NULL",
        )
        batch.create_check_constraint(
            op.f("ck_audit_return_reopening_has_reason"),
            "reopened_at IS NULL OR reopen_reason IS NOT NULL",
        )
    op.create_table(
        "return_progress",
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("last_worked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_worked_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "answered >= 0 AND answered <= asked", name=op.f("ck_return_progress_answered_of_asked")
        ),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_return_progress_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["last_worked_by_id"],
            ["person.id"],
            name=op.f("fk_return_progress_last_worked_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("audit_return_id", name=op.f("pk_return_progress")),
    )
    op.create_table(
        "chasing_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "step IN ('reminder', 'telephone', 'letter', 'formal_request')",
            name=op.f("ck_chasing_step_step_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_chasing_step_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_chasing_step_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chasing_step")),
    )
    op.create_index(
        op.f("ix_chasing_step_audit_return_id_at"), "chasing_step", ["audit_return_id", "at"]
    )
    op.create_index(op.f("ix_history_by_id_at"), "history", ["by_id", "at"])


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_index(op.f("ix_history_by_id_at"), "history")
    op.drop_table("chasing_step")
    op.drop_table("return_progress")
    with op.batch_alter_table("audit_return") as batch:
        batch.drop_constraint(op.f("ck_audit_return_reopening_has_reason"), type_="check")
        batch.drop_constraint(op.f("ck_audit_return_extension_has_reason"), type_="check")
        batch.drop_constraint(op.f("fk_audit_return_reopened_by_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_audit_return_extended_by_id"), type_="foreignkey")
        batch.drop_column("added_late")
        batch.drop_column("reopen_reason")
        batch.drop_column("reopened_by_id")
        batch.drop_column("reopened_at")
        batch.drop_column("extension_reason")
        batch.drop_column("extended_by_id")
        batch.drop_column("extended_at")
        batch.drop_column("submitted_on_behalf_of")
    op.drop_column("cycle", "archived_at")
    op.drop_column("cycle", "closed_at")
    op.drop_column("cycle", "opened_at")
    op.drop_column("cycle", "reminders")
    op.drop_column("cycle", "texts")
    op.drop_column("cycle", "contact_telephone")
    op.drop_column("cycle", "contact_email")
    op.drop_column("cycle", "contact_name")
