"""Keep the counts that the board's figures are read from, and count what is there."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RATING = "rating IN ('red', 'amber', 'green', 'not_applicable', '')"
COME = "r.state IN ('submitted', 'in_moderation', 'changes_requested', 'validated')"
NOWHERE = {
    "sqlite": "'00000000000000000000000000000000'",
    "postgresql": "'00000000-0000-0000-0000-000000000000'::uuid",
}


def upgrade() -> None:
    """Make the tables and count every return."""
    op.create_table(
        "counted_return",
        sa.Column("audit_return_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("locality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("reds", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(RATING, name=op.f("ck_counted_return_rating_is_known")),
        sa.PrimaryKeyConstraint("audit_return_id", name=op.f("pk_counted_return")),
    )
    op.create_index(
        op.f("ix_counted_return_cycle_id_locality_id"),
        "counted_return",
        ["cycle_id", "locality_id"],
    )
    op.create_table(
        "return_count",
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("locality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.CheckConstraint(RATING, name=op.f("ck_return_count_rating_is_known")),
        sa.PrimaryKeyConstraint(
            "cycle_id", "locality_id", "kind", "state", "rating", name=op.f("pk_return_count")
        ),
    )
    op.create_table(
        "part_count",
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("part_id", sa.Text(), nullable=False),
        sa.Column("locality_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.CheckConstraint("part IN ('section', 'area')", name=op.f("ck_part_count_part_is_known")),
        sa.CheckConstraint(RATING, name=op.f("ck_part_count_rating_is_known")),
        sa.PrimaryKeyConstraint(
            "cycle_id", "part", "part_id", "locality_id", "rating", name=op.f("pk_part_count")
        ),
    )
    op.create_index(op.f("ix_audit_return_cycle_id_state"), "audit_return", ["cycle_id", "state"])
    _count_everything()


def downgrade() -> None:
    """Drop the counts; they follow from the records."""
    op.drop_index(op.f("ix_audit_return_cycle_id_state"), table_name="audit_return")
    op.drop_table("part_count")
    op.drop_table("return_count")
    op.drop_index(op.f("ix_counted_return_cycle_id_locality_id"), table_name="counted_return")
    op.drop_table("counted_return")


def _count_everything() -> None:
    nowhere = NOWHERE[op.get_bind().dialect.name]
    op.execute(
        f"""
        INSERT INTO counted_return
        SELECT r.id, r.cycle_id, coalesce(b.locality_id, {nowhere}), o.kind,
               CASE WHEN r.state = 'validated' THEN 'validated' WHEN {COME} THEN 'submitted'
                    WHEN r.state = 'exempt' THEN 'exempt' ELSE 'not_started' END,
               CASE WHEN {COME} AND r.submitted_at < r.due_at THEN true ELSE false END,
               coalesce(s.overall_rating, ''),
               (SELECT count(*) FROM result_section p
                 WHERE p.result_id = s.id AND p.rating = 'red'),
               s.id
          FROM audit_return r
          JOIN cycle c ON c.id = r.cycle_id
          JOIN organisation o ON o.id = r.organisation_id
          LEFT JOIN belonging b ON b.organisation_id = r.organisation_id
                               AND b.partnership_id = c.partnership_id
          LEFT JOIN result s ON s.id = r.standing_result_id AND {COME}
        """  # noqa: S608 - the words above and nothing else
    )
    op.execute(
        """
        INSERT INTO return_count
        SELECT cycle_id, locality_id, kind, state, rating, count(*),
               sum(CASE WHEN on_time THEN 1 ELSE 0 END)
          FROM counted_return GROUP BY cycle_id, locality_id, kind, state, rating
        """
    )
    for part in ("section", "area"):
        op.execute(
            f"""
            INSERT INTO part_count
            SELECT f.cycle_id, '{part}', p.{part}_id, f.locality_id, coalesce(p.rating, ''),
                   count(*)
              FROM counted_return f JOIN result_{part} p ON p.result_id = f.result_id
             GROUP BY f.cycle_id, p.{part}_id, f.locality_id, p.rating
            """  # noqa: S608 - the words above and nothing else
        )
