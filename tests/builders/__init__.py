"""Records for tests, each with only what the test is about."""

from tests.builders.adding import NOW
from tests.builders.people import (
    make_belonging,
    make_holding,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
)
from tests.builders.returns import (
    QUESTIONNAIRE,
    make_answer,
    make_cycle,
    make_questionnaire_version,
    make_result,
    make_return,
)

__all__ = [
    "NOW",
    "QUESTIONNAIRE",
    "make_answer",
    "make_belonging",
    "make_cycle",
    "make_holding",
    "make_locality",
    "make_organisation",
    "make_partnership",
    "make_person",
    "make_questionnaire_version",
    "make_result",
    "make_return",
]
