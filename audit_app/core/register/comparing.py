"""What a row changes in what stands: an organisation to add, facts to change, or one to close."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from audit_app.core.organisations import KINDS
from audit_app.core.register.layouts import Field, Layout
from audit_app.core.register.problems import ValueRefused
from audit_app.core.register.reading_rows import A_HOME, Facts, Row

F = Field
OF_A_CONTACT = (F.CONTACT_NAME, F.CONTACT_ROLE, F.CONTACT_EMAIL, F.CONTACT_TELEPHONE)
REGISTER_WORDS = {"ofsted": "Ofsted’s register", "gias": "GIAS"}


class Standing(NamedTuple):
    """An organisation as it stands, by field, and whether it belongs to this partnership."""

    facts: Mapping[str, str | int | None]
    belongs: bool
    contacts: frozenset[str] = frozenset()


class Add(NamedTuple):
    """A new organisation, or one that another partnership has already: then facts are none."""

    facts: Facts


class Change(NamedTuple):
    """What will be written, and what stands now, by field."""

    facts: Facts
    before: Facts


class Close(NamedTuple):
    """An organisation that no longer works, with its last day."""

    facts: Facts
    before: Facts


class NoLonger(NamedTuple):
    """The row says that something works no longer which is not known, or closed already."""


Decision = Add | Change | Close | NoLonger | None


def compare(row: Row, standing: Standing | None, *, layout: Layout, today: date) -> Decision:
    """Say what the row changes, None where nothing; raises ValueRefused."""
    if row.closes:
        return _closing(row, standing, today)
    if standing is None:
        return Add(_new(row))
    _refuse_other_register(row, standing, layout)
    if not standing.belongs:
        return Add({})
    passed_over = (*OF_A_CONTACT, *(A_HOME if _is_childminder(row, standing) else ()))
    changed: Facts = {
        field: value
        for field, value in row.facts.items()
        if field not in passed_over and standing.facts.get(field) != value
    }
    before: Facts = {field: standing.facts.get(field) for field in changed}
    changed |= _new_contact(row.facts, standing.contacts)
    return Change(changed, before) if changed else None


def contact_key(name: str | None, email: str | None) -> str:
    """Give what one contact is known by: the address, or the name where there is none."""
    return (email or name or "").casefold()


def _new(row: Row) -> Facts:
    facts: Facts = {field: value for field, value in row.facts.items() if value is not None}
    kind = facts.get(F.KIND)
    if kind is None:
        raise ValueRefused(F.KIND, "", "A new organisation needs a kind.")
    # A register withholds the names of those who work at home.
    facts.setdefault(F.NAME, f"{KINDS[str(kind)]} {row.urn}")
    return facts


def _is_childminder(row: Row, standing: Standing) -> bool:
    return (row.facts.get(F.KIND) or standing.facts.get(F.KIND)) == "childminder"


def _closing(row: Row, standing: Standing | None, today: date) -> Decision:
    if standing is None or not standing.belongs or standing.facts.get(F.CLOSED_ON):
        return NoLonger()
    last_day = row.facts.get(F.CLOSED_ON) or today.isoformat()
    return Close({F.CLOSED_ON: last_day}, {F.CLOSED_ON: None})


def _refuse_other_register(row: Row, standing: Standing, layout: Layout) -> None:
    held, ours = standing.facts.get("register"), row.facts.get("register")
    if held and ours and held != ours:
        raise ValueRefused(
            F.URN,
            row.urn or "",
            f"{REGISTER_WORDS[str(held)]} has another organisation with this URN: "
            f"{standing.facts.get(F.NAME)}.",
        )


def _new_contact(facts: Facts, known: frozenset[str]) -> Facts:
    said: Facts = {field: facts[field] for field in OF_A_CONTACT if facts.get(field)}
    name, email = said.get(F.CONTACT_NAME), said.get(F.CONTACT_EMAIL)
    if not name or contact_key(str(name), str(email) if email else None) in known:
        return {}
    return said
