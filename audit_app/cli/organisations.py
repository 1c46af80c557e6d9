"""`flask organisations`: bring a register in, or see first what it would change."""

import csv
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from audit_app.cli.opening import open_session, refuse
from audit_app.core.register.kinds import Wider
from audit_app.core.register.layouts import Field, Layout
from audit_app.core.register.problems import ColumnsMissing, RegisterCannotBeRead
from audit_app.services.applying_imports import apply_import
from audit_app.services.importing import Chosen, keep_mapping, last_chosen, preview
from audit_app.services.tabulating_imports import HEADINGS, OUTCOME_WORDS, table_of
from audit_app.storage.models import ImportRun, Outcome
from audit_app.storage.queries.partnerships import partnership_by_slug

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("organisations")
def organisation_commands() -> None:
    """Look after the organisations of a partnership."""


@organisation_commands.command("import")
@click.argument("file", type=A_FILE)
@click.option("--partnership", "slug", required=True, help="The partnership's short name.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--layout", type=click.Choice([one.value for one in Layout]), help="Whose columns.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEADER",
    help="What a column is called in this file, such as provider_type=Sort; kept once applied.",
)
@click.option("--local-authority", "authorities", multiple=True, help="Take these rows alone.")
@click.option("--every-authority", is_flag=True, help="Take every row, whatever was chosen last.")
@click.option("--other-registers", is_flag=True, help="Not on the Early Years Register as well.")
@click.option("--home-childcarers", is_flag=True, help="Home childcarers as well.")
@click.option("--without-refused", is_flag=True, help="Apply the rest where rows are refused.")
def import_command(
    file: Path,
    slug: str,
    dry_run: bool,
    layout: str | None,
    columns: tuple[str, ...],
    authorities: tuple[str, ...],
    every_authority: bool,
    other_registers: bool,
    home_childcarers: bool,
    without_refused: bool,
) -> None:
    """Import FILE, CSV or XLSX: Ofsted's register, GIAS, or our own layout.

    Prints what is added, changed and closed, and every row that is out of scope or refused, with
    the reason. Where a row is refused nothing is applied, and the exit code is 1.
    """
    with open_session() as session:
        partnership = partnership_by_slug(session, slug)
        if partnership is None:
            refuse(f"There is no partnership {slug}. See: flask --app wsgi partnerships list")
        last = last_chosen(session, partnership)
        chosen = Chosen(
            () if every_authority else authorities or last.local_authorities,
            Wider(
                other_registers or last.wider.other_registers,
                home_childcarers or last.wider.home_childcarers,
            ),
        )
        now = datetime.now(UTC)
        if mapped := _mapped(columns):
            if layout is None:
                refuse("Say with --layout whose columns these are. Nothing was changed.")
            keep_mapping(session, partnership, Layout(layout), fields=mapped, by=None, now=now)
        with file.open("rb") as opened:
            try:
                run = preview(
                    session,
                    partnership,
                    opened,
                    file_name=file.name,
                    layout=Layout(layout) if layout else None,
                    chosen=chosen,
                    by=None,
                    now=now,
                )
            except ColumnsMissing as missing:
                refuse(f"{missing} Nothing was changed.\n{_how_to_map(missing)}")
            except RegisterCannotBeRead as reason:
                refuse(f"{reason} Nothing was changed.")
        _report(session, run)
        if run.counts[Outcome.REFUSED] and not without_refused:
            refuse("Rows were refused, so nothing was changed. See --without-refused.")
        if dry_run:
            click.echo("Nothing was changed: this was a dry run.")
            return
        apply_import(session, run, by=None, now=now, without_refused=without_refused)
        session.commit()
        click.echo("Applied.")


def _mapped(columns: tuple[str, ...]) -> dict[str, str]:
    """Read what columns are called, from the header to the field."""
    mapped = {}
    for column in columns:
        field, _, header = column.partition("=")
        if field not in set(Field) or not header.strip():
            known = ", ".join(one.value for one in Field)
            refuse(f"--column {column} is not FIELD=HEADER. The fields are: {known}.")
        mapped[header] = field
    return mapped


def _how_to_map(missing: ColumnsMissing) -> str:
    fields = " ".join(f'--column "{field.value}=HEADER"' for field in missing.missing)
    headers = ", ".join(missing.headers) or "none"
    return f"To map them: --layout {missing.layout.value} {fields}\nOther headers: {headers}"


def _report(session: Session, run: ImportRun) -> None:
    """Print each row as CSV on the output, and how many there are of each kind after them."""
    rows = csv.writer(sys.stdout, lineterminator="\n")
    for outcome in Outcome:
        if not run.counts[outcome]:
            continue
        click.echo(f"\n{OUTCOME_WORDS[outcome]}: {run.counts[outcome]}")
        rows.writerow(HEADINGS[outcome])
        rows.writerows(table_of(session, run, outcome))
    click.echo()
    for outcome in Outcome:
        click.echo(f"{OUTCOME_WORDS[outcome]}: {run.counts[outcome]}")
    click.echo(f"Unchanged: {run.counts.get('unchanged', 0)}")
    if elsewhere := run.counts.get("elsewhere"):
        click.echo(f"Of other local authorities, passed over: {elsewhere}")
    if kept := run.counts.get("not_closed"):
        click.echo(f"Not in the file, and not closed because some URNs could not be read: {kept}")
