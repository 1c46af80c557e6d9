"""`flask report`: the PDFs of a return, of a cycle and of a blank questionnaire."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

import click

from audit_app.cli.opening import open_session, refuse
from audit_app.cli.spreadsheets import A_FILE, read_or_refuse, sources_or_none
from audit_app.core.owning import as_put_to, owners_named
from audit_app.reporting.blank_report import BlankFacts, KindIsNotAsked, blank_report
from audit_app.reporting.gathering import report_of_cycle, report_of_return
from audit_app.reporting.render import ReportCouldNotBeMade
from audit_app.services.reading_sources import owner_name
from audit_app.storage.models import AuditReturn, Cycle


@click.group("report")
def report_commands() -> None:
    """Make the PDF of a return, of a cycle or of a blank questionnaire."""


@report_commands.command("return")
@click.argument("return_id", type=click.UUID)
@click.option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def return_command(return_id: UUID, output: Path) -> None:
    """Write the PDF of the return RETURN_ID."""
    with open_session(reading=True) as session:
        found = session.get(AuditReturn, return_id)
        if found is None:
            refuse(f"There is no return {return_id}")
        _write(output, lambda: report_of_return(session, found, now=datetime.now(UTC)))


@report_commands.command("board")
@click.argument("cycle_id", type=click.UUID)
@click.option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def board_command(cycle_id: UUID, output: Path) -> None:
    """Write the partnership's assurance report of the cycle CYCLE_ID."""
    with open_session(reading=True) as session:
        found = session.get(Cycle, cycle_id)
        if found is None:
            refuse(f"There is no cycle {cycle_id}")
        _write(output, lambda: report_of_cycle(session, found, person=None, now=datetime.now(UTC)))


@report_commands.command("blank")
@click.argument("file", type=A_FILE)
@click.option("--kind", required=True, help="The kind of organisation, such as childminder.")
@click.option(
    "--answers-for",
    "owners",
    multiple=True,
    metavar="OWNER",
    help="Only what one that answers for this owner gets, such as police; may be repeated.",
)
@click.option("--partnership", default="", help="Whose name stands on it; nobody's unless given.")
@click.option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def blank_command(
    file: Path, kind: str, owners: tuple[str, ...], partnership: str, output: Path
) -> None:
    """Write the questions of FILE that one kind of organisation gets, with room to write.

    Where FILE names owners it has the parts of all of them, unless --answers-for says whose.
    """
    questionnaire, _ = read_or_refuse(file)
    if owners:
        named = owners_named(questionnaire)
        unknown = [one for one in owners if one not in named]
        if unknown:
            there = f"it names {', '.join(named)}" if named else "it names none"
            refuse(f"{questionnaire.key} does not name the owner `{unknown[0]}`; {there}")
        questionnaire = as_put_to(questionnaire, kind, owners)
    known = sources_or_none()
    words = tuple(owner_name(known, one) for one in owners) if known else owners
    about = BlankFacts(datetime.now(UTC), partnership=partnership, answers_for=words)
    _write(output, lambda: blank_report(questionnaire, kind=kind, about=about))


def _write(output: Path, make: Callable[[], bytes]) -> None:
    """Write the whole file or none: a report that fails leaves nothing behind."""
    try:
        made = make()
        with NamedTemporaryFile(dir=output.resolve().parent, delete=False) as file:
            file.write(made)
        Path(file.name).replace(output)
    except (KindIsNotAsked, ReportCouldNotBeMade) as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{output} could not be written: {error.strerror}")
    click.echo(f"{output}: {len(made):,} bytes")
