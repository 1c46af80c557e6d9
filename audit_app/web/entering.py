"""Whose answers this browser enters for them: one return at a time, until it is said to be over."""

from typing import NamedTuple
from uuid import UUID

from flask import has_request_context
from flask import session as cookie

from audit_app.core.on_behalf import OnBehalf, wrong_on_behalf
from audit_app.storage.models import AuditReturn

KEY = "entering"


class Entering(NamedTuple):
    """Which return is entered for whom, as every page says that this browser opens meanwhile."""

    return_id: str
    cycle_id: str
    organisation: str
    on_behalf: OnBehalf


def begin_entering(audit_return: AuditReturn, on_behalf: OnBehalf) -> None:
    """Note for whom the answers of a return are entered from now on."""
    cookie[KEY] = [
        str(audit_return.id),
        str(audit_return.cycle_id),
        audit_return.organisation.name,
        *on_behalf,
    ]


def stop_entering() -> None:
    """Note that nobody's answers are entered any more."""
    cookie.pop(KEY, None)


def entering_now() -> Entering | None:
    """Give what is entered for whom; None for everybody who writes for themselves."""
    found = cookie.get(KEY) if has_request_context() else None
    if not found or len(found) != 5 or wrong_on_behalf(*found[3:]):
        return None
    return_id, cycle_id, organisation, name, channel = found
    return Entering(return_id, cycle_id, organisation, OnBehalf(name, channel))


def entering_for(return_id: UUID) -> OnBehalf | None:
    """Give for whom the answers of this return are entered; None where they are one's own.

    It allows nothing by itself: the role that carries it is asked for each time.
    """
    found = entering_now()
    return found.on_behalf if found is not None and found.return_id == str(return_id) else None
