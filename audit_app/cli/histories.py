"""`flask history`: proving that nobody has changed what was recorded."""

import click

from audit_app.cli.opening import open_session, refuse
from audit_app.storage.queries.history import heads, verify


@click.group("history")
def history_commands() -> None:
    """Look after the history."""


@history_commands.command("verify")
def verify_command() -> None:
    """Check every row against its seal and its neighbours; exit code 1 where one does not fit."""
    with open_session(reading=True) as session:
        broken = verify(session)
        streams = heads(session)
    for one in broken:
        click.echo(f"{one.stream}, row {one.number}: {one.what}", err=True)
    if broken:
        refuse(f"The history does not hold: {len(broken)} of its places are broken.")
    events = sum(stream.number for stream in streams)
    click.echo(f"The history holds: {events:,} events in {len(streams):,} streams.")
