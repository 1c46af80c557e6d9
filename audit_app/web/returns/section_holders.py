"""Who is on which section of a return: to whom it was given, and who worked on it last."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from audit_app.core.giving import is_overdue
from audit_app.core.progress import SectionProgress
from audit_app.storage.models import Person
from audit_app.storage.queries.assignments import Held, sections_held
from audit_app.storage.queries.colleagues import names_of, people_of
from audit_app.storage.queries.working_now import Seen, seen_at
from audit_app.web.access import current_person
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.returns.my_returns_page import HERE_NOW
from audit_app.web.returns.opening import Opened


class OnSection(NamedTuple):
    """Who is on one section. `gift` is the assignment that stands, whoever looks at it."""

    gift: UUID | None
    holder_id: UUID | None
    name: str
    is_yours: bool
    is_here: bool
    due_on: date | None
    is_overdue: bool
    note: str
    given_by: str
    last_by: str
    last_at: datetime | None

    @property
    def is_free(self) -> bool:
        """Say whether anybody may take the section: it is nobody's, or its holder has left."""
        return not self.is_here


class Holders(NamedTuple):
    """Who is on each section, by its id, and who is at work now.

    Where one person works alone there are no colleagues, and nothing is said of any.
    """

    sections: dict[str, OnSection]
    working: list[Seen]
    is_alone: bool


class _Last(NamedTuple):
    at: datetime
    by_id: UUID


def holders_of(found: Opened) -> Holders:
    """Find out who is on every section that is asked, in four statements."""
    me, given = current_person(), sections_held(session(), found.audit_return)
    people = people_of(session(), found.audit_return.organisation_id)
    alone = people[0] if len(people) == 1 else None
    last = {place.section.id: _last_in(found, place) for place in found.progress.sections}
    ids = {one.by_id for one in last.values() if one is not None}
    ids |= {one.assignment.by_id for one in given.values() if one.assignment.by_id is not None}
    names = names_of(session(), ids)
    return Holders(
        {
            place.section.id: _on(
                place, given.get(place.section.id), last[place.section.id], names, me.id, alone
            )
            for place in found.progress.sections
        },
        seen_at(session(), [found.audit_return], since=now() - HERE_NOW, but=me),
        alone is not None,
    )


def _on(
    place: SectionProgress,
    held: Held | None,
    last: _Last | None,
    names: dict[UUID, str],
    my_id: UUID,
    alone: Person | None,
) -> OnSection:
    if alone is not None and last is not None and last.by_id == alone.id:
        last = None
    last_by = names.get(last.by_id, "") if last is not None else ""
    last_at = last.at if last is not None else None
    if held is None:
        return OnSection(None, None, "", False, False, None, False, "", "", last_by, last_at)
    one = held.assignment
    late = is_overdue(one.due_on, today=today(), is_completed=not place.left)
    by = names.get(one.by_id, "") if one.by_id is not None and one.by_id != one.person_id else ""
    return OnSection(
        gift=one.id,
        holder_id=one.person_id,
        name=held.name,
        is_yours=one.person_id == my_id and held.is_here,
        is_here=held.is_here,
        due_on=one.due_on,
        is_overdue=late and held.is_here,
        note=one.note,
        given_by=by,
        last_by=last_by,
        last_at=last_at,
    )


def _last_in(found: Opened, place: SectionProgress) -> _Last | None:
    """Give who saved an answer of a section last; what was only brought forward is nobody's."""
    last: _Last | None = None
    for name in place.asked:
        answer = found.answers.get(name)
        if answer is None or answer.saved_by_id is None or answer.is_as_brought:
            continue
        if last is None or answer.saved_at > last.at:
            last = _Last(answer.saved_at, answer.saved_by_id)
    return last
