"""`flask score`: a return scored from two files, with no database, and explained."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from audit_app.cli.opening import refuse
from audit_app.cli.spreadsheets import A_FILE, content_of, read_or_refuse
from audit_app.core.answers_file import AnswersFile, read_answers
from audit_app.core.london import london_date
from audit_app.core.problems import CannotBeRead
from audit_app.core.progress import progress_of
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.result_data import as_data
from audit_app.core.scoring import score


@click.command("score")
@click.argument("questionnaire", type=A_FILE)
@click.argument("answers", type=A_FILE)
def score_command(questionnaire: Path, answers: Path) -> None:
    """Score ANSWERS (JSON) by QUESTIONNAIRE (YAML or XLSX) and print the result as JSON.

    Nothing is stored. A file that cannot be read is refused with everything that is wrong with
    it, on the error output, and exit code 1.
    """
    published, _ = read_or_refuse(questionnaire)
    today = london_date(datetime.now(UTC))
    try:
        given = read_answers(content_of(answers), published, today=today, name=str(answers))
    except CannotBeRead as error:
        refuse(str(error))
    click.echo(json.dumps(_scored(given.questionnaire, given), indent=2, ensure_ascii=False))


def _scored(published: Questionnaire, given: AnswersFile) -> dict[str, Any]:
    result = score(
        published,
        given.replies,
        kind=given.kind,
        on=given.on,
        stage=given.stage,
        validations=given.validations,
    )
    left = progress_of(published, result, given.replies, kind=given.kind).blocking
    return {
        "on": given.on.isoformat(),
        "may_be_submitted": not left,
        "left_to_answer": list(left),
        **as_data(result, published, kind=given.kind),
    }
