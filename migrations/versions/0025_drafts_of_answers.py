"""Keep what was typed and not saved, and from which page an answer was saved."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "answer_draft",
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=True),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_answer_draft_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_answer_draft_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "audit_return_id", "question_id", "person_id", name=op.f("pk_answer_draft")
        ),
    )
    op.create_index(op.f("ix_answer_draft_person_id"), "answer_draft", ["person_id"])
    op.create_index(op.f("ix_answer_draft_typed_at"), "answer_draft", ["typed_at"])
    op.add_column("answer", sa.Column("saved_from", sa.Text(), nullable=True))


def downgrade() -> None:
    """Forget what was typed and not saved, and the pages."""
    op.drop_column("answer", "saved_from")
    op.drop_table("answer_draft")
