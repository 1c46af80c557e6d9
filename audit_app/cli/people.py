"""`flask people`: letting somebody in when nobody can do it on a page yet."""

from datetime import UTC, datetime

import click
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from audit_app.cli.opening import config, open_session, refuse
from audit_app.core.permissions import HELD_AT_ORGANISATION, HELD_AT_PARTNERSHIP, Role
from audit_app.services.inviting import AlreadyInvited, invite
from audit_app.services.linking import IdentityIsTaken, link_identity
from audit_app.services.roles_held import RoleDoesNotFit
from audit_app.storage.models import Organisation
from audit_app.storage.queries.looking_after import Place
from audit_app.storage.queries.partnerships import partnership_by_slug
from audit_app.storage.queries.people import person_by_email


@click.group("people")
def people_commands() -> None:
    """Look after the people who may come in."""


@people_commands.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--at", "at", metavar="ORGANISATION|PARTNERSHIP", help="URN, name or slug.")
@click.option("--mail", is_flag=True, help="Put the link into the outbox too.")
def invite_command(email: str, role: str, at: str | None, mail: bool) -> None:
    """Invite EMAIL to a role, and print the link, which works once.

    ORGANISATION is a URN or a whole name; PARTNERSHIP is its slug. An administrator has no place.
    """
    if "@" not in email.strip("@") or any(sign.isspace() for sign in email.strip()):
        refuse(f"{email} is not an email address.")
    with open_session() as session:
        wanted = Role(role)
        place = _place(session, wanted, (at or "").strip())
        try:
            _invitation, link = invite(
                session,
                place,
                role=wanted,
                email=email,
                by=None,
                now=datetime.now(UTC),
                base_address=config().base_address,
                mailed=mail,
            )
        except AlreadyInvited as already:
            until = already.invitation.expires_at
            refuse(f"{email} has this invitation already; it works until {until:%d.%m.%Y}.")
        except RoleDoesNotFit:
            refuse(f"The role {role} is not held at {at or 'nowhere'}.")
        session.commit()
    click.echo(link)


@people_commands.command("link")
@click.argument("email")
@click.option("--subject", required=True, help="What the provider calls this person (sub).")
@click.option("--tenant", default="", help="The provider's tenant (tid), if it has tenants.")
def link_command(email: str, subject: str, tenant: str) -> None:
    """Let the person with EMAIL sign in by the configured single sign-on as SUBJECT."""
    oidc = config().oidc
    if oidc is None:
        refuse("No single sign-on is configured: set AUDIT_OIDC_ISSUER.")
    with open_session() as session:
        person = person_by_email(session, email)
        if person is None or not person.active:
            refuse(f"Nobody comes in as {email}.")
        try:
            link_identity(
                session,
                person,
                issuer=oidc.issuer,
                tenant=tenant or oidc.tenant,
                subject=subject,
                by=None,
                now=datetime.now(UTC),
            )
        except IdentityIsTaken:
            refuse("Somebody else is linked to this subject.")
        session.commit()
    click.echo(f"{email} may sign in by single sign-on.")


def _place(session: Session, role: Role, at: str) -> Place:
    if role is Role.ADMINISTRATOR:
        if at:
            refuse("An administrator looks after the installation: leave --at out.")
        return None
    if not at:
        refuse(f"Say where with --at: the role {role.value} is held at a place.")
    if role in HELD_AT_PARTNERSHIP:
        partnership = partnership_by_slug(session, at)
        if partnership is None:
            refuse(f"There is no partnership {at}: flask --app wsgi partnerships list")
        return partnership
    return _organisation(session, at) if role in HELD_AT_ORGANISATION else None


def _organisation(session: Session, at: str) -> Organisation:
    statement = select(Organisation).where(
        or_(Organisation.urn == at.upper(), func.lower(Organisation.name) == at.lower())
    )
    found = list(session.scalars(statement.limit(2)))
    if not found:
        refuse(f"There is no organisation with the URN or the name {at}.")
    if len(found) > 1:
        refuse(f"Several organisations are called {at}: give the URN.")
    return found[0]
