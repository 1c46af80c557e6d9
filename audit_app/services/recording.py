"""Writing history: who did what and when, in the same transaction as what they did."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from audit_app.storage.models import AuditReturn, Organisation, Partnership, Person
from audit_app.storage.queries import history


class Event(StrEnum):
    """Everything that history tells of."""

    ANSWER_SAVED = "answer_saved"
    SECTION_GIVEN = "section_given"
    SECTION_TAKEN_BACK = "section_taken_back"
    SPREADSHEET_APPLIED = "spreadsheet_applied"
    RETURN_SUBMITTED = "return_submitted"
    SIGN_OFF_ASKED = "sign_off_asked"
    SIGN_OFF_DECLINED = "sign_off_declined"
    SIGN_OFF_TAKEN_BACK = "sign_off_taken_back"
    RETURN_WITHDRAWN = "return_withdrawn"
    CHANGES_REQUESTED = "changes_requested"
    ANSWERING_ON_BEHALF = "answering_on_behalf"
    ACTIONS_DRAFTED = "actions_drafted"
    ACTION_ADDED = "action_added"
    ACTION_CHANGED = "action_changed"
    ACTION_DROPPED = "action_dropped"
    ACTIONS_PROMISED = "actions_promised"
    ACTION_REPORTED = "action_reported"
    ACTION_DONE = "action_done"
    RETURN_CLOSED = "return_closed"
    RETURN_READ = "return_read"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_USED_AGAIN = "evidence_used_again"
    EVIDENCE_TAKEN_AWAY = "evidence_taken_away"
    EVIDENCE_REPLACED = "evidence_replaced"
    EVIDENCE_CHANGED = "evidence_changed"
    EVIDENCE_REMOVED = "evidence_removed"
    EVIDENCE_INFECTED = "evidence_infected"
    EVIDENCE_READ = "evidence_read"
    REPORT_MADE = "report_made"
    RETURN_ADDED_LATE = "return_added_late"
    RETURN_EXEMPTED = "return_exempted"
    EXEMPTION_ENDED = "exemption_ended"
    RETURN_EXTENDED = "return_extended"
    RETURN_REOPENED = "return_reopened"
    STEP_TAKEN = "step_taken"
    CYCLE_PLANNED = "cycle_planned"
    CYCLE_CHANGED = "cycle_changed"
    CYCLE_REWORDED = "cycle_reworded"
    CYCLE_CONTACT_NAMED = "cycle_contact_named"
    CONSULTATION_SAMPLED = "consultation_sampled"
    CONSULTATION_TAKEN_OUT = "consultation_taken_out"
    AUDITOR_REPLACED = "auditor_replaced"
    CYCLE_OPENED = "cycle_opened"
    CYCLE_CLOSED = "cycle_closed"
    CYCLE_ARCHIVED = "cycle_archived"
    REMINDERS_WRITTEN = "reminders_written"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    QUESTIONNAIRE_PUBLISHED = "questionnaire_published"
    QUESTIONNAIRE_WITHDRAWN = "questionnaire_withdrawn"
    QUESTIONNAIRE_PUT_BACK = "questionnaire_put_back"
    DEMONSTRATION_LOADED = "demonstration_loaded"
    ORGANISATION_ADDED = "organisation_added"
    ORGANISATION_CHANGED = "organisation_changed"
    ORGANISATION_CLOSED = "organisation_closed"
    ORGANISATION_REOPENED = "organisation_reopened"
    CONTACT_ADDED = "contact_added"
    CONTACT_ENDED = "contact_ended"
    GROUP_CHANGED = "group_changed"
    LOCALITY_ADDED = "locality_added"
    LOCALITY_RENAMED = "locality_renamed"
    LOCALITY_REMOVED = "locality_removed"
    REGISTER_IMPORTED = "register_imported"
    PERSON_INVITED = "person_invited"
    INVITATION_SENT_AGAIN = "invitation_sent_again"
    INVITATION_REVOKED = "invitation_revoked"
    INVITATION_ACCEPTED = "invitation_accepted"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    PERSON_LEFT = "person_left"
    CODE_SENT = "code_sent"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of an event
    EMAIL_CHANGED = "email_changed"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    SECOND_FACTOR_SET_UP = "second_factor_set_up"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    IDENTITY_LINKED = "identity_linked"
    HISTORY_EXPORTED = "history_exported"
    MESSAGE_SENT_AGAIN = "message_sent_again"
    BOUNCE_NOTED = "bounce_noted"


def record(
    session: Session,
    event: Event,
    subject: AuditReturn | Partnership | Person | Organisation,
    *,
    by: Person | None,
    at: datetime,
    within: Partnership | None = None,
    organisation: Organisation | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one row of history about a return, a partnership, a person or an organisation.

    A return has a stream of its own, so that two organisations saving never wait for each other.
    What is told of an organisation is told in the partnership `within` which it was done. So is
    what is told of a person, and of the `organisation` where they do or did something.
    """
    partnership_id = organisation_id = None
    if isinstance(subject, AuditReturn):
        kind, partnership_id = "return", subject.cycle.partnership_id
        organisation_id = subject.organisation_id
    elif isinstance(subject, Partnership):
        kind, partnership_id = "partnership", subject.id
    elif isinstance(subject, Organisation):
        kind, organisation_id = "organisation", subject.id
        partnership_id = within.id if within is not None else None
    else:
        kind = "person"
        partnership_id = within.id if within is not None else None
        organisation_id = organisation.id if organisation is not None else None
    history.append(
        session,
        stream=f"{kind}:{subject.id}",
        event=event.value,
        at=at,
        by_id=by.id if by is not None else None,
        partnership_id=partnership_id,
        organisation_id=organisation_id,
        subject_type=kind,
        subject_id=str(subject.id),
        details=dict(details or {}),
    )
