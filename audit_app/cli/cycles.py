"""`flask cycles`: the rounds, opened, extended, reminded of and closed by a command."""

from datetime import UTC, datetime
from typing import NoReturn
from uuid import UUID

import click
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from audit_app.cli.opening import config, open_session, refuse
from audit_app.cli.printing import cut, print_table
from audit_app.core.rounds.deadlines import deadline_words
from audit_app.core.rounds.moves import CycleMoveNotPossible
from audit_app.services.changing_returns import ChangeRefused, extend
from audit_app.services.chasing import remind
from audit_app.services.closing_cycles import close_cycle
from audit_app.services.planning_cycles import CycleRefused
from audit_app.services.running_cycles import open_cycle
from audit_app.storage.models import Cycle, Partnership
from audit_app.storage.queries.chasing import returns_still_out

HEADS = ("id", "state", "due", "partnership", "title")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group("cycles")
def cycle_commands() -> None:
    """Open, extend, remind of, close and list the rounds."""


@cycle_commands.command("list")
@click.option("--partnership", "slug", help="Only the rounds of this partnership.")
def list_command(slug: str | None) -> None:
    """Print every round, the latest due first."""
    statement = (
        select(Cycle)
        .join(Cycle.partnership)
        .options(joinedload(Cycle.partnership))
        .order_by(Cycle.due_at.desc(), Cycle.id)
    )
    if slug is not None:
        statement = statement.where(Partnership.slug == slug)
    with open_session(reading=True) as session:
        rows = [
            (
                str(cycle.id),
                cycle.state.value,
                deadline_words(cycle.due_at),
                cycle.partnership.slug,
                cut(cycle.title),
            )
            for cycle in session.scalars(statement)
        ]
    print_table(HEADS, rows)


@cycle_commands.command("open")
@click.argument("cycle_id", type=click.UUID)
def open_command(cycle_id: UUID) -> None:
    """Open the round CYCLE_ID; twice changes nothing."""
    with open_session() as session:
        cycle = _cycle(session, cycle_id)
        try:
            opened = open_cycle(
                session, cycle, by=None, now=_now(), base_address=config().base_address
            )
        except (CycleRefused, CycleMoveNotPossible) as refused:
            _refuse(refused)
        session.commit()
    if opened is None:
        click.echo("The round is open already. Nothing was changed.")
        return
    click.echo(
        f"Opened: {opened.returns} returns, {opened.posted.messages} invitations, "
        f"{opened.brought.answers} answers brought forward, "
        f"{sum(opened.brought.left.values())} left because they no longer fit, "
        f"{len(opened.posted.unreachable)} organisations with nobody to write to."
    )


@cycle_commands.command("extend")
@click.argument("cycle_id", type=click.UUID)
@click.option("--until", required=True, type=DAY, help="The new day, such as 2026-12-04: 5pm.")
@click.option("--reason", required=True, help="Why; kept in the history.")
@click.option("--return", "return_ids", type=click.UUID, multiple=True, help="Only this return.")
def extend_command(
    cycle_id: UUID, until: datetime, reason: str, return_ids: tuple[UUID, ...]
) -> None:
    """Give returns of the round CYCLE_ID more time: those named, or all still to come."""
    with open_session() as session:
        cycle = _cycle(session, cycle_id)
        chosen = return_ids or tuple(one.id for one in returns_still_out(session, cycle))
        try:
            done = extend(
                session,
                cycle,
                return_ids=chosen,
                until=until.date(),
                reason=reason,
                by=None,
                now=_now(),
                base_address=config().base_address,
            )
        except ChangeRefused as refused:
            _refuse(refused)
        session.commit()
    click.echo(
        f"{done.returns} returns have more time, {len(done.left_out)} were left as they were."
    )


@cycle_commands.command("remind")
@click.argument("cycle_id", type=click.UUID)
def remind_command(cycle_id: UUID) -> None:
    """Remind everybody in the round CYCLE_ID who is still to answer, once a day at most."""
    with open_session() as session:
        cycle = _cycle(session, cycle_id)
        chosen = [one.id for one in returns_still_out(session, cycle)]
        try:
            done = remind(
                session,
                cycle,
                return_ids=chosen,
                by=None,
                now=_now(),
                base_address=config().base_address,
            )
        except CycleMoveNotPossible as refused:
            _refuse(refused)
        session.commit()
    click.echo(
        f"{done.messages} reminders written about {done.returns} returns, "
        f"{done.already} reminded today already, {len(done.unreachable)} with nobody to write to."
    )


@cycle_commands.command("close")
@click.argument("cycle_id", type=click.UUID)
def close_command(cycle_id: UUID) -> None:
    """Close the round CYCLE_ID; what never came is listed as not returned."""
    with open_session() as session:
        cycle = _cycle(session, cycle_id)
        try:
            done = close_cycle(session, cycle, by=None, now=_now())
        except CycleMoveNotPossible as refused:
            _refuse(refused)
        session.commit()
    click.echo(
        f"Closed: {done.closed} returns not returned, {done.begun} of them begun; "
        f"{done.still_open} with more time stay open."
    )


def _cycle(session: Session, cycle_id: UUID) -> Cycle:
    found = session.get(Cycle, cycle_id)
    return found if found is not None else refuse(f"There is no round {cycle_id}.")


def _refuse(refused: Exception) -> NoReturn:
    refuse(f"{refused}.")


def _now() -> datetime:
    return datetime.now(UTC)
