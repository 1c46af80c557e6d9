"""Asking before words are saved that may be personal data, and counting that without the words."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.personal_data import PointedOut, marks_in, pointed_out
from audit_app.storage.models import AuditReturn, Organisation
from audit_app.storage.queries.guard_counts import count_guard


class Asked(NamedTuple):
    """What is asked about, and the field it stands in."""

    field: str
    found: PointedOut


def ask_first(
    session: Session,
    texts: Mapping[str, str],
    *,
    organisation: Organisation | None,
    audit_return: AuditReturn | None,
    before: Iterable[str] = (),
    shown: Collection[str] = (),
    kept: Collection[str] = (),
) -> list[Asked]:
    """Give what must be asked about before these texts may be saved; nothing means: save them.

    `texts` are by field; `before` is what stands saved in their place, which was asked about when
    it was saved. `shown` and `kept` are the marks of what this person was asked about already, and
    of what they said may stay. Counts for the return what is shown for the first time and, once
    nothing is left to ask, what was kept.
    """
    own = _own(organisation)
    stands = marks_in(before, own=own)
    found = [
        Asked(field, one)
        for field, text in texts.items()
        for one in pointed_out(text, own=own)
        if one.mark not in stands
    ]
    asked = [one for one in found if one.found.mark not in kept]
    if audit_return is not None:
        new = {one.found.mark: one.found.kind for one in asked if one.found.mark not in shown}
        stays = {} if asked else {one.found.mark: one.found.kind for one in found}
        for kind, number in Counter(new.values()).items():
            count_guard(session, audit_return_id=audit_return.id, kind=kind, shown=number)
        for kind, number in Counter(stays.values()).items():
            count_guard(session, audit_return_id=audit_return.id, kind=kind, kept=number)
    return asked


def _own(organisation: Organisation | None) -> tuple[str, ...]:
    """Give what an organisation says of itself in the register: no secret of a child."""
    if organisation is None:
        return ()
    own = (organisation.postcode, organisation.telephone, organisation.email)
    return tuple(one for one in own if one)
