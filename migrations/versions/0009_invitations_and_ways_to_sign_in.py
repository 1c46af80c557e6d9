"""Make the tables of invitations and of every way to sign in but the password."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables."""
    op.add_column("person", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sign_in", sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sign_in", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sign_in", sa.Column("method", sa.Text(), nullable=True))
    op.add_column("sign_in", sa.Column("address_hash", sa.Text(), nullable=True))
    op.add_column("sign_in", sa.Column("browser", sa.Text(), nullable=True))
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("partnership_id", sa.Uuid(), nullable=True),
        sa.Column("locality_id", sa.Uuid(), nullable=True),
        sa.Column("invited_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_count", sa.Integer(), nullable=False),
        sa.Column("last_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_id", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(organisation_id IS NOT NULL OR group_id IS NOT NULL) = "
            "(role IN ('contributor', 'designated_lead', 'signatory'))",
            name=op.f("ck_invitation_organisation_fits_role"),
        ),
        sa.CheckConstraint(
            "(partnership_id IS NOT NULL) = (role IN ('board_member', 'coordinator', 'moderator'))",
            name=op.f("ck_invitation_partnership_fits_role"),
        ),
        sa.CheckConstraint(
            "locality_id IS NULL OR role = 'moderator'",
            name=op.f("ck_invitation_locality_fits_role"),
        ),
        sa.CheckConstraint(
            "role IN ('contributor', 'designated_lead', 'signatory', 'moderator', 'board_member', "
            "'coordinator', 'administrator')",
            name=op.f("ck_invitation_role_is_known"),
        ),
        sa.CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by_id IS NULL)",
            name=op.f("ck_invitation_accepted_by_somebody"),
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR revoked_at IS NULL", name=op.f("ck_invitation_one_ending")
        ),
        sa.CheckConstraint(
            "created_at < expires_at", name=op.f("ck_invitation_expires_after_created")
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_invitation_email_is_lower_case")),
        sa.CheckConstraint(
            "organisation_id IS NULL OR group_id IS NULL", name=op.f("ck_invitation_one_place")
        ),
        sa.CheckConstraint("sent_count >= 0", name=op.f("ck_invitation_sent_count_not_negative")),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"],
            ["person.id"],
            name=op.f("fk_invitation_accepted_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["organisation_group.id"],
            name=op.f("fk_invitation_group_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["person.id"],
            name=op.f("fk_invitation_invited_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["locality_id"],
            ["locality.id"],
            name=op.f("fk_invitation_locality_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_invitation_partnership_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"],
            ["person.id"],
            name=op.f("fk_invitation_revoked_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_email"), "invitation", ["email"])
    op.create_index(op.f("ix_invitation_group_id"), "invitation", ["group_id"])
    op.create_index(op.f("ix_invitation_organisation_id"), "invitation", ["organisation_id"])
    op.create_index(op.f("ix_invitation_partnership_id"), "invitation", ["partnership_id"])
    op.create_table(
        "email_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("new_email", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(new_email IS NOT NULL) = (purpose = 'change_email')",
            name=op.f("ck_email_code_new_email_fits_purpose"),
        ),
        sa.CheckConstraint(
            "purpose IN ('sign_in', 'reset_password', 'change_email')",
            name=op.f("ck_email_code_purpose_is_known"),
        ),
        sa.CheckConstraint(
            "created_at < expires_at", name=op.f("ck_email_code_expires_after_created")
        ),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_email_code_tries_not_negative")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_email_code_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_code")),
    )
    op.create_index(op.f("ix_email_code_code_hash"), "email_code", ["code_hash"])
    op.create_index(
        op.f("ix_email_code_person_id_created_at"), "email_code", ["person_id", "created_at"]
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.Text(), nullable=False),
        sa.Column("extensions", sa.Text(), nullable=True),
        sa.Column("usage", sa.Text(), nullable=False),
        sa.Column("create_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lastuse_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_passkey_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_passkey_person_id_name")),
    )
    op.create_table(
        "oidc_identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_oidc_identity_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oidc_identity")),
        sa.UniqueConstraint(
            "issuer", "tenant", "subject", name=op.f("uq_oidc_identity_issuer_tenant_subject")
        ),
    )
    op.create_index(op.f("ix_oidc_identity_person_id"), "oidc_identity", ["person_id"])


def downgrade() -> None:
    """Drop them, with all they hold."""
    op.drop_table("oidc_identity")
    op.drop_table("passkey")
    op.drop_table("email_code")
    op.drop_table("invitation")
    op.drop_column("sign_in", "browser")
    op.drop_column("sign_in", "address_hash")
    op.drop_column("sign_in", "method")
    op.drop_column("sign_in", "proved_at")
    op.drop_column("sign_in", "last_used_at")
    op.drop_column("person", "left_at")
