"""Note who works on a return, who signs it, and what is to be changed in it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "section_assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_section_assignment_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_section_assignment_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_section_assignment_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_assignment")),
    )
    op.create_index(op.f("ix_section_assignment_person_id"), "section_assignment", ["person_id"])
    op.create_index(
        "uq_section_assignment_standing",
        "section_assignment",
        ["audit_return_id", "section_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "sign_off_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_of_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("role_in_words", sa.Text(), nullable=True),
        sa.Column("declaration", sa.Text(), nullable=True),
        sa.Column("result_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "decision <> 'declined' OR reason IS NOT NULL",
            name=op.f("ck_sign_off_request_declining_has_reason"),
        ),
        sa.CheckConstraint(
            "decision <> 'signed' OR "
            "(name IS NOT NULL AND role_in_words IS NOT NULL AND declaration IS NOT NULL)",
            name=op.f("ck_sign_off_request_signature_is_whole"),
        ),
        sa.CheckConstraint(
            "decision IN ('signed', 'declined', 'withdrawn')",
            name=op.f("ck_sign_off_request_decision_is_known"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_sign_off_request_decision_has_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_of_id"],
            ["person.id"],
            name=op.f("fk_sign_off_request_asked_of_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_sign_off_request_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["person.id"],
            name=op.f("fk_sign_off_request_decided_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"],
            ["person.id"],
            name=op.f("fk_sign_off_request_requested_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["result_id"],
            ["result.id"],
            name=op.f("fk_sign_off_request_result_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off_request")),
    )
    op.create_index(
        op.f("ix_sign_off_request_audit_return_id_requested_at"),
        "sign_off_request",
        ["audit_return_id", "requested_at"],
    )
    op.create_index(
        "uq_sign_off_request_open",
        "sign_off_request",
        ["audit_return_id"],
        unique=True,
        sqlite_where=sa.text("decision IS NULL"),
        postgresql_where=sa.text("decision IS NULL"),
    )
    op.create_table(
        "change_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_change_request_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_change_request_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"],
            ["person.id"],
            name=op.f("fk_change_request_resolved_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
    )
    op.create_index(
        op.f("ix_change_request_audit_return_id_at"), "change_request", ["audit_return_id", "at"]
    )
    op.create_index(
        "uq_change_request_open",
        "change_request",
        ["audit_return_id", "question_id"],
        unique=True,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "guard_count",
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kept >= 0 AND kept <= shown", name=op.f("ck_guard_count_kept_of_shown")
        ),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_guard_count_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("audit_return_id", "kind", name=op.f("pk_guard_count")),
    )
    op.create_table(
        "working_now",
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_return_id"],
            ["audit_return.id"],
            name=op.f("fk_working_now_audit_return_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_working_now_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("audit_return_id", "person_id", name=op.f("pk_working_now")),
    )
    op.create_index(op.f("ix_working_now_seen_at"), "working_now", ["seen_at"])


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_table("working_now")
    op.drop_table("guard_count")
    op.drop_table("change_request")
    op.drop_table("sign_off_request")
    op.drop_table("section_assignment")
