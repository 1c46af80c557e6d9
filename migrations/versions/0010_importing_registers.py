"""Make the tables of imports, their previews and their mapped columns."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "import_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'applied') = (applied_at IS NOT NULL)",
            name=op.f("ck_import_run_applied_has_moment"),
        ),
        sa.CheckConstraint(
            "layout IN ('ofsted', 'own', 'gias')", name=op.f("ck_import_run_layout_is_known")
        ),
        sa.CheckConstraint(
            "state IN ('previewed', 'applied', 'abandoned')",
            name=op.f("ck_import_run_state_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["applied_by_id"],
            ["person.id"],
            name=op.f("fk_import_run_applied_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_import_run_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_import_run_partnership_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_partnership_id_at"), "import_run", ["partnership_id", "at"])
    op.create_table(
        "import_row",
        sa.Column("import_run_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("urn", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('add', 'change', 'close', 'out_of_scope', 'refused')",
            name=op.f("ck_import_row_outcome_is_known"),
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('out_of_scope', 'refused') OR reason IS NOT NULL",
            name=op.f("ck_import_row_passed_over_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["import_run_id"],
            ["import_run.id"],
            name=op.f("fk_import_row_import_run_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_import_row_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("import_run_id", "position", name=op.f("pk_import_row")),
    )
    op.create_index(
        op.f("ix_import_row_import_run_id_outcome_position"),
        "import_row",
        ["import_run_id", "outcome", "position"],
    )
    op.create_table(
        "column_mapping",
        sa.Column("partnership_id", sa.Uuid(), nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "layout IN ('ofsted', 'own', 'gias')", name=op.f("ck_column_mapping_layout_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_column_mapping_partnership_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"],
            ["person.id"],
            name=op.f("fk_column_mapping_saved_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("partnership_id", "layout", name=op.f("pk_column_mapping")),
    )


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_table("column_mapping")
    op.drop_table("import_row")
    op.drop_table("import_run")
