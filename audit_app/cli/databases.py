"""`flask db`: bringing the database up to this version, taking it back, how it stands."""

import click

from audit_app.cli.opening import config, in_one_sentence, refuse
from audit_app.storage.migrating import State, check, downgrade, upgrade

STANDS: dict[State, str] = {
    State.EMPTY: "The database has no tables yet: flask --app wsgi db upgrade",
    State.BEHIND: "The database is behind this version: flask --app wsgi db upgrade",
    State.CURRENT: "The database has the tables of this version.",
    State.NEWER: "The database was made by a newer version of the service.",
}


@click.group("db")
def database_commands() -> None:
    """Bring the database up, take it back, or ask how it stands."""


@database_commands.command("upgrade")
@click.argument("revision", default="head")
def upgrade_command(revision: str) -> None:
    """Bring the database up to REVISION, the newest unless said otherwise."""
    with in_one_sentence():
        upgrade(config().database_url, revision)
    click.echo(STANDS[State.CURRENT] if revision == "head" else f"The database is at {revision}.")


@database_commands.command("downgrade")
@click.argument("revision")
def downgrade_command(revision: str) -> None:
    """Take the database back to REVISION (`base` for no tables); what it held beyond is lost."""
    with in_one_sentence():
        downgrade(config().database_url, revision)
    click.echo(f"The database is at {revision}.")


@database_commands.command("check")
def check_command() -> None:
    """Say how the database stands; exit code 1 unless it is up to date."""
    with in_one_sentence():
        state = check(config().database_url)
    if state is not State.CURRENT:
        refuse(STANDS[state])
    click.echo(STANDS[state])
