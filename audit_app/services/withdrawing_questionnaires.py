"""Withdrawing a published version of a questionnaire, so that no new round asks it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.rounds.deadlines import Wrong
from audit_app.services.recording import Event, record
from audit_app.storage.models import CycleState, Person, QuestionnaireVersion
from audit_app.storage.queries.partnerships import partnerships
from audit_app.storage.queries.questionnaire_use import hold_version, rounds_asking

LONGEST_REASON = 500
PLANNED_ELSEWHERE = (
    "Another partnership has planned a round with this version. Whoever administers the service "
    "can withdraw it"
)


class WithdrawalRefused(Exception):
    """A version cannot be withdrawn, or put back, like this; each thing wrong with its part."""

    def __init__(self, *wrong: Wrong) -> None:
        super().__init__("; ".join(one.text for one in wrong))
        self.wrong = list(wrong)


def withdraw_questionnaire(
    session: Session,
    version: QuestionnaireVersion,
    *,
    because: str,
    within: Collection[UUID] | None,
    by: Person | None,
    now: datetime,
) -> None:
    """Withdraw a version: no round opens with it from now on, and what is open goes on.

    `within` are the partnerships for which this is done; None is the whole installation. Planned
    rounds of others are in the way. Every partnership is told. Raises WithdrawalRefused.
    """
    hold_version(session, version)
    said = because.strip()
    if version.withdrawn_at is not None:
        raise WithdrawalRefused(Wrong("state", "This version is withdrawn already"))
    if not said:
        raise WithdrawalRefused(Wrong("because", "Say why"))
    if len(said) > LONGEST_REASON:
        raise WithdrawalRefused(
            Wrong("because", f"The reason must be {LONGEST_REASON} characters or fewer")
        )
    if within is not None and _planned_beyond(session, version, within):
        raise WithdrawalRefused(Wrong("state", PLANNED_ELSEWHERE))
    version.withdrawn_at, version.withdrawn_because = now, said
    session.flush()
    _tell(session, Event.QUESTIONNAIRE_WITHDRAWN, version, by=by, now=now, because=said)


def put_questionnaire_back(
    session: Session, version: QuestionnaireVersion, *, by: Person | None, now: datetime
) -> None:
    """Let rounds be opened with a version again. Raises WithdrawalRefused."""
    hold_version(session, version)
    if version.withdrawn_at is None:
        raise WithdrawalRefused(Wrong("state", "This version is not withdrawn"))
    version.withdrawn_at = version.withdrawn_because = None
    session.flush()
    _tell(session, Event.QUESTIONNAIRE_PUT_BACK, version, by=by, now=now)


def _planned_beyond(
    session: Session, version: QuestionnaireVersion, within: Collection[UUID]
) -> bool:
    return any(
        cycle.state is CycleState.PLANNED and cycle.partnership_id not in within
        for cycle in rounds_asking(session, version)
    )


def _tell(
    session: Session,
    event: Event,
    version: QuestionnaireVersion,
    *,
    by: Person | None,
    now: datetime,
    **details: str,
) -> None:
    said = {"questionnaire": f"{version.name}/{version.version}", **details}
    for partnership in partnerships(session):
        record(session, event, partnership, by=by, at=now, details=said)
