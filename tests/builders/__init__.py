"""Records for tests, each with only what the test is about."""

from tests.builders.adding import NOW
from tests.builders.coming_in import (
    make_contact,
    make_email_code,
    make_identity,
    make_invitation,
    make_passkey,
    make_sign_in,
)
from tests.builders.completing import (
    make_action,
    make_answer_version,
    make_assignment,
    make_change_request,
    make_evidence,
    make_evidence_link,
    make_evidence_version,
    make_sign_off,
    make_submitted_answers,
)
from tests.builders.people import (
    make_belonging,
    make_group,
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
from tests.builders.rounds import (
    make_chasing_step,
    make_import,
    make_import_row,
    make_message,
    make_progress,
)

__all__ = [
    "NOW",
    "QUESTIONNAIRE",
    "make_action",
    "make_answer",
    "make_answer_version",
    "make_assignment",
    "make_belonging",
    "make_change_request",
    "make_chasing_step",
    "make_contact",
    "make_cycle",
    "make_email_code",
    "make_evidence",
    "make_evidence_link",
    "make_evidence_version",
    "make_group",
    "make_holding",
    "make_identity",
    "make_import",
    "make_import_row",
    "make_invitation",
    "make_locality",
    "make_message",
    "make_organisation",
    "make_partnership",
    "make_passkey",
    "make_person",
    "make_progress",
    "make_questionnaire_version",
    "make_result",
    "make_return",
    "make_sign_in",
    "make_sign_off",
    "make_submitted_answers",
]
