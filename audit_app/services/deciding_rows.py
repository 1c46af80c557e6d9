"""From the rows of a register to what each would do here, a few hundred at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from audit_app.core.register.cells import clean
from audit_app.core.register.comparing import (
    Add,
    Change,
    Close,
    Decision,
    NoLonger,
    Standing,
    compare,
    contact_key,
)
from audit_app.core.register.headers import Columns
from audit_app.core.register.kinds import OutOfScope, Wider
from audit_app.core.register.layouts import Field, Layout
from audit_app.core.register.problems import ValueRefused, listed
from audit_app.core.register.reading_rows import Row, read_row
from audit_app.services.register_files import SheetRow
from audit_app.storage.models import Outcome, Partnership
from audit_app.storage.queries.standing_organisations import (
    Stands,
    standing_by_urn,
    standing_contacts,
    standing_without_urn,
)

AT_ONCE = 500
F = Field
STILL_OPEN = " It is open here. Close it by hand if it is no longer to be asked."

Line = dict[str, Any]
"""One line of a preview, by column of ImportRow."""


@dataclass
class Reading:
    """What is known while a file is read. It grows with the URNs of the file, and no more."""

    partnership: Partnership
    columns: Columns
    authorities: frozenset[str]
    wider: Wider
    today: date
    localities: Mapping[str, str]
    open_here: Mapping[str, tuple[UUID, str]]
    seen: dict[str, int] = field(default_factory=dict)
    group_names: dict[str, str] = field(default_factory=dict)
    authorities_seen: set[str] = field(default_factory=set)
    without_urn: dict[str, Stands] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    urns_refused: int = 0

    @property
    def layout(self) -> Layout:
        """Give whose columns the file has."""
        return self.columns.layout


class _Read(NamedTuple):
    number: int
    row: Row | None
    line: Line | None


def lines_of(session: Session, reading: Reading, rows: Iterable[SheetRow]) -> Iterator[Line]:
    """Give a line for each row that does something or is passed over; the others are counted."""
    if reading.layout is Layout.OWN:
        reading.without_urn = standing_without_urn(session, reading.partnership)
    left = iter(rows)
    while batch := list(islice(left, AT_ONCE)):
        yield from _lines(session, reading, [_read(reading, row) for row in batch])


def line(outcome: Outcome, **values: Any) -> Line:
    """Give one line with every column, because many are inserted together."""
    empty = dict.fromkeys(
        ("row", "urn", "name", "organisation_id", "facts", "before", "column", "value", "reason")
    )
    return {**empty, "outcome": outcome, **values}


def spelt_alike(authority: str) -> str:
    """Give a local authority's name as it is compared: "&" and "and" are one."""
    return " ".join(clean(authority).casefold().replace("&", " and ").split())


def _read(reading: Reading, row: SheetRow) -> _Read:
    number, written = row
    reading.counts["rows"] += 1
    cells = {
        which: clean(written[place]) if place < len(written) else ""
        for which, place in reading.columns.places.items()
    }
    urn, name = cells.get(F.URN, "").upper(), cells.get(F.NAME, "")
    stands = reading.open_here.get(urn)
    about = {
        "row": number,
        "urn": urn[:40] or None,
        "name": name[:200] or None,
        "organisation_id": stands[0] if stands else None,
    }
    if elsewhere := _elsewhere(reading, cells):
        reading.counts["elsewhere"] += 1
        if stands is None:
            return _Read(number, None, None)
        reading.seen.setdefault(urn, number)
        reason = f"The file has it under {elsewhere}, which was not chosen.{STILL_OPEN}"
        return _Read(number, None, line(Outcome.OUT_OF_SCOPE, **about, reason=reason))
    reading.counts["taken"] += 1
    try:
        found = read_row(cells, layout=reading.layout, wider=reading.wider)
        _note(reading, found, number)
    except OutOfScope as passed:
        reading.seen.setdefault(urn, number)
        reason = f"{passed}{STILL_OPEN if stands else ''}"
        return _Read(number, None, line(Outcome.OUT_OF_SCOPE, **about, reason=reason))
    except ValueRefused as refused:
        reading.seen.setdefault(urn, number)
        reading.urns_refused += refused.field is F.URN and stands is None
        return _Read(number, None, {**_refusal(reading, refused, number), **about})
    return _Read(number, found, None)


