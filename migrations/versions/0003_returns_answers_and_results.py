"""Make the tables of returns, their answers and their results."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audit_return",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=True),
        sa.Column("validated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exempt_reason", sa.Text(), nullable=True),
        sa.Column("standing_result_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'exempt' OR exempt_reason IS NOT NULL",
            name=op.f("ck_audit_return_exempt_has_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('not_started', 'in_progress', 'awaiting_sign_off', "
            "'submitted', 'in_moderation', 'changes_requested', 'validated', "
            "'exempt', 'closed_unreturned')",
            name=op.f("ck_audit_return_state_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["content_hash"],
            ["questionnaire_version.content_hash"],
            name=op.f("fk_audit_return_content_hash"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_audit_return_cycle_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_audit_return_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"],
            ["person.id"],
            name=op.f("fk_audit_return_submitted_by_id"),
            ondelete="RESTRICT",
        ),
        # The results come after the returns: PostgreSQL is told of this one further down.
        sa.ForeignKeyConstraint(
            ["standing_result_id"],
            ["result.id"],
            name=op.f("fk_audit_return_standing_result_id"),
            ondelete="RESTRICT",
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_return")),
        sa.UniqueConstraint(
            "cycle_id", "organisation_id", name=op.f("uq_audit_return_cycle_id_organisation_id")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_audit_return_reference")),
    )
    op.create_index(op.f("ix_audit_return_organisation_id"), "audit_return", ["organisation_id"])
    op.create_index(
        op.f("ix_audit_return_standing_result_id"), "audit_return", ["standing_result_id"]
    )
    op.create_table(
        "answer",
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("self_rating", sa.Text(), nullable=True),
        sa.Column("commentary", sa.Text(), nullable=False),
        sa.Column("not_applicable", sa.Text(), nullable=True),
        sa.Column("validated_rating", sa.Text(), nullable=True),
        sa.Column("validated_reason", sa.Text(), nullable=True),
        sa.Column("validated_not_applicable", sa.Text(), nullable=True),
        sa.Column("validated_by_id", sa.Uuid(), nullable=True),
        sa.Column("validated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "validated_not_applicable IN ('accepted', 'rejected')",
            name=op.f("ck_answer_validated_not_applicable_is_known"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_answer_version_from_one")),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_answer_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name=op.f("fk_answer_saved_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["validated_by_id"],
            ["person.id"],
            name=op.f("fk_answer_validated_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("audit_return_id", "question_id", name=op.f("pk_answer")),
    )
    op.create_table(
        "result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("method_version", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("overall_rating", sa.Text(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "overall_rating IN ('red', 'amber', 'green', 'not_applicable')",
            name=op.f("ck_result_overall_rating_is_known"),
        ),
        sa.CheckConstraint(
            "stage IN ('submitted', 'closed', 'validated')", name=op.f("ck_result_stage_is_known")
        ),
        sa.CheckConstraint(
            'points >= 0 AND points <= "of"', name=op.f("ck_result_points_within_of")
        ),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_result_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["content_hash"],
            ["questionnaire_version.content_hash"],
            name=op.f("fk_result_content_hash"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_result_recorded_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint(
            "audit_return_id", "number", name=op.f("uq_result_audit_return_id_number")
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key(
            op.f("fk_audit_return_standing_result_id"),
            "audit_return",
            "result",
            ["standing_result_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    op.create_table(
        "result_section",
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("of", sa.BigInteger(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("applicable", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rating IN ('red', 'amber', 'green', 'not_applicable')",
            name=op.f("ck_result_section_rating_is_known"),
        ),
        sa.CheckConstraint(
            "answered >= 0 AND answered <= applicable",
            name=op.f("ck_result_section_answered_of_applicable"),
        ),
        sa.CheckConstraint(
            'points >= 0 AND points <= "of"', name=op.f("ck_result_section_points_within_of")
        ),
        sa.ForeignKeyConstraint(
            ["result_id"],
            ["result.id"],
            name=op.f("fk_result_section_result_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("result_id", "section_id", name=op.f("pk_result_section")),
    )
    op.create_table(
        "result_area",
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "rating IN ('red', 'amber', 'green', 'not_applicable')",
            name=op.f("ck_result_area_rating_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["result_id"], ["result.id"], name=op.f("fk_result_area_result_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("result_id", "area_id", name=op.f("pk_result_area")),
    )
    op.create_table(
        "reference_number",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_reference_number")),
    )


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_table("reference_number")
    op.drop_table("result_area")
    op.drop_table("result_section")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("fk_audit_return_standing_result_id"), "audit_return")
    op.drop_table("result")
    op.drop_table("answer")
    op.drop_table("audit_return")
