"""`flask questionnaires`: check, list, publish, compare, what is covered, and spreadsheets."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from audit_app.cli.opening import config, open_session, refuse
from audit_app.cli.printing import cut, print_table
from audit_app.cli.spreadsheets import (
    A_FILE,
    content_of,
    export_command,
    import_command,
    read_or_refuse,
)
from audit_app.cli.withdrawals import put_back_command, withdraw_command
from audit_app.core.coverage import Coverage, coverage_of
from audit_app.core.differences import Differences, differences
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.schema import schema_for_editors
from audit_app.services.publishing import publish_questionnaire
from audit_app.services.questionnaire_files import read_questionnaire_file
from audit_app.services.reading_sources import sources as read_sources_in
from audit_app.storage.questionnaire_library import VersionIsTaken, published


@click.group("questionnaires")
def questionnaires_commands() -> None:
    """Check, list, publish and compare questionnaires."""


questionnaires_commands.add_command(export_command)
questionnaires_commands.add_command(import_command)
questionnaires_commands.add_command(withdraw_command)
questionnaires_commands.add_command(put_back_command)


@questionnaires_commands.command("check")
@click.argument("files", nargs=-1, type=A_FILE)
def check_command(files: tuple[Path, ...]) -> None:
    """Check FILES, or everything that is shipped, and print every problem at its line.

    Exit code 1 where anything is wrong; warnings alone do not fail.
    """
    problems: list[Problem] = []
    sources, known = None, set[str]()
    checked = files or tuple(_shipped())
    try:
        sources = read_sources_in(config().questionnaires)
        known = {*sources.facts, *(one.id for one in sources.law.references)}
    except CannotBeRead as error:
        problems += error.problems
    for file in checked:
        try:
            content = content_of(file)
        except CannotBeRead as error:
            problems += error.problems
            continue
        read = read_questionnaire_file(content, name=str(file), known=known, sources=sources)
        problems += read.problems
        if read.questionnaire is not None:
            problems += _misplaced(file, read.questionnaire)
    for problem in problems:
        click.echo(f"{problem}{' (warning)' if problem.is_warning else ''}", err=True)
    wrong = sum(not problem.is_warning for problem in problems)
    said = "no problems" if not wrong else f"{wrong} problem{'s' * (wrong != 1)}"
    warned = len(problems) - wrong
    click.echo(f"{len(checked)} checked: {said}, {warned} warning{'s' * (warned != 1)}")
    raise SystemExit(1 if wrong else 0)


def _misplaced(file: Path, questionnaire: Questionnaire) -> list[Problem]:
    """Below the folder of questionnaires, folder and file bear the name and the version."""
    if config().questionnaires.resolve() != file.resolve().parent.parent:
        return []
    if (file.parent.name, file.stem) == (questionnaire.name, questionnaire.version):
        return []
    said = f"{questionnaire.key} belongs in {questionnaire.name}/{questionnaire.version}.yaml"
    return [Problem(str(file), 1, 1, said)]


@questionnaires_commands.command("list")
def list_command() -> None:
    """List what is published: name, version, title and content hash."""
    with open_session(reading=True) as session:
        print_table(
            ("questionnaire", "title", "published", "content hash"),
            [
                (
                    f"{one.name}/{one.version}",
                    one.title,
                    f"{one.published_at:%Y-%m-%d}{' (withdrawn)' if one.withdrawn_at else ''}",
                    one.content_hash,
                )
                for one in published(session)
            ],
        )


@questionnaires_commands.command("publish")
@click.argument("file", type=A_FILE)
def publish_command(file: Path) -> None:
    """Publish FILE. A published version never changes: other content needs another version."""
    _, text = read_or_refuse(file)
    with open_session() as session:
        try:
            done = publish_questionnaire(session, text, by=None, now=datetime.now(UTC))
        except VersionIsTaken as error:
            refuse(str(error))
        session.commit()
        version, said = done.version, "was published before" if done.was_known else "is published"
        if version.withdrawn_at is not None:
            said += ", and is withdrawn"
        click.echo(f"{version.name}/{version.version} {said}: {version.content_hash}")


@questionnaires_commands.command("coverage")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
def coverage_command(as_json: bool) -> None:
    """List recommendations that no question tests, and questions that trace to none."""
    try:
        found = _coverage()
    except CannotBeRead as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    if as_json:
        click.echo(json.dumps(_coverage_data(found), indent=2, ensure_ascii=False))
        return
    total = len(found.tested) + len(found.untested)
    click.echo(f"{len(found.tested)} of {total} recommendations and findings are tested.\n")
    click.echo("No question tests:")
    print_table(
        ("id", "review", "owner", "words"),
        [(x.fact_id, x.review, "; ".join(x.owners), cut(x.text)) for x in found.untested],
    )
    click.echo("\nOnly the return that goes through them all asks, and no audit:")
    print_table(
        ("id", "review", "owner", "words"),
        [(x.fact_id, x.review, "; ".join(x.owners), cut(x.text)) for x in found.only_assured],
    )
    click.echo("\nTrace to no review:")
    print_table(
        ("questionnaire", "question", "law", "words"),
        [(x.questionnaire, x.question_id, " ".join(x.law), cut(x.text)) for x in found.untraced],
    )


@questionnaires_commands.command("diff")
@click.argument("old", type=A_FILE)
@click.argument("new", type=A_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def diff_command(old: Path, new: Path, as_json: bool) -> None:
    """Say what NEW adds to, removes from and changes in OLD, and what compares like for like."""
    before, after = (_must_read(file) for file in (old, new))
    found = differences(before, after)
    if as_json:
        click.echo(json.dumps(_difference_data(found), indent=2, ensure_ascii=False))
        return
    print_table(
        ("question", "change", "words"),
        [(name, "added", cut(after.question(name).text)) for name in found.added]
        + [(name, "removed", cut(before.question(name).text)) for name in found.removed]
        + [
            (one.new_id, said, cut(after.question(one.new_id).text))
            for one in found.changed
            for said in _said(one._asdict())
        ],
    )
    click.echo(f"\n{len(found.like_for_like)} questions can be compared like for like.")


@questionnaires_commands.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of the format, for editors that check while one writes."""
    click.echo(json.dumps(schema_for_editors(), indent=2))


