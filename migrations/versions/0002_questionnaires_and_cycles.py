"""Make the tables of questionnaires and cycles."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "questionnaire_version",
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("content_hash", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_questionnaire_version_name_version")),
    )
    op.create_table(
        "cycle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("previous_cycle_id", sa.Uuid(), nullable=True),
        sa.Column("scope", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'open', 'closed', 'archived')",
            name=op.f("ck_cycle_state_is_known"),
        ),
        sa.CheckConstraint(
            "closes_at IS NULL OR due_at <= closes_at", name=op.f("ck_cycle_due_before_closes")
        ),
        sa.CheckConstraint("opens_at < due_at", name=op.f("ck_cycle_opens_before_due")),
        sa.ForeignKeyConstraint(
            ["content_hash"],
            ["questionnaire_version.content_hash"],
            name=op.f("fk_cycle_content_hash"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_cycle_partnership_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["previous_cycle_id"],
            ["cycle.id"],
            name=op.f("fk_cycle_previous_cycle_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
    )
    op.create_index(op.f("ix_cycle_partnership_id_year"), "cycle", ["partnership_id", "year"])


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_table("cycle")
    op.drop_table("questionnaire_version")
