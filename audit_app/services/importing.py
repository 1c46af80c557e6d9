"""Previewing a register: what a file would change, kept so that just that is applied."""

from collections.abc import Iterator
from datetime import date, datetime
from difflib import get_close_matches
from itertools import chain, islice
from typing import Any, BinaryIO, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.register.cells import clean
from audit_app.core.register.headers import ROWS_LOOKED_AT, Columns, find_columns
from audit_app.core.register.kinds import Wider
from audit_app.core.register.layouts import REGISTER_OF, Field, Layout
from audit_app.core.register.problems import ColumnsMissing, RegisterCannotBeRead, listed
from audit_app.services.deciding_rows import AT_ONCE, Line, Reading, line, lines_of, spelt_alike
from audit_app.services.register_files import digest_of, rows_of_file
from audit_app.storage.models import (
    ColumnMapping,
    ImportRow,
    ImportRun,
    ImportState,
    Locality,
    Outcome,
    Partnership,
    Person,
)
from audit_app.storage.queries.imports import mapping_of, remove_rows
from audit_app.storage.queries.organisations import open_in_register


class Chosen(NamedTuple):
    """What is chosen with a file: whose rows are taken, and who is asked beyond the usual."""

    local_authorities: tuple[str, ...] = ()
    wider: Wider = Wider()


def preview(
    session: Session,
    partnership: Partnership,
    file: BinaryIO,
    *,
    file_name: str,
    layout: Layout | None,
    chosen: Chosen,
    by: Person | None,
    now: datetime,
) -> ImportRun:
    """Keep what a file would do as an import that is not applied; nothing else is written.

    Rows of other local authorities than those chosen are passed over; none chosen takes all.
    Raises RegisterCannotBeRead, and ColumnsMissing among it; then the caller rolls back.
    """
    rows = rows_of_file(file)
    first = list(islice(rows, ROWS_LOOKED_AT))
    by_hand = {one: _mapped(session, partnership, one) for one in Layout}
    columns = find_columns(first, layout=layout, by_hand=by_hand)
    reading = _reading(session, partnership, columns, chosen, london_date(now))
    run = ImportRun(
        partnership_id=partnership.id,
        layout=columns.layout,
        state=ImportState.PREVIEWED,
        file_name=clean(file_name)[-200:] or "file",
        sha256="",
        at=now,
        by_id=by.id if by else None,
        counts={},
        choices={"local_authorities": list(chosen.local_authorities), **chosen.wider._asdict()},
    )
    session.add(run)
    session.flush()
    below = (row for row in chain(first, rows) if row[0] > columns.row)
    found = chain(lines_of(session, reading, below), _closings(reading))
    _keep(session, run, reading, found)
    _refuse_nothing_taken(reading, chosen)
    run.sha256 = digest_of(file)
    run.counts = dict(reading.counts)
    session.flush()
    return run


def abandon(session: Session, run: ImportRun) -> None:
    """Give up an import that was not applied; its rows go, its counts stay."""
    if run.state is ImportState.PREVIEWED:
        run.state = ImportState.ABANDONED
        remove_rows(session, run)


def keep_mapping(
    session: Session,
    partnership: Partnership,
    layout: Layout,
    *,
    fields: dict[str, str],
    by: Person | None,
    now: datetime,
) -> None:
    """Remember which header means which field, beside those remembered before."""
    kept = mapping_of(session, partnership, layout)
    known = {field.value for field in Field}
    named = {clean(header)[:200]: field for header, field in fields.items() if field in known}
    if kept is None:
        kept = ColumnMapping(partnership_id=partnership.id, layout=layout, fields={})
        session.add(kept)
    kept.fields = {**{h: f for h, f in kept.fields.items() if f not in named.values()}, **named}
    kept.saved_at, kept.saved_by_id = now, by.id if by else None
    session.flush()


def last_chosen(session: Session, partnership: Partnership) -> Chosen:
    """Give what was chosen with the latest import of a register, to be offered again."""
    choices = session.scalar(
        select(ImportRun.choices)
        .where(ImportRun.partnership_id == partnership.id, ImportRun.layout != Layout.OWN)
        .order_by(ImportRun.at.desc(), ImportRun.id.desc())
        .limit(1)
    )
    kept: dict[str, Any] = choices or {}
    wider = Wider(*(kept.get(name) is True for name in Wider._fields))
    return Chosen(tuple(kept.get("local_authorities", ())), wider)


def _mapped(session: Session, partnership: Partnership, layout: Layout) -> dict[str, str]:
    kept = mapping_of(session, partnership, layout)
    return kept.fields if kept is not None else {}


def _reading(
    session: Session, partnership: Partnership, columns: Columns, chosen: Chosen, today: date
) -> Reading:
    authorities = frozenset(map(spelt_alike, chosen.local_authorities))
    if columns.layout is Layout.OWN:
        authorities = frozenset()
    elif authorities and Field.LOCAL_AUTHORITY not in columns.places:
        missing = (Field.LOCAL_AUTHORITY,)
        raise ColumnsMissing(columns.layout, missing, columns.unknown, tuple(columns.places))
    names: dict[str, str] = {}
    for locality in session.scalars(
        select(Locality).where(
            Locality.partnership_id == partnership.id, Locality.removed_at.is_(None)
        )
    ):
        names |= {locality.slug.casefold(): locality.name, locality.name.casefold(): locality.name}
    register = REGISTER_OF[columns.layout]
    here = open_in_register(session, partnership, register) if register else ()
    return Reading(
        partnership,
        columns,
        authorities,
        chosen.wider,
        today,
        names,
        {urn: (organisation_id, name) for organisation_id, urn, name in here},
    )


def _closings(reading: Reading) -> Iterator[Line]:
    """Give what is open here and not in the file; nothing where a URN could not be read."""
    gone = [urn for urn in reading.open_here if urn not in reading.seen]
    if gone and reading.urns_refused:
        reading.counts["not_closed"] = len(gone)
        return
    for urn in gone:
        organisation_id, name = reading.open_here[urn]
        yield line(
            Outcome.CLOSE,
            urn=urn,
            name=name,
            organisation_id=organisation_id,
            facts={"closed_on": reading.today.isoformat()},
            before={"closed_on": None},
            reason="It is no longer in the register.",
        )


def _keep(session: Session, run: ImportRun, reading: Reading, found: Iterator[Line]) -> None:
    position = 0
    for outcome in Outcome:
        reading.counts[outcome.value] = 0
    while batch := list(islice(found, AT_ONCE)):
        for one in batch:
            position += 1
            one.update(import_run_id=run.id, position=position)
            reading.counts[one["outcome"].value] += 1
        # Past the records of the session: nobody looks at them again here, and there are many.
        session.connection().execute(insert(ImportRow), batch)


def _refuse_nothing_taken(reading: Reading, chosen: Chosen) -> None:
    if reading.counts["taken"]:
        return
    if not reading.counts["rows"]:
        raise RegisterCannotBeRead("There are no rows below the header.")
    wished = chosen.local_authorities
    there = sorted(name for name in reading.authorities_seen if name)
    near = [match for name in wished for match in get_close_matches(name, there, n=3, cutoff=0.5)]
    hint = f" The file has {listed(near)}." if near else ""
    raise RegisterCannotBeRead(f"No row of the file is of {listed(wished)}.{hint}")
