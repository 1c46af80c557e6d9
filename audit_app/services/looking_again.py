"""What the partnership asked to be looked at again: what was changed, and why the rest was not."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from audit_app.core.looking_again import left_as_they_were, wrong_reasons
from audit_app.core.replies import Reply
from audit_app.services.reading_returns import replies_of
from audit_app.services.reading_submissions import replies_as_sent
from audit_app.storage.models import AuditReturn, ChangeRequest
from audit_app.storage.queries.change_requests import changes_of, open_changes
from audit_app.storage.questionnaire_library import asked_of


class NotLookedAt(Exception):
    """Answers stay as they were and nobody said why; `wrong` says what to do, by question."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(f"{len(wrong)} answers are as they were, without a reason")
        self.wrong = dict(wrong)


def still_as_sent(
    session: Session, audit_return: AuditReturn, *, said: Mapping[str, Reply] | None = None
) -> tuple[str, ...]:
    """Name what was asked to be looked at again and is still as it was sent; `said` is as it is."""
    named = open_changes(session, audit_return)
    if not named:
        return ()
    return left_as_they_were(
        named,
        said=replies_of(session, audit_return) if said is None else said,
        sent=replies_as_sent(session, audit_return) or {},
    )


def say_why_left(
    session: Session,
    audit_return: AuditReturn,
    *,
    reasons: Mapping[str, str],
    said: Mapping[str, Reply] | None = None,
) -> list[ChangeRequest]:
    """Note of everything that was asked for whether it was changed, and else why it was not.

    A reason given before, to whoever was asked to sign, holds where none is given now. Gives what
    was asked for. Raises NotLookedAt where an answer stays as it was without a reason.
    """
    named = open_changes(session, audit_return)
    left = still_as_sent(session, audit_return, said=said)
    given = {name: reasons.get(name, named[name].left_because or "").strip() for name in left}
    numbers = asked_of(session, audit_return).numbers
    if wrong := wrong_reasons(left, given, numbers=numbers):
        raise NotLookedAt(wrong)
    for name, one in named.items():
        one.was_changed, one.left_because = name not in left, given.get(name)
    session.flush()
    return list(named.values())


def settled_last(session: Session, audit_return: AuditReturn) -> list[ChangeRequest]:
    """Give what was asked for and settled when the return was last sent again."""
    at = audit_return.sent_again_at
    return [one for one in changes_of(session, audit_return) if at and one.resolved_at == at]
