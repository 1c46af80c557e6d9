"""Let versions of answers be added to, and never changed or removed."""

from collections.abc import Sequence

from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEPT = ("answer_version", "submitted_answers")


def upgrade() -> None:
    """Have the database itself refuse, whoever asks."""
    if op.get_bind().dialect.name == "postgresql":
        for table in KEPT:
            op.execute(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
    else:
        for table in KEPT:
            for deed in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{deed} BEFORE {deed.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or removed'); "
                    "END"
                )


def downgrade() -> None:
    """Let them be changed again."""
    if op.get_bind().dialect.name == "postgresql":
        for table in KEPT:
            op.execute(f"DROP TRIGGER {table}_never_changes ON {table}")
            op.execute(f"DROP TRIGGER {table}_is_never_emptied ON {table}")
    else:
        for table in KEPT:
            for deed in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_refuses_{deed}")
