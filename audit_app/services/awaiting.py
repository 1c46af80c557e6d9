"""Whether a return awaits a signature, and refusing what would change what is signed."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from audit_app.core.awaiting import Change, refuse_while_awaited
from audit_app.core.lifecycle import State
from audit_app.storage.models import Action, AuditReturn
from audit_app.storage.queries.actions import hold_action
from audit_app.storage.queries.returns import hold_return
from audit_app.storage.queries.sign_offs import open_sign_off


def awaits_signature(session: Session, audit_return: AuditReturn) -> bool:
    """Say whether somebody was asked to sign, and has not said yet."""
    if audit_return.state is State.CHANGES_REQUESTED:
        return open_sign_off(session, audit_return) is not None
    return audit_return.state is State.AWAITING_SIGN_OFF


def refuse_awaiting(session: Session, audit_return: AuditReturn, change: Change) -> None:
    """Raise AwaitsSignature where this would change what is signed, in a return that is held."""
    refuse_while_awaited(change, awaits=awaits_signature(session, audit_return))


def hold_unless_awaited(
    session: Session, returns: Iterable[AuditReturn], change: Change, *, alone: bool
) -> None:
    """Hold returns as they are until the commit, so that nobody is asked to sign one meanwhile.

    `alone` as `hold_return` has it. Raises AwaitsSignature where one of them awaits a signature.
    """
    for audit_return in sorted(returns, key=lambda one: one.id):
        hold_return(session, audit_return, alone=alone)
        refuse_awaiting(session, audit_return, change)


def hold_action_unless_awaited(session: Session, action: Action, change: Change) -> None:
    """Hold an action, and its return before it: nobody is asked to sign it before the commit.

    Raises AwaitsSignature where somebody has it before them to sign.
    """
    if action.audit_return is not None:
        hold_unless_awaited(session, [action.audit_return], change, alone=False)
    hold_action(session, action)
