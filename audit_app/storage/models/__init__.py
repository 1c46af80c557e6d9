"""The records: one module a noun. Importing this package makes every table known."""

from audit_app.core.action_moves import ActionStatus
from audit_app.core.register.layouts import Layout
from audit_app.core.rounds.ladder import Step
from audit_app.core.rounds.moves import CycleState
from audit_app.storage.base import Base
from audit_app.storage.models.action import Action, ActionUpdate, Origin
from audit_app.storage.models.answer import Answer
from audit_app.storage.models.answer_draft import AnswerDraft
from audit_app.storage.models.answer_version import AnswerVersion
from audit_app.storage.models.audit_return import AuditReturn
from audit_app.storage.models.board_count import CountedReturn, PartCount, ReturnCount
from audit_app.storage.models.change_request import ChangeRequest
from audit_app.storage.models.chasing_step import ChasingStep
from audit_app.storage.models.column_mapping import ColumnMapping
from audit_app.storage.models.cycle import Cycle, Reminders, Scope, Wording
from audit_app.storage.models.email_code import EmailCode, Purpose
from audit_app.storage.models.evidence import Evidence, EvidenceLink, EvidenceVersion, ScanState
from audit_app.storage.models.guard_count import GuardCount
from audit_app.storage.models.history import History, HistoryStream
from audit_app.storage.models.import_run import ImportRow, ImportRun, ImportState, Outcome
from audit_app.storage.models.invitation import Invitation
from audit_app.storage.models.job_tick import JobTick
from audit_app.storage.models.never_changing import RecordsNeverChange
from audit_app.storage.models.oidc_identity import OidcIdentity
from audit_app.storage.models.organisation import (
    Belonging,
    Contact,
    Organisation,
    OrganisationGroup,
)
from audit_app.storage.models.outgoing_message import OutgoingMessage, Sender
from audit_app.storage.models.partnership import Locality, Partnership
from audit_app.storage.models.person import Holding, Passkey, Person
from audit_app.storage.models.questionnaire_version import QuestionnaireVersion
from audit_app.storage.models.reference_number import ReferenceNumber
from audit_app.storage.models.result import Result, ResultArea, ResultSection, Stage
from audit_app.storage.models.return_progress import ReturnProgress, WorkingNow
from audit_app.storage.models.return_spreadsheet import ReturnSpreadsheet
from audit_app.storage.models.sampled_consultation import SampledConsultation
from audit_app.storage.models.section_assignment import SectionAssignment
from audit_app.storage.models.sign_in import SignIn
from audit_app.storage.models.sign_in_throttle import SignInThrottle
from audit_app.storage.models.sign_off_request import SignOff, SignOffRequest
from audit_app.storage.models.submitted_answers import SubmittedAnswers

__all__ = [
    "Action",
    "ActionStatus",
    "ActionUpdate",
    "Answer",
    "AnswerDraft",
    "AnswerVersion",
    "AuditReturn",
    "Base",
    "Belonging",
    "ChangeRequest",
    "ChasingStep",
    "ColumnMapping",
    "Contact",
    "CountedReturn",
    "Cycle",
    "CycleState",
    "EmailCode",
    "Evidence",
    "EvidenceLink",
    "EvidenceVersion",
    "GuardCount",
    "History",
    "HistoryStream",
    "Holding",
    "ImportRow",
    "ImportRun",
    "ImportState",
    "Invitation",
    "JobTick",
    "Layout",
    "Locality",
    "OidcIdentity",
    "Organisation",
    "OrganisationGroup",
    "Origin",
    "Outcome",
    "OutgoingMessage",
    "PartCount",
    "Partnership",
    "Passkey",
    "Person",
    "Purpose",
    "QuestionnaireVersion",
    "RecordsNeverChange",
    "ReferenceNumber",
    "Reminders",
    "Result",
    "ResultArea",
    "ResultSection",
    "ReturnCount",
    "ReturnProgress",
    "ReturnSpreadsheet",
    "SampledConsultation",
    "ScanState",
    "Scope",
    "SectionAssignment",
    "Sender",
    "SignIn",
    "SignInThrottle",
    "SignOff",
    "SignOffRequest",
    "Stage",
    "Step",
    "SubmittedAnswers",
    "Wording",
    "WorkingNow",
]
