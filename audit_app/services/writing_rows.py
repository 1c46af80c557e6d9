"""Writing the rows of a preview: organisations added, changed and closed, if all still stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from audit_app.core.register.comparing import OF_A_CONTACT
from audit_app.core.register.layouts import Field
from audit_app.services.grouping import Groups, Named
from audit_app.services.placing import set_locality
from audit_app.services.recording import Event
from audit_app.storage.base import uuid7
from audit_app.storage.counting import TOLD_OF, to_be_recounted
from audit_app.storage.models import Belonging, Contact, ImportRow, ImportRun, Organisation, Outcome
from audit_app.storage.queries.history_in_bulk import Told
from audit_app.storage.queries.standing_organisations import (
    COLUMNS,
    standing_by_id,
    standing_by_urn,
)

F = Field
DATES = ("opened_on", "closed_on")
OF_A_GROUP = (F.GROUP_URN, F.TRUST_UID, F.GROUP_NAME)


class RegisterHasChanged(Exception):
    """Something the preview spoke of has changed since: it must be previewed again."""


@dataclass
class Writing:
    """What is the same for every row of one import."""

    session: Session
    run: ImportRun
    today: date
    groups: Groups
    localities: Mapping[str, UUID]
    names_without_urn: set[str] = field(default_factory=set)


def add_rows(writing: Writing, rows: list[ImportRow]) -> list[Told]:
    session, run = writing.session, writing.run
    known = standing_by_id(session, run.partnership, _ids(rows))
    urns = [row.urn for row in rows if row.organisation_id is None and row.urn]
    if standing_by_urn(session, run.partnership, urns):
        raise RegisterHasChanged
    writing.groups.prepare(_named(row.facts or {}, {}) for row in rows)
    made: list[dict[str, Any]] = []
    for row in rows:
        if row.organisation_id is not None:
            stands = known.get(row.organisation_id)
            if stands is None or stands.belongs:
                raise RegisterHasChanged
            continue
        if not row.urn and (row.name or "").casefold() in writing.names_without_urn:
            raise RegisterHasChanged
        facts = row.facts or {}
        row.organisation_id = uuid7()
        values = {column: facts.get(column) for column in COLUMNS}
        values |= {name: _date(facts.get(name)) for name in DATES}
        values |= {
            "id": row.organisation_id,
            "group_id": writing.groups.group_for(_named(facts, {})),
        }
        values["last_seen_in_register_on"] = writing.today if facts.get("register") else None
        made.append(values)
    if made:
        session.connection().execute(insert(Organisation), made)
    session.execute(
        insert(Belonging).execution_options(render_nulls=True),
        [
            {
                "organisation_id": row.organisation_id,
                "partnership_id": run.partnership_id,
                "locality_id": _locality(writing, row.facts or {}),
            }
            for row in rows
        ],
    )
    _add_contacts(writing, rows)
    return [_told(Event.ORGANISATION_ADDED, row, run) for row in rows]


def change_rows(writing: Writing, rows: list[ImportRow]) -> list[Told]:
    known = standing_by_id(writing.session, writing.run.partnership, _ids(rows))
    told: list[Told] = []
    for row in rows:
        stands = known.get(row.organisation_id) if row.organisation_id else None
        facts, before = row.facts or {}, row.before or {}
        if stands is None or not stands.belongs or _differs(stands.facts, before):
            raise RegisterHasChanged
        values = {name: facts[name] for name in COLUMNS if name in facts}
        values |= {name: _date(facts[name]) for name in DATES if name in facts}
        if any(name in facts for name in OF_A_GROUP):
            values["group_id"] = writing.groups.group_for(_named(facts, stands.facts))
        if values:
            writing.session.execute(
                update(Organisation)
                .where(Organisation.id == row.organisation_id)
                .values(values)
                .execution_options(synchronize_session=False, **TOLD_OF)
            )
        if F.LOCALITY in facts:
            place = _locality(writing, facts)
            set_locality(writing.session, writing.run.partnership_id, _ids([row]), place)
        reopened = before.get(F.CLOSED_ON) is not None and facts.get(F.CLOSED_ON, "") is None
        event = Event.ORGANISATION_REOPENED if reopened else Event.ORGANISATION_CHANGED
        told.append(_told(event, row, writing.run))
    moved = [row.organisation_id for row in rows if F.KIND in (row.facts or {})]
    to_be_recounted(writing.session, organisation_ids=filter(None, moved))
    _add_contacts(writing, rows)
    return told


def close_rows(writing: Writing, rows: list[ImportRow]) -> list[Told]:
    known = standing_by_id(writing.session, writing.run.partnership, _ids(rows))
    values = []
    for row in rows:
        stands = known.get(row.organisation_id) if row.organisation_id else None
        if stands is None or not stands.belongs or _differs(stands.facts, row.before or {}):
            raise RegisterHasChanged
        last_day = _date((row.facts or {}).get(F.CLOSED_ON))
        values.append({"of_id": row.organisation_id, "last_day": last_day})
    table = Organisation.__table__
    writing.session.connection().execute(
        update(Organisation)
        .where(table.c.id == bindparam("of_id"))
        .values(closed_on=bindparam("last_day")),
        values,
    )
    return [_told(Event.ORGANISATION_CLOSED, row, writing.run) for row in rows]


WRITERS = {Outcome.ADD: add_rows, Outcome.CHANGE: change_rows, Outcome.CLOSE: close_rows}
"""What is done with the rows of each outcome; the others are passed over."""


def _add_contacts(writing: Writing, rows: list[ImportRow]) -> None:
    added = [
        {
            "id": uuid7(),
            "organisation_id": row.organisation_id,
            "name": facts[F.CONTACT_NAME],
            "email": facts.get(F.CONTACT_EMAIL),
            "telephone": facts.get(F.CONTACT_TELEPHONE),
            "role_in_words": facts.get(F.CONTACT_ROLE) or "",
            "since": writing.today,
        }
        for row in rows
        if (facts := row.facts or {}).get(F.CONTACT_NAME)
    ]
    if added:
        writing.session.execute(insert(Contact).execution_options(render_nulls=True), added)


def _told(event: Event, row: ImportRow, run: ImportRun) -> Told:
    """Tell of one row. Names and addresses of people stay out of what can never be removed."""
    if row.organisation_id is None:
        raise RegisterHasChanged
    facts = {name: value for name, value in (row.facts or {}).items() if name not in OF_A_CONTACT}
    details = {"import": str(run.id), "row": row.row, "facts": facts, "before": row.before}
    return Told(event.value, "organisation", row.organisation_id, row.organisation_id, details)


def _named(facts: Mapping[str, Any], standing: Mapping[str, Any]) -> Named:
    """Give what names the group: what the row says, and where it is silent what stands."""
    return Named(
        facts.get(F.GROUP_URN, standing.get(F.GROUP_URN)),
        facts.get(F.TRUST_UID, standing.get(F.TRUST_UID)),
        facts.get(F.GROUP_NAME),
    )


def _locality(writing: Writing, facts: Mapping[str, Any]) -> UUID | None:
    name = facts.get(F.LOCALITY)
    if name is not None and name not in writing.localities:
        raise RegisterHasChanged
    return writing.localities[name] if name is not None else None


def _differs(standing: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    return any(standing.get(name) != value for name, value in before.items())


def _ids(rows: list[ImportRow]) -> list[UUID]:
    return [row.organisation_id for row in rows if row.organisation_id is not None]


def _date(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
