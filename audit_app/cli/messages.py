"""`flask messages`: what did not arrive, whoever it was for, and what can be done about it."""

from datetime import UTC, datetime
from uuid import UUID

import click
from sqlalchemy import select

from audit_app.cli.opening import open_session, refuse
from audit_app.services.resending import (
    CannotBeSentAgain,
    CannotHaveComeBack,
    note_bounce,
    send_again,
)
from audit_app.storage.models import OutgoingMessage
from audit_app.storage.queries.messages import fate_of, troubled_messages


@click.group("messages")
def message_commands() -> None:
    """Look after messages that did not arrive."""


@message_commands.command("list")
def list_command() -> None:
    """Print what was given up, is in doubt or came back, latest first."""
    with open_session(reading=True) as session:
        for one in troubled_messages(session):
            why = one.bounce or one.failure or "handed over, and nothing heard since"
            click.echo(f"{one.id}  {fate_of(one).value:<9} {one.kind:<16} {one.to_address}  {why}")


@message_commands.command("send-again")
@click.argument("message_id", type=click.UUID)
def send_again_command(message_id: UUID) -> None:
    """Send a message again that was given up or is in doubt, under its old Message-ID."""
    with open_session() as session:
        message = session.get(OutgoingMessage, message_id)
        if message is None:
            refuse(f"There is no message {message_id}.")
        try:
            send_again(session, message, by=None, now=datetime.now(UTC))
        except CannotBeSentAgain:
            refuse("This message has left, waits already, or is being sent at this moment.")
        session.commit()


@message_commands.command("bounced")
@click.argument("message_id", metavar="MESSAGE-ID")
@click.argument("words", nargs=-1)
def bounced_command(message_id: str, words: tuple[str, ...]) -> None:
    """Note that a message came back. MESSAGE-ID is the header of the mail that is returned."""
    name = f"<{message_id.strip().strip('<>')}>"
    with open_session() as session:
        message = session.scalar(select(OutgoingMessage).where(OutgoingMessage.message_id == name))
        if message is None:
            refuse(f"No message of ours is called {name}.")
        try:
            note_bounce(session, message, words=" ".join(words), by=None, now=datetime.now(UTC))
        except CannotHaveComeBack:
            refuse("This message has not left, or is noted as come back already.")
        session.commit()
