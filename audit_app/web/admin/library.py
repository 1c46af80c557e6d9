"""The library of questionnaires put together: all of its pages hang on one blueprint."""

from audit_app.web.admin import (
    blank_questionnaires as blank_questionnaires,
)
from audit_app.web.admin import (
    questionnaire_upload as questionnaire_upload,
)
from audit_app.web.admin import (
    questionnaire_withdrawal as questionnaire_withdrawal,
)
from audit_app.web.admin.questionnaires import questionnaires as questionnaires
