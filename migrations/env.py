"""Runs the migrations on the connection that `audit_app.storage.migrating` gives."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON
from sqlalchemy.types import TypeDecorator

from audit_app.storage.base import ByValue, UtcTime
from audit_app.storage.models import Base


def render_item(kind: str, item: Any, writing: AutogenContext) -> str | Literal[False]:
    """Write our column types as plain ones: a migration must not change when the program does."""
    if kind != "type":
        return False
    if isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, ByValue):
        return "sa.Text()"
    if isinstance(item, JSON):
        if "postgresql" not in item._variant_mapping:
            return "sa.JSON()"
        writing.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if isinstance(item, TypeDecorator):
        raise TypeError(f"say in migrations/env.py how {item!r} is written")
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
    # Both databases can undo a half-made table, so a migration happens as a whole or not at all.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
