"""`flask questionnaires withdraw` and `put-back`: whether new rounds may ask a version."""

from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from audit_app.cli.opening import open_session, refuse
from audit_app.services.withdrawing_questionnaires import (
    WithdrawalRefused,
    put_questionnaire_back,
    withdraw_questionnaire,
)
from audit_app.storage.models import CycleState, QuestionnaireVersion
from audit_app.storage.queries.questionnaire_use import rounds_asking
from audit_app.storage.questionnaire_library import version_called


@click.command("withdraw")
@click.argument("called", metavar="NAME/VERSION")
@click.option("--because", required=True, help="Why; those who are answering it read this.")
def withdraw_command(called: str, because: str) -> None:
    """Withdraw NAME/VERSION: no new round opens with it, and rounds that are open go on."""
    with open_session() as session:
        version = _version(session, called)
        try:
            withdraw_questionnaire(
                session, version, because=because, within=None, by=None, now=datetime.now(UTC)
            )
        except WithdrawalRefused as refused:
            refuse(f"{refused}. Nothing was changed.")
        session.commit()
        click.echo(f"{called} is withdrawn: no new round opens with it.")
        for cycle in rounds_asking(session, version):
            planned = cycle.state is CycleState.PLANNED
            said = "is planned and needs another version" if planned else "is open and goes on"
            click.echo(f"{cycle.partnership.slug}: {cycle.title} {said}.")


@click.command("put-back")
@click.argument("called", metavar="NAME/VERSION")
def put_back_command(called: str) -> None:
    """Let rounds be opened with NAME/VERSION again."""
    with open_session() as session:
        version = _version(session, called)
        try:
            put_questionnaire_back(session, version, by=None, now=datetime.now(UTC))
        except WithdrawalRefused as refused:
            refuse(f"{refused}. Nothing was changed.")
        session.commit()
        click.echo(f"{called} can be used again.")


def _version(session: Session, called: str) -> QuestionnaireVersion:
    name, _, version = called.partition("/")
    found = version_called(session, name, version)
    if found is None:
        refuse(f"{called} is not published. See: flask --app wsgi questionnaires list")
    return found
