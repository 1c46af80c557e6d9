"""Make the tables of actions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("audit_return_id", sa.Uuid(), nullable=True),
        sa.Column("question_id", sa.Text(), nullable=True),
        sa.Column("recommendation_id", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("by_when", sa.Date(), nullable=True),
        sa.Column("how_known", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("closing_words", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)",
            name=op.f("ck_action_ending_has_moment"),
        ),
        sa.CheckConstraint(
            "origin IN ('return', 'moderation', 'recommendation', 'organisation')",
            name=op.f("ck_action_origin_is_known"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'cancelled') OR "
            "(who IS NOT NULL AND by_when IS NOT NULL AND how_known IS NOT NULL)",
            name=op.f("ck_action_promise_is_whole"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'open', 'in_progress', 'done', 'closed', 'cancelled')",
            name=op.f("ck_action_status_is_known"),
        ),
        sa.CheckConstraint(
            "question_id IS NULL OR audit_return_id IS NOT NULL",
            name=op.f("ck_action_question_has_return"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_action_version_from_one")),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_action_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"],
            ["person.id"],
            name=op.f("fk_action_closed_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["person.id"],
            name=op.f("fk_action_created_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_action_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_action_partnership_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_audit_return_id"), "action", ["audit_return_id"])
    op.create_index(op.f("ix_action_organisation_id"), "action", ["organisation_id"])
    op.create_index(
        op.f("ix_action_partnership_id_status_by_when"),
        "action",
        ["partnership_id", "status", "by_when"],
    )
    op.create_table(
        "action_update",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("by_when", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'open', 'in_progress', 'done', 'closed', 'cancelled')",
            name=op.f("ck_action_update_status_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["action.id"],
            name=op.f("fk_action_update_action_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_action_update_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_update")),
    )
    op.create_index(op.f("ix_action_update_action_id_at"), "action_update", ["action_id", "at"])


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_table("action_update")
    op.drop_table("action")