def _elsewhere(reading: Reading, cells: Mapping[Field, str]) -> str:
    """Give the local authority of a row that is not one of those chosen, else nothing."""
    if not reading.authorities:
        return ""
    authority = cells.get(F.LOCAL_AUTHORITY, "")
    if spelt_alike(authority) in reading.authorities:
        return ""
    if len(reading.authorities_seen) < AT_ONCE:
        reading.authorities_seen.add(authority)
    return authority or "no local authority"


def _note(reading: Reading, row: Row, number: int) -> None:
    """Hold the row against the rows before it and the partnership's localities."""
    key = row.urn or f"name:{(row.name or '').casefold()}"
    if key in reading.seen:
        which = F.URN if row.urn else F.NAME
        earlier = reading.seen[key]
        reason = f"The same {'URN' if row.urn else 'name'} stands on row {earlier} already."
        raise ValueRefused(which, row.urn or row.name or "", reason)
    reading.seen[key] = number
    facts = row.facts
    if locality := facts.get(F.LOCALITY):
        known = reading.localities.get(str(locality).casefold())
        if known is None:
            names = listed(sorted(set(reading.localities.values())) or ["none yet"])
            raise ValueRefused(F.LOCALITY, str(locality), f"The localities are: {names}.")
        facts[F.LOCALITY] = known
    group = facts.get(F.GROUP_URN) or facts.get(F.TRUST_UID)
    if not group:
        facts.pop(F.GROUP_NAME, None)
    elif facts.get(F.GROUP_NAME):
        # One group has one name in one file, or the next import would never find it settled.
        facts[F.GROUP_NAME] = reading.group_names.setdefault(str(group), str(facts[F.GROUP_NAME]))


def _lines(session: Session, reading: Reading, read: list[_Read]) -> Iterator[Line]:
    found = standing_by_urn(
        session, reading.partnership, [one.row.urn for one in read if one.row and one.row.urn]
    )
    contacts = _contacts(session, reading, [stands.organisation_id for stands in found.values()])
    for one in read:
        if one.line is not None:
            yield one.line
        elif one.row is not None:
            yield from _decided(reading, one.number, one.row, found, contacts)


def _decided(
    reading: Reading,
    number: int,
    row: Row,
    found: Mapping[str, Stands],
    contacts: Mapping[UUID, frozenset[str]],
) -> Iterator[Line]:
    stands = found.get(row.urn or "") or reading.without_urn.get((row.name or "").casefold())
    standing = None
    if stands is not None:
        known = contacts.get(stands.organisation_id, frozenset())
        standing = Standing(stands.facts, stands.belongs, known)
    name = row.name or (str(stands.facts["name"]) if stands else None)
    about = {
        "row": number,
        "urn": row.urn,
        "name": name,
        "organisation_id": stands.organisation_id if stands else None,
    }
    try:
        decision = compare(row, standing, layout=reading.layout, today=reading.today)
    except ValueRefused as refused:
        yield {**_refusal(reading, refused, number), **about}
        return
    if decision is None:
        reading.counts["unchanged"] += 1
    else:
        yield _line_for(decision, about)


def _line_for(decision: Decision, about: Mapping[str, Any]) -> Line:
    match decision:
        case Add(facts):
            name = facts.get(F.NAME) or about["name"]
            return line(Outcome.ADD, **{**about, "name": name}, facts=facts)
        case Change(facts, before):
            return line(Outcome.CHANGE, **about, facts=facts, before=before)
        case Close(facts, before):
            reason = "The register says that it works no longer."
            values = {"facts": facts, "before": before, "reason": reason}
            return line(Outcome.CLOSE, **about, **values)
        case NoLonger() | None:
            reason = "It works no longer, and is not open here."
            return line(Outcome.OUT_OF_SCOPE, **about, reason=reason)


def _refusal(reading: Reading, refused: ValueRefused, number: int) -> Line:
    written = reading.columns.written.get(refused.field, refused.field.value)
    return line(
        Outcome.REFUSED,
        row=number,
        column=clean(written)[:200],
        value=refused.value,
        reason=refused.reason,
    )


def _contacts(
    session: Session, reading: Reading, ids: Iterable[UUID]
) -> dict[UUID, frozenset[str]]:
    if F.CONTACT_NAME not in reading.columns.places:
        return {}
    every = [*ids, *(stands.organisation_id for stands in reading.without_urn.values())]
    return {
        organisation_id: frozenset(contact_key(*contact) for contact in those)
        for organisation_id, those in standing_contacts(session, every, on=reading.today).items()
    }
