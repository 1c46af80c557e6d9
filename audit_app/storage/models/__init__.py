"""The records: one module a noun. Importing this package makes every table known."""

from audit_app.storage.base import Base
from audit_app.storage.models.answer import Answer
from audit_app.storage.models.audit_return import AuditReturn
from audit_app.storage.models.cycle import Cycle, CycleState
from audit_app.storage.models.history import History, HistoryStream
from audit_app.storage.models.organisation import Belonging, Organisation
from audit_app.storage.models.outgoing_message import OutgoingMessage
from audit_app.storage.models.partnership import Locality, Partnership
from audit_app.storage.models.person import Holding, Person
from audit_app.storage.models.questionnaire_version import QuestionnaireVersion
from audit_app.storage.models.reference_number import ReferenceNumber
from audit_app.storage.models.result import (
    Result,
    ResultArea,
    ResultSection,
    ResultsNeverChange,
    Stage,
)
from audit_app.storage.models.sign_in import SignIn
from audit_app.storage.models.sign_in_throttle import SignInThrottle

__all__ = [
    "Answer",
    "AuditReturn",
    "Base",
    "Belonging",
    "Cycle",
    "CycleState",
    "History",
    "HistoryStream",
    "Holding",
    "Locality",
    "Organisation",
    "OutgoingMessage",
    "Partnership",
    "Person",
    "QuestionnaireVersion",
    "ReferenceNumber",
    "Result",
    "ResultArea",
    "ResultSection",
    "ResultsNeverChange",
    "SignIn",
    "SignInThrottle",
    "Stage",
]
