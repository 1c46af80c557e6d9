"""`flask backup`, `restore`, `integrity`: a copy of all that is kept, the way back, the proof."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app

from audit_app.cli.opening import config, in_one_sentence, open_engine, open_session, refuse
from audit_app.services.proving import prove
from audit_app.services.receiving_files import Keeping
from audit_app.storage.backups.manifest import Manifest, NotABackup
from audit_app.storage.backups.restoring import CannotBeRestored, restore
from audit_app.storage.backups.writing import FolderIsTaken, back_up
from audit_app.storage.evidence_store import EvidenceStore
from audit_app.storage.migrating import State, check, upgrade

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("backup")
@click.argument("folder", type=FOLDER, metavar="DIR")
def backup_command(folder: Path) -> None:
    """Copy everything that is kept into DIR, while people work; it must be new or empty."""
    with open_engine() as engine:
        try:
            made = back_up(engine, folder, evidence=_evidence(), now=datetime.now(UTC))
        except FolderIsTaken as taken:
            refuse(str(taken))
    click.echo(f"Backed up to {folder}: {_in_words(made)}.")
    if made.missing:
        click.echo(f"{len(made.missing):,} files of evidence are gone: see integrity.", err=True)


@click.command("restore")
@click.argument("folder", type=FOLDER, metavar="DIR")
def restore_command(folder: Path) -> None:
    """Read the backup in DIR into an empty database, and prove that it came back whole."""
    with in_one_sentence():
        try:
            Manifest.read(folder).prove(folder)
        except NotABackup as problem:
            refuse(str(problem))
        if check(config().database_url) is State.EMPTY:
            upgrade(config().database_url)
    with open_engine() as engine:
        try:
            made = restore(engine, folder, evidence=_evidence())
        except (NotABackup, CannotBeRestored) as problem:
            refuse(f"Nothing was restored. {problem}")
    click.echo(f"Restored from {folder}: {_in_words(made)}; the history holds.")


@click.command("integrity")
def integrity_command() -> None:
    """Say whether rows, files and counters agree; exit code 1 where they do not."""
    with open_session(reading=True) as session:
        proved = prove(session, _evidence())
    for one in proved:
        click.echo(f"{'Agrees' if not one.wrong else 'DOES NOT AGREE'}: {one.what}")
        for place in one.wrong:
            click.echo(f"  {place}", err=True)
    wrong = sum(len(one.wrong) for one in proved)
    if wrong:
        refuse(f"{wrong:,} places do not agree.")


def _evidence() -> EvidenceStore:
    keeping: Keeping = current_app.extensions["audit_evidence"]
    return keeping.store


def _in_words(made: Manifest) -> str:
    rows, files = sum(made.rows.values()), len(made.evidence)
    return f"{rows:,} rows of {len(made.rows)} tables and {files:,} files of evidence"
