"""Let a round audit sampled consultations, each by two agencies."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the table; an organisation may now have a return for each consultation it audits.

    The wider rule lets everything in that the old one did: returns without a consultation have
    the number 0, and are still one for each organisation.
    """
    op.create_table(
        "sampled_consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("taker", sa.Text(), nullable=False),
        sa.Column("first_auditor_id", sa.Uuid(), nullable=False),
        sa.Column("second_auditor_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "number >= 1", name=op.f("ck_sampled_consultation_number_counts_from_one")
        ),
        sa.CheckConstraint(
            "first_auditor_id <> second_auditor_id",
            name=op.f("ck_sampled_consultation_two_auditors"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_sampled_consultation_{column}"),
                ondelete="RESTRICT",
            )
            for column, table in (
                ("cycle_id", "cycle"),
                ("first_auditor_id", "organisation"),
                ("second_auditor_id", "organisation"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampled_consultation")),
        sa.UniqueConstraint(
            "cycle_id", "number", name=op.f("uq_sampled_consultation_cycle_id_number")
        ),
    )
    for column in ("first_auditor_id", "second_auditor_id"):
        op.create_index(op.f(f"ix_sampled_consultation_{column}"), "sampled_consultation", [column])
    with op.batch_alter_table("audit_return") as batch:
        batch.add_column(sa.Column("consultation_id", sa.Uuid(), nullable=True))
        batch.add_column(
            sa.Column("consultation_number", sa.Integer(), server_default="0", nullable=False)
        )
        batch.create_foreign_key(
            op.f("fk_audit_return_consultation_id"),
            "sampled_consultation",
            ["consultation_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.create_check_constraint(
            op.f("ck_audit_return_consultation_has_number"),
            "(consultation_id IS NULL) = (consultation_number = 0)",
        )
        batch.drop_constraint(op.f("uq_audit_return_cycle_id_organisation_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_audit_return_cycle_id_organisation_id_consultation_number"),
            ["cycle_id", "organisation_id", "consultation_number"],
        )
        batch.create_index(op.f("ix_audit_return_consultation_id"), ["consultation_id"])


def downgrade() -> None:
    """Drop them; refused where an organisation has more than one return in a round."""
    with op.batch_alter_table("audit_return") as batch:
        batch.drop_index(op.f("ix_audit_return_consultation_id"))
        batch.drop_constraint(
            op.f("uq_audit_return_cycle_id_organisation_id_consultation_number"), type_="unique"
        )
        batch.create_unique_constraint(
            op.f("uq_audit_return_cycle_id_organisation_id"), ["cycle_id", "organisation_id"]
        )
        batch.drop_constraint(op.f("ck_audit_return_consultation_has_number"), type_="check")
        batch.drop_constraint(op.f("fk_audit_return_consultation_id"), type_="foreignkey")
        batch.drop_column("consultation_number")
        batch.drop_column("consultation_id")
    op.drop_table("sampled_consultation")
