"""`flask partnerships`: who runs audits in this installation."""

import click

from audit_app.cli.opening import open_session
from audit_app.storage.queries.partnerships import partnerships


@click.group("partnerships")
def partnership_commands() -> None:
    """Look at the partnerships."""


@partnership_commands.command("list")
def list_command() -> None:
    """Print the slug and the name of each partnership, one a line."""
    with open_session(reading=True) as session:
        for partnership in partnerships(session):
            click.echo(f"{partnership.slug}\t{partnership.name}")
