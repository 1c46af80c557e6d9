"""`flask demo`: the invented county, its accounts, and more of it for load tests."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import click

from audit_app.cli.opening import config, open_session, refuse
from audit_app.cli.preparing import prepare_database, prepare_demonstration
from audit_app.cli.printing import print_table
from audit_app.services.demonstration import Account, accounts, load_test
from audit_app.services.demonstration.passwords import shared_hash


@click.group("demo")
def demo_commands() -> None:
    """Load the invented county, print its accounts, or make more of it."""


@demo_commands.command("load")
def load_command() -> None:
    """Load the demonstration partnership, unless it is there already."""
    prepare_database(config())
    prepare_demonstration(config())
    click.echo("The demonstration is loaded.")


@demo_commands.command("accounts")
@click.option("--json", "as_json", is_flag=True, help="For programs: role, email, password, at.")
def accounts_command(as_json: bool) -> None:
    """Print the accounts of the demonstration and the password they share."""
    found = read_accounts()
    if not found:
        refuse("The demonstration is not loaded: flask --app wsgi demo load")
    password = prepare_demonstration(config())
    if not as_json:
        print_accounts(found, password=password)
        return
    rows = [
        {"role": one.role, "email": one.email, "password": password, "at": one.at} for one in found
    ]
    click.echo(json.dumps(rows, indent=2, ensure_ascii=False))


@demo_commands.command("load-test")
@click.argument("number", type=click.IntRange(min=1, max=100_000))
def load_test_command(number: int) -> None:
    """Add NUMBER organisations, each with somebody to sign in and an open return.

    Prints one line of JSON for each: email, password, return_id.
    """
    password = prepare_demonstration(config())
    with open_session() as session:
        made = list(
            load_test(
                session, number, now=datetime.now(UTC), password_hash=shared_hash(session) or ""
            )
        )
        session.commit()
    for email, return_id in made:
        row = {"email": email, "password": password, "return_id": str(return_id)}
        click.echo(json.dumps(row, ensure_ascii=False))


def read_accounts() -> list[Account]:
    """Give the accounts of the demonstration; none where it is not loaded."""
    with open_session(reading=True) as session:
        return accounts(session)


def print_accounts(found: Sequence[Account], *, password: str) -> None:
    """Print who can be signed in as."""
    print_table(
        ["Role", "Email address", "At"], [[one.role_words, one.email, one.at] for one in found]
    )
    click.echo(f"\n  The password of every account is  {password}\n")
