"""Who is asked: agencies, settings and their groups, where they belong, and whom to write to."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from audit_app.core.organisations import KINDS
from audit_app.storage.base import Addressed, Base, ExactJson, one_of
from audit_app.storage.models.partnership import Locality, Partnership

REGISTERS = ("ofsted", "gias")
"""The public registers that an organisation can have been found in."""


class OrganisationGroup(Addressed, Base):
    """A registered person or a trust that answers for several organisations.

    Its people see them all on one page. A name alone does not make two groups one.
    """

    __tablename__ = "organisation_group"
    __table_args__ = (Index(None, "name"),)

    name: Mapped[str]
    registered_person_urn: Mapped[str | None] = mapped_column(unique=True)
    trust_uid: Mapped[str | None] = mapped_column(unique=True)

    organisations: Mapped[list["Organisation"]] = relationship(
        back_populates="group", order_by="Organisation.name", viewonly=True
    )


class Organisation(Addressed, Base):
    """An agency or a setting. Its URN is text, because real ones begin with letters and noughts.

    The columns from `register` to `places` say what a register wrote, in its own words. A
    childminder's address is a home: it is left empty, as the register leaves it. `group_name` is
    what earlier versions of the service read; the group is now a record of its own. `answers_for`
    are the owners named by reviews (questionnaires/sources/owners.yaml) that it is.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        one_of("kind", tuple(KINDS)),
        one_of("register", REGISTERS),
        CheckConstraint("places >= 0", name="places_not_negative"),
        Index(None, "name"),
        Index(None, "group_id"),
    )

    name: Mapped[str]
    kind: Mapped[str]
    urn: Mapped[str | None] = mapped_column(unique=True)
    group_name: Mapped[str | None]
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisation_group.id", ondelete="RESTRICT")
    )
    register: Mapped[str | None]
    last_seen_in_register_on: Mapped[date | None]
    provider_type: Mapped[str | None]
    provider_subtype: Mapped[str | None]
    provider_status: Mapped[str | None]
    registers_held: Mapped[str | None]
    places: Mapped[int | None]
    address_line_1: Mapped[str | None]
    address_line_2: Mapped[str | None]
    address_line_3: Mapped[str | None]
    town: Mapped[str | None]
    postcode: Mapped[str | None]
    telephone: Mapped[str | None]
    email: Mapped[str | None]
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    answers_for: Mapped[list[str] | None] = mapped_column(ExactJson)

    group: Mapped[OrganisationGroup | None] = relationship(back_populates="organisations")
    belongings: Mapped[list["Belonging"]] = relationship(
        back_populates="organisation", order_by="Belonging.partnership_id"
    )
    contacts: Mapped[list["Contact"]] = relationship(
        order_by="Contact.since, Contact.id", viewonly=True
    )


class Belonging(Base):
    """That an organisation belongs to a partnership, and in which of its localities."""

    __tablename__ = "belonging"
    __table_args__ = (Index(None, "partnership_id", "locality_id"),)

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), primary_key=True
    )
    partnership_id: Mapped[UUID] = mapped_column(
        ForeignKey("partnership.id", ondelete="RESTRICT"), primary_key=True
    )
    locality_id: Mapped[UUID | None] = mapped_column(ForeignKey("locality.id", ondelete="RESTRICT"))

    organisation: Mapped[Organisation] = relationship(back_populates="belongings")
    partnership: Mapped[Partnership] = relationship()
    locality: Mapped[Locality | None] = relationship()


class Contact(Addressed, Base):
    """One named contact, with what they are there in words. Being one gives no access."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        Index(None, "organisation_id"),
        Index(None, "email"),
    )

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT")
    )
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    name: Mapped[str]
    email: Mapped[str | None]
    telephone: Mapped[str | None]
    role_in_words: Mapped[str] = mapped_column(default="")
    since: Mapped[date]
    until: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship()

    @validates("email")
    def in_lower_case(self, _key: str, email: str | None) -> str | None:
        """Keep one spelling of an address, so that it can be found among people's."""
        return None if email is None else email.strip().lower()
