"""`flask counts`: whether the counts that the board reads agree with the returns."""

import click

from audit_app.cli.opening import open_session, refuse
from audit_app.storage.queries.rebuilding_counts import rebuild, wrong_counts
from audit_app.storage.queries.recounting import hold_counts


@click.group("counts")
def count_commands() -> None:
    """Look after the counts that the board's figures are read from."""


@count_commands.command("check")
def check_command() -> None:
    """Count everything anew beside what is kept; exit code 1 where the two differ."""
    with open_session(reading=True) as session:
        wrong = wrong_counts(session)
    for table, number in wrong.items():
        click.echo(f"{table}: {number:,} rows differ from the returns", err=True)
    if wrong:
        refuse("The board's counts do not agree with the returns: flask --app wsgi counts rebuild")
    click.echo("The board's counts agree with the returns.")


@count_commands.command("rebuild")
def rebuild_command() -> None:
    """Make all counts anew from the returns; nothing else is touched."""
    with open_session() as session:
        hold_counts(session)
        rebuild(session)
        session.commit()
    click.echo("The board's counts were made anew from the returns.")
