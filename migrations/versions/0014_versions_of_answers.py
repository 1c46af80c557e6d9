"""Keep every version of an answer, and the answers as they were submitted."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the columns and tables."""
    op.add_column("answer", sa.Column("on_behalf_of", sa.Text(), nullable=True))
    # Said with the column and not of the table: SQLite then need not copy millions of answers.
    op.execute(
        "ALTER TABLE answer ADD COLUMN channel TEXT CONSTRAINT ck_answer_channel_is_known "
        "CHECK (channel IN ('telephone', 'meeting', 'paper', 'spreadsheet', 'api'))"
    )
    op.create_table(
        "answer_version",
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("commentary", sa.Text(), nullable=False),
        sa.Column("not_applicable", sa.Text(), nullable=True),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "channel IN ('telephone', 'meeting', 'paper', 'spreadsheet', 'api')",
            name=op.f("ck_answer_version_channel_is_known"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_answer_version_version_from_one")),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_answer_version_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_answer_version_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint(
            "audit_return_id", "question_id", "version", name=op.f("pk_answer_version")
        ),
    )
    op.create_index(op.f("ix_answer_version_by_id_at"), "answer_version", ["by_id", "at"])
    op.create_table(
        "submitted_answers",
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"],
            ["result.id"],
            name=op.f("fk_submitted_answers_result_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("result_id", name=op.f("pk_submitted_answers")),
    )


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_table("submitted_answers")
    op.drop_table("answer_version")
    op.drop_column("answer", "channel")
    op.drop_column("answer", "on_behalf_of")
