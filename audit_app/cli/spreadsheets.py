"""`flask questionnaires import` and `export`: a questionnaire as a spreadsheet, and back."""

from pathlib import Path

import click

from audit_app.cli.opening import config, refuse
from audit_app.core.marked import MOST_BYTES
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.sources import Sources
from audit_app.services.questionnaire_files import read_questionnaire_file
from audit_app.services.questionnaire_workbook import TooLongForACell, make_workbook
from audit_app.services.reading_sources import sources

A_FILE = click.Path(path_type=Path)
TO_WRITE = click.Path(dir_okay=False, path_type=Path)

NOTES_ARE_LOST = "Notes of authors (lines that begin with #) are not part of it."


@click.command("export")
@click.argument("file", type=A_FILE)
@click.option(
    "-o", "output", required=True, type=TO_WRITE, help="The spreadsheet to write (.xlsx)."
)
def export_command(file: Path, output: Path) -> None:
    """Write FILE as a spreadsheet that can be changed without knowing YAML."""
    questionnaire, _ = read_or_refuse(file)
    try:
        output.write_bytes(make_workbook(questionnaire))
    except (TooLongForACell, OSError) as error:
        refuse(_why(output, error))
    click.echo(f"{output}: {questionnaire.key}. {NOTES_ARE_LOST}")


@click.command("import")
@click.argument("file", type=A_FILE)
@click.option("-o", "output", type=TO_WRITE, help="The YAML file to write; printed unless given.")
@click.option("--replace", is_flag=True, help="Write over a file that is there.")
def import_command(file: Path, output: Path | None, replace: bool) -> None:
    """Write the spreadsheet FILE as YAML, or tell every problem at its cell and write nothing.

    A YAML file made from a spreadsheet has no notes of authors.
    """
    questionnaire, text = read_or_refuse(file, tell_warnings=True)
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists() and not replace:
        refuse(f"{output} is there already. Give another name, or say --replace. {NOTES_ARE_LOST}")
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        refuse(_why(output, error))
    click.echo(f"{output}: {questionnaire.key}. {NOTES_ARE_LOST}")


def read_or_refuse(file: Path, *, tell_warnings: bool = False) -> tuple[Questionnaire, str]:
    """Read a questionnaire in either form, and its YAML text; with problems, tell all and end."""
    try:
        content = content_of(file)
    except CannotBeRead as error:
        refuse(str(error))
    found = read_questionnaire_file(content, name=str(file), sources=sources_or_none())
    if found.questionnaire is None or found.text is None:
        refuse("\n".join(map(str, found.wrong)))
    for problem in found.warnings if tell_warnings else ():
        click.echo(f"{problem} (warning)", err=True)
    return found.questionnaire, found.text


def sources_or_none() -> Sources | None:
    """Give the reviews and the law of this installation; None where they cannot be read."""
    try:
        return sources(config().questionnaires)
    except CannotBeRead:
        return None


def content_of(file: Path) -> bytes:
    """Give what a file holds, as far as it is looked at; raises CannotBeRead."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        said = "there is no such file"
    except IsADirectoryError:
        said = "this is a folder: name a file"
    except (OSError, ValueError) as error:
        said = f"this cannot be read: {getattr(error, 'strerror', None) or error}"
    raise CannotBeRead([Problem(str(file), 1, 1, said)])


def _why(output: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{output} could not be written: {error.strerror}"
    return str(error)
