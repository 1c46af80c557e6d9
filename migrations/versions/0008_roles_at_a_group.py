"""Let a role be held at a group of organisations."""

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

AT_ORGANISATION = "'contributor', 'designated_lead', 'signatory'"

HOLDING = sa.table(
    "holding",
    sa.column("id", sa.Uuid()),
    sa.column("person_id", sa.Uuid()),
    sa.column("role", sa.Text()),
    sa.column("organisation_id", sa.Uuid()),
    sa.column("group_id", sa.Uuid()),
    sa.column("since", sa.DateTime(timezone=True)),
    sa.column("until", sa.DateTime(timezone=True)),
)
ORGANISATION = sa.table(
    "organisation", sa.column("id", sa.Uuid()), sa.column("group_id", sa.Uuid())
)


def upgrade() -> None:
    """Make the place, and hold each role to one place."""
    with op.batch_alter_table("holding") as batch:
        batch.add_column(sa.Column("group_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_holding_group_id"),
            "organisation_group",
            ["group_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.drop_constraint(op.f("ck_holding_organisation_fits_role"), type_="check")
        batch.create_check_constraint(
            op.f("ck_holding_organisation_fits_role"),
            "(organisation_id IS NOT NULL OR group_id IS NOT NULL) = "
            f"(role IN ({AT_ORGANISATION}))",
        )
        batch.create_check_constraint(
            op.f("ck_holding_one_place"), "organisation_id IS NULL OR group_id IS NULL"
        )
    op.create_index(op.f("ix_holding_group_id"), "holding", ["group_id"])


def downgrade() -> None:
    """Give each role at a group to its holder at every organisation of the group instead."""
    connection = op.get_bind()
    at_groups = sa.select(HOLDING, ORGANISATION.c.id.label("at")).join(
        ORGANISATION, ORGANISATION.c.group_id == HOLDING.c.group_id
    )
    for held in connection.execute(at_groups).mappings().all():
        at_each = {name: held[name] for name in ("person_id", "role", "since", "until")}
        connection.execute(
            sa.insert(HOLDING).values(id=uuid4(), organisation_id=held["at"], **at_each)
        )
    connection.execute(sa.delete(HOLDING).where(HOLDING.c.group_id.is_not(None)))
    op.drop_index(op.f("ix_holding_group_id"), "holding")
    with op.batch_alter_table("holding") as batch:
        batch.drop_constraint(op.f("ck_holding_one_place"), type_="check")
        batch.drop_constraint(op.f("ck_holding_organisation_fits_role"), type_="check")
        batch.drop_constraint(op.f("fk_holding_group_id"), type_="foreignkey")
        batch.drop_column("group_id")
        batch.create_check_constraint(
            op.f("ck_holding_organisation_fits_role"),
            f"(organisation_id IS NOT NULL) = (role IN ({AT_ORGANISATION}))",
        )
