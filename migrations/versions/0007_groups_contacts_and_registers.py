"""Make groups and contacts, and say of each organisation what its register says."""

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ORGANISATION = sa.table(
    "organisation",
    sa.column("id", sa.Uuid()),
    sa.column("group_id", sa.Uuid()),
    sa.column("group_name", sa.Text()),
)
GROUP = sa.table("organisation_group", sa.column("id", sa.Uuid()), sa.column("name", sa.Text()))


def upgrade() -> None:
    """Make the tables, and a group of each name that organisations were grouped under."""
    op.create_table(
        "organisation_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("registered_person_urn", sa.Text(), nullable=True),
        sa.Column("trust_uid", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_group")),
        sa.UniqueConstraint(
            "registered_person_urn", name=op.f("uq_organisation_group_registered_person_urn")
        ),
        sa.UniqueConstraint("trust_uid", name=op.f("uq_organisation_group_trust_uid")),
    )
    op.create_index(op.f("ix_organisation_group_name"), "organisation_group", ["name"])
    with op.batch_alter_table("organisation") as batch:
        batch.add_column(sa.Column("group_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("register", sa.Text(), nullable=True))
        batch.add_column(sa.Column("provider_type", sa.Text(), nullable=True))
        batch.add_column(sa.Column("provider_subtype", sa.Text(), nullable=True))
        batch.add_column(sa.Column("provider_status", sa.Text(), nullable=True))
        batch.add_column(sa.Column("registers_held", sa.Text(), nullable=True))
        batch.add_column(sa.Column("address_line_1", sa.Text(), nullable=True))
        batch.add_column(sa.Column("address_line_2", sa.Text(), nullable=True))
        batch.add_column(sa.Column("address_line_3", sa.Text(), nullable=True))
        batch.add_column(sa.Column("postcode", sa.Text(), nullable=True))
        batch.add_column(sa.Column("telephone", sa.Text(), nullable=True))
        batch.add_column(sa.Column("email", sa.Text(), nullable=True))
        batch.add_column(sa.Column("last_seen_in_register_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("places", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_organisation_group_id"),
            "organisation_group",
            ["group_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.create_check_constraint(
            op.f("ck_organisation_register_is_known"), "register IN ('ofsted', 'gias')"
        )
        batch.create_check_constraint(op.f("ck_organisation_places_not_negative"), "places >= 0")
    op.create_index(op.f("ix_organisation_group_id"), "organisation", ["group_id"])
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("role_in_words", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_contact_email_is_lower_case")),
        sa.CheckConstraint(
            "until IS NULL OR until >= since", name=op.f("ck_contact_until_after_since")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contact_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_email"), "contact", ["email"])
    op.create_index(op.f("ix_contact_organisation_id"), "contact", ["organisation_id"])
    connection = op.get_bind()
    named = sa.select(ORGANISATION.c.group_name).where(ORGANISATION.c.group_name.is_not(None))
    for name in connection.scalars(named.distinct().order_by(ORGANISATION.c.group_name)).all():
        group_id = uuid4()
        connection.execute(sa.insert(GROUP).values(id=group_id, name=name))
        connection.execute(
            sa.update(ORGANISATION)
            .where(ORGANISATION.c.group_name == name)
            .values(group_id=group_id)
        )


def downgrade() -> None:
    """Write the groups' names back to their organisations, and drop the rest."""
    name = sa.select(GROUP.c.name).where(GROUP.c.id == ORGANISATION.c.group_id).scalar_subquery()
    op.execute(
        sa.update(ORGANISATION).where(ORGANISATION.c.group_id.is_not(None)).values(group_name=name)
    )
    op.drop_table("contact")
    op.drop_index(op.f("ix_organisation_group_id"), "organisation")
    with op.batch_alter_table("organisation") as batch:
        batch.drop_constraint(op.f("ck_organisation_places_not_negative"), type_="check")
        batch.drop_constraint(op.f("ck_organisation_register_is_known"), type_="check")
        batch.drop_constraint(op.f("fk_organisation_group_id"), type_="foreignkey")
        batch.drop_column("places")
        batch.drop_column("last_seen_in_register_on")
        batch.drop_column("email")
        batch.drop_column("telephone")
        batch.drop_column("postcode")
        batch.drop_column("address_line_3")
        batch.drop_column("address_line_2")
        batch.drop_column("address_line_1")
        batch.drop_column("registers_held")
        batch.drop_column("provider_status")
        batch.drop_column("provider_subtype")
        batch.drop_column("provider_type")
        batch.drop_column("register")
        batch.drop_column("group_id")
    op.drop_table("organisation_group")
