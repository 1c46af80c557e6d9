"""Let a result have negative points, as the levels of a question can."""

from collections.abc import Sequence

from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RECORDED = ("result", "result_section")


def upgrade() -> None:
    """Ask of points only that they are no more than could be had."""
    change('points <= "of"')


def downgrade() -> None:
    """Ask again that they are not negative; refused while one is, for none is falsified."""
    change('points >= 0 AND points <= "of"')


def change(condition: str) -> None:
    """Put another condition in the place of the one that stands.

    SQLite changes a table by making it anew, which loses the triggers that protect it.
    """
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in RECORDED:
        name = op.f(f"ck_{table}_points_within_of")
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(name, type_="check")
            batch.create_check_constraint(name, condition)
        for deed in ("update", "delete") if is_sqlite else ():
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{deed} BEFORE {deed.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or removed'); END"
            )
