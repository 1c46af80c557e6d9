"""Whether what somebody signs is what they read: a mark of everything that the page showed."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy.orm import Session

from audit_app.core.action_moves import ActionStatus
from audit_app.services.planning_actions import key_of, promise_of
from audit_app.storage.models import Answer, AuditReturn
from audit_app.storage.queries.actions import actions_of_return
from audit_app.storage.queries.evidence_behind import pieces_behind

PLAN, ASKED = "+plan", "+asked"
"""What is marked beside the questions; no id of a question begins like these."""


def as_read(session: Session, audit_return: AuditReturn, answers: Mapping[str, Answer]) -> str:
    """Give a mark of a return as it stands: "+asked:5b0c +plan:91ee 1.1:2 1.2:1.77ad".

    Each answer has its version, and a mark of the evidence behind it where there is any. The plan
    is what is promised: how an action comes on is no part of it. What is asked is for whom: the
    organisation, its kind, whom it answers for, and the questionnaire.
    """
    behind = pieces_behind(session, audit_return.id)
    marks = {
        name: f"{answers[name].version if name in answers else 0}"
        + (f".{_mark(*behind[name])}" if name in behind else "")
        for name in answers.keys() | behind.keys()
    }
    promised = [
        (key_of(one), promise_of(one))
        for one in actions_of_return(session, audit_return)
        if one.status is not ActionStatus.CANCELLED
    ]
    organisation = audit_return.organisation
    marks[PLAN] = _mark(*promised)
    marks[ASKED] = _mark(
        organisation.name,
        organisation.kind,
        sorted(audit_return.answers_for or []),
        audit_return.content_hash,
    )
    return " ".join(f"{name}:{marks[name]}" for name in sorted(marks))


def changed_since_read(seen: str, now: str) -> tuple[str, ...]:
    """Name what differs between the mark of a page that was `seen` and that of `now`.

    Questions by their ids, the plan and what is asked by PLAN and ASKED. Nothing was seen where the
    mark is empty; one that was tampered with differs in something.
    """
    if not seen:
        return ()
    return tuple(sorted({one.rpartition(":")[0] for one in set(seen.split()) ^ set(now.split())}))


def _mark(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:12]
