"""Organisations, as far as the person asking may see them, and as an import must know them."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from audit_app.storage.models import (
    Belonging,
    Locality,
    Organisation,
    OrganisationGroup,
    Partnership,
    Person,
)
from audit_app.storage.queries.paging import PER_PAGE, Page, page_of
from audit_app.storage.queries.scoping import may_see_organisation, own_organisations

AT_ONCE = 500
"""How many values one statement is given; databases set a limit to it."""


def organisations_of(
    session: Session,
    person: Person,
    partnership: Partnership,
    *,
    search: str = "",
    kinds: Collection[str] = (),
    provider_types: Collection[str] = (),
    locality_id: UUID | None = None,
    without_locality: bool = False,
    group_id: UUID | None = None,
    is_open: bool | None = None,
    page: int = 1,
    size: int = PER_PAGE,
) -> Page[Organisation]:
    """Give a partnership's organisations that the person reaches, by name, with their groups.

    `search` looks in the name, the URN, the postcode and the group's name. Belongings are loaded
    with their localities, this partnership's only.
    """
    statement = (
        select(Organisation)
        .join(Organisation.belongings)
        .outerjoin(Locality, Locality.id == Belonging.locality_id)
        .outerjoin(Organisation.group)
        .where(Belonging.partnership_id == partnership.id, may_see_organisation(person))
        .options(
            contains_eager(Organisation.belongings).contains_eager(Belonging.locality),
            contains_eager(Organisation.group),
        )
        .order_by(func.lower(Organisation.name), Organisation.id)
        .execution_options(populate_existing=True)
    )
    if search.strip():
        statement = statement.where(_is_found_by(search.strip().lower()))
    if kinds:
        statement = statement.where(Organisation.kind.in_(kinds))
    if provider_types:
        statement = statement.where(Organisation.provider_type.in_(provider_types))
    if locality_id is not None:
        statement = statement.where(Belonging.locality_id == locality_id)
    if without_locality:
        statement = statement.where(Belonging.locality_id.is_(None))
    if group_id is not None:
        statement = statement.where(Organisation.group_id == group_id)
    if is_open is not None:
        closed = Organisation.closed_on.is_not(None)
        statement = statement.where(~closed if is_open else closed)
    return page_of(session, statement, page=page, size=size)


def organisation_open_to(
    session: Session, person: Person, organisation_id: UUID
) -> Organisation | None:
    """Give an organisation with its group, contacts and belongings, or None."""
    return session.scalar(
        select(Organisation)
        .where(Organisation.id == organisation_id, may_see_organisation(person))
        .options(
            joinedload(Organisation.group),
            selectinload(Organisation.contacts),
            selectinload(Organisation.belongings).joinedload(Belonging.partnership),
            selectinload(Organisation.belongings).joinedload(Belonging.locality),
        )
    )


def organisations_worked_at(session: Session, person: Person) -> list[Organisation]:
    """Give where a person holds a role, by themselves or by a group, by name."""
    statement = (
        select(Organisation)
        .where(Organisation.id.in_(own_organisations(person)))
        .options(joinedload(Organisation.group))
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    return list(session.scalars(statement))


def provider_types_of(session: Session, partnership: Partnership) -> list[str]:
    """Give the register's words for the types of a partnership's organisations, in order."""
    statement = (
        select(Organisation.provider_type)
        .join(Organisation.belongings)
        .where(Belonging.partnership_id == partnership.id, Organisation.provider_type.is_not(None))
        .distinct()
        .order_by(Organisation.provider_type)
    )
    return [provider_type for provider_type in session.scalars(statement) if provider_type]


def organisations_by_urn(session: Session, urns: Iterable[str]) -> dict[str, Organisation]:
    """Give the organisations of these URNs; for imports, which must know every one there is."""
    wanted = sorted(set(urns))
    found: dict[str, Organisation] = {}
    for start in range(0, len(wanted), AT_ONCE):
        statement = (
            select(Organisation)
            .where(Organisation.urn.in_(wanted[start : start + AT_ONCE]))
            .options(joinedload(Organisation.group), selectinload(Organisation.belongings))
        )
        found |= {
            organisation.urn or "": organisation for organisation in session.scalars(statement)
        }
    return found


def groups_by_urn(session: Session, urns: Iterable[str]) -> dict[str, OrganisationGroup]:
    """Give the groups of these registered persons, by their URN; for imports."""
    wanted = sorted(set(urns))
    found: dict[str, OrganisationGroup] = {}
    for start in range(0, len(wanted), AT_ONCE):
        statement = select(OrganisationGroup).where(
            OrganisationGroup.registered_person_urn.in_(wanted[start : start + AT_ONCE])
        )
        found |= {group.registered_person_urn or "": group for group in session.scalars(statement)}
    return found


def open_in_register(
    session: Session, partnership: Partnership, register: str
) -> Iterator[tuple[UUID, str, str]]:
    """Walk through a partnership's open organisations of a register: id, URN, name; by URN."""
    statement = (
        select(Organisation.id, Organisation.urn, Organisation.name)
        .where(
            Organisation.register == register,
            Organisation.urn.is_not(None),
            Organisation.closed_on.is_(None),
            exists().where(
                and_(
                    Belonging.organisation_id == Organisation.id,
                    Belonging.partnership_id == partnership.id,
                )
            ),
        )
        .order_by(Organisation.urn)
        .execution_options(yield_per=1000)
    )
    for organisation_id, urn, name in session.execute(statement):
        yield organisation_id, urn or "", name


def _is_found_by(words: str) -> ColumnElement[bool]:
    places = (
        Organisation.name,
        Organisation.urn,
        Organisation.postcode,
        OrganisationGroup.name,
    )
    return or_(*(func.lower(place).contains(words, autoescape=True) for place in places))
