"""How long scoring takes: one whole return of the early years audit, on one core."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from audit_app.core.answers_file import AnswersFile, read_answers
from audit_app.core.london import london_date
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import read_questionnaire
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from tests.bench.measuring import cost_of
from tests.bench.rows import Row, compared, in_words, limited, noted, rate

ROOT = Path(__file__).parents[2]
AUDIT = ROOT / "questionnaires" / "early-years-audit" / "2026.yaml"
ANSWERS = ROOT / "tests" / "answers" / "early_years_group.json"
LIMIT = 100e-6


def rows() -> list[Row]:
    """Score the same return over and over, submitted and as a draft."""
    audit = read_questionnaire(AUDIT.read_bytes(), name=AUDIT.name)
    given = read_answers(ANSWERS.read_bytes(), audit, today=london_date(datetime.now(UTC)))
    asked = sum(1 for _ in audit.asked(given.kind))
    submitted, draft = (
        cost_of(partial(_score, audit, given, stage=stage))
        for stage in (Stage.SUBMITTED, Stage.DRAFT)
    )
    return [
        limited(f"scoring a return of {asked} questions, CPU", submitted.cpu, limit=LIMIT),
        noted("  the same by the clock on the wall", in_words(submitted.wall)),
        compared(
            "  returns scored a second on one core, against 10,000",
            1 / submitted.cpu,
            10_000,
            aim=1,
            said=rate,
            more_is_better=True,
        ),
        limited("scoring it as a draft, CPU", draft.cpu, limit=LIMIT),
    ]


def _score(audit: Questionnaire, given: AnswersFile, *, stage: Stage) -> object:
    return score(
        audit,
        given.replies,
        kind=given.kind,
        on=given.on,
        stage=stage,
        validations=given.validations,
    )
