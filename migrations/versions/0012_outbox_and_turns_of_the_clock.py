"""Make of the outgoing messages an outbox, and note the turns of the clock."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the columns and the table; messages written before get a Message-ID."""
    op.add_column("outgoing_message", sa.Column("partnership_id", sa.Uuid(), nullable=True))
    op.add_column("outgoing_message", sa.Column("audit_return_id", sa.Uuid(), nullable=True))
    op.add_column("outgoing_message", sa.Column("to_person_id", sa.Uuid(), nullable=True))
    op.add_column("outgoing_message", sa.Column("message_id", sa.Text(), nullable=True))
    op.add_column("outgoing_message", sa.Column("dedup_key", sa.Text(), nullable=True))
    op.add_column("outgoing_message", sa.Column("created_by_id", sa.Uuid(), nullable=True))
    op.add_column("outgoing_message", sa.Column("lease_token", sa.Text(), nullable=True))
    op.add_column(
        "outgoing_message", sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("outgoing_message", sa.Column("sender", sa.Text(), nullable=True))
    op.add_column("outgoing_message", sa.Column("sender_reference", sa.Text(), nullable=True))
    op.add_column(
        "outgoing_message", sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "outgoing_message", sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("outgoing_message", sa.Column("bounce", sa.Text(), nullable=True))
    op.execute(
        "UPDATE outgoing_message "
        "SET message_id = '<' || CAST(id AS TEXT) || '@section-11-audit.invalid>'"
    )
    with op.batch_alter_table("outgoing_message") as batch:
        batch.alter_column("message_id", existing_type=sa.Text(), nullable=False)
        batch.create_unique_constraint(op.f("uq_outgoing_message_message_id"), ["message_id"])
        batch.create_unique_constraint(op.f("uq_outgoing_message_dedup_key"), ["dedup_key"])
        batch.create_foreign_key(
            op.f("fk_outgoing_message_partnership_id"),
            "partnership",
            ["partnership_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.create_foreign_key(
            op.f("fk_outgoing_message_audit_return_id"),
            "audit_return",
            ["audit_return_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.create_foreign_key(
            op.f("fk_outgoing_message_to_person_id"),
            "person",
            ["to_person_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.create_foreign_key(
            op.f("fk_outgoing_message_created_by_id"),
            "person",
            ["created_by_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.create_check_constraint(
            op.f("ck_outgoing_message_sender_is_known"), "sender IN ('smtp', 'notify', 'file')"
        )
        batch.create_check_constraint(
            op.f("ck_outgoing_message_one_outcome"), "sent_at IS NULL OR failed_at IS NULL"
        )
        batch.create_check_constraint(
            op.f("ck_outgoing_message_failure_says_why"), "failed_at IS NULL OR failure IS NOT NULL"
        )
        batch.create_check_constraint(
            op.f("ck_outgoing_message_attempts_not_negative"), "attempts >= 0"
        )
    op.create_index(
        op.f("ix_outgoing_message_audit_return_id"), "outgoing_message", ["audit_return_id"]
    )
    op.create_index(
        op.f("ix_outgoing_message_partnership_id_created_at"),
        "outgoing_message",
        ["partnership_id", "created_at"],
    )
    op.create_index(op.f("ix_outgoing_message_to_address"), "outgoing_message", ["to_address"])
    op.create_table(
        "job_tick",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", "slot", name=op.f("pk_job_tick")),
    )
    op.create_index(op.f("ix_job_tick_begun_at"), "job_tick", ["begun_at"])


def downgrade() -> None:
    """Drop them; the messages stay."""
    op.drop_table("job_tick")
    op.drop_index(op.f("ix_outgoing_message_audit_return_id"), "outgoing_message")
    op.drop_index(op.f("ix_outgoing_message_partnership_id_created_at"), "outgoing_message")
    op.drop_index(op.f("ix_outgoing_message_to_address"), "outgoing_message")
    with op.batch_alter_table("outgoing_message") as batch:
        batch.drop_constraint(op.f("ck_outgoing_message_attempts_not_negative"), type_="check")
        batch.drop_constraint(op.f("ck_outgoing_message_failure_says_why"), type_="check")
        batch.drop_constraint(op.f("ck_outgoing_message_one_outcome"), type_="check")
        batch.drop_constraint(op.f("ck_outgoing_message_sender_is_known"), type_="check")
        batch.drop_constraint(op.f("fk_outgoing_message_created_by_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_outgoing_message_to_person_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_outgoing_message_audit_return_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_outgoing_message_partnership_id"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_outgoing_message_dedup_key"), type_="unique")
        batch.drop_constraint(op.f("uq_outgoing_message_message_id"), type_="unique")
        batch.drop_column("bounce")
        batch.drop_column("bounced_at")
        batch.drop_column("failed_at")
        batch.drop_column("sender_reference")
        batch.drop_column("sender")
        batch.drop_column("handed_over_at")
        batch.drop_column("lease_token")
        batch.drop_column("created_by_id")
        batch.drop_column("dedup_key")
        batch.drop_column("message_id")
        batch.drop_column("to_person_id")
        batch.drop_column("audit_return_id")
        batch.drop_column("partnership_id")
