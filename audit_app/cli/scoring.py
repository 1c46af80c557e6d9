"""`flask score`: a return scored from two files, with no database, and explained."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from audit_app.cli.spreadsheets import sources_or_none
from audit_app.core.answers_file import AnswersCannotBeRead, AnswersFile, read_answers
from audit_app.core.london import london_date
from audit_app.core.problems import CannotBeRead
from audit_app.core.progress import progress_of
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import check_questionnaire
from audit_app.core.result_data import as_data
from audit_app.core.scoring import score


@click.command("score")
@click.argument("questionnaire", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def score_command(questionnaire: Path, answers: Path) -> None:
    """Score ANSWERS (JSON) by QUESTIONNAIRE (YAML) and print the result as JSON.

    Nothing is stored. A file that cannot be read is refused with everything that is wrong with
    it, on the error output, and exit code 1.
    """
    try:
        published = _read(questionnaire)
        today = london_date(datetime.now(UTC))
        given = read_answers(answers.read_bytes(), published, today=today)
    except (CannotBeRead, AnswersCannotBeRead, OSError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from None
    click.echo(json.dumps(_scored(given.questionnaire, given), indent=2, ensure_ascii=False))


def _read(file: Path) -> Questionnaire:
    found, problems = check_questionnaire(
        file.read_bytes(), name=str(file), sources=sources_or_none()
    )
    wrong = [problem for problem in problems if not problem.is_warning]
    if found is None or wrong:
        raise CannotBeRead(wrong)
    return found


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