def _said(change: dict[str, object]) -> list[str]:
    said = []
    if change["old_id"] != change["new_id"]:
        said.append(f"was {change['old_id']}")
    if change["moved_from"]:
        said.append(f"moved from {change['moved_from']}")
    said += [
        f"{word}: {', '.join(fields)}"
        for word in ("reworded", "rescored")
        if (fields := change[word]) and isinstance(fields, tuple)
    ]
    if not change["is_like_for_like"]:
        said.append("not like for like")
    return said


def _difference_data(found: Differences) -> dict[str, object]:
    return {
        "added": found.added,
        "removed": found.removed,
        "changed": [one._asdict() for one in found.changed],
        "like_for_like": found.like_for_like,
    }


def _coverage_data(found: Coverage) -> dict[str, object]:
    return {
        "tested": [one._asdict() for one in found.tested],
        "untested": [one._asdict() for one in found.untested],
        "only_assured": [one.fact_id for one in found.only_assured],
        "untraced": [one._asdict() for one in found.untraced],
        "unknown": [list(one) for one in found.unknown],
    }


def _coverage() -> Coverage:
    read = [_must_read(file) for file in _shipped()]
    newest = {one.name: one for one in sorted(read, key=lambda one: one.version)}
    return coverage_of(list(newest.values()), read_sources_in(config().questionnaires))


def _must_read(file: Path) -> Questionnaire:
    return read_or_refuse(file)[0]


def _shipped() -> list[Path]:
    folder = config().questionnaires
    return sorted(file for file in folder.glob("*/*.yaml") if file.parent.name != "sources")
