"""What the pages about organisations show."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from audit_app.core.lifecycle import WORDS as STATES
from audit_app.core.organisations import KINDS
from audit_app.core.register.comparing import REGISTER_WORDS
from audit_app.core.register.layouts import WORDS
from audit_app.services.recording import Event
from audit_app.storage.models import AuditReturn, Belonging, History, Organisation
from audit_app.web.admin.choices import Choice, page_number
from audit_app.web.dates import long_date, long_time

OPEN, CLOSED, ALL = "open", "closed", "all"
STATES_OFFERED = (Choice(OPEN, "Open"), Choice(CLOSED, "Closed"), Choice(ALL, "Open and closed"))
WITHOUT_LOCALITY = "none"

TOLD: dict[str, str] = {
    Event.ORGANISATION_ADDED: "Added",
    Event.ORGANISATION_CHANGED: "Changed",
    Event.ORGANISATION_CLOSED: "Closed",
    Event.ORGANISATION_REOPENED: "Opened again",
    Event.CONTACT_ADDED: "A contact was added",
    Event.CONTACT_ENDED: "A contact ended",
}
"""What is told on the page of an organisation, and how."""


class Wish(NamedTuple):
    """Which organisations somebody wishes to see, as the address says it."""

    search: str
    kind: str
    provider_type: str
    locality: str
    state: str
    page: int

    @property
    def narrows(self) -> bool:
        """Say whether some are left out that are shown otherwise."""
        return bool(self.search or self.kind or self.provider_type or self.locality) or (
            self.state != OPEN
        )

    def address_parts(self, *, page: int) -> dict[str, Any]:
        """Give the parts of an address that say this wish on another page."""
        said = {"q": self.search, "kind": self.kind, "type": self.provider_type}
        said |= {"locality": self.locality, "state": "" if self.state == OPEN else self.state}
        said |= {"page": str(page) if page > 1 else ""}
        return {name: word for name, word in said.items() if word}

    def asked(self) -> dict[str, Any]:
        """Give the wish as the query takes it."""
        locality = self.locality if self.locality != WITHOUT_LOCALITY else ""
        return {
            "search": self.search,
            "kinds": [self.kind] if self.kind else [],
            "provider_types": [self.provider_type] if self.provider_type else [],
            "locality_id": UUID(locality) if locality else None,
            "without_locality": self.locality == WITHOUT_LOCALITY,
            "is_open": {OPEN: True, CLOSED: False}.get(self.state),
            "page": self.page,
        }


def read_wish(
    asked: Mapping[str, str], *, types: Iterable[str], localities: Iterable[Choice]
) -> Wish:
    """Read what was chosen; a word that is not on offer chooses nothing."""
    offered = {one.value for one in localities}
    state = asked.get("state", "")
    return Wish(
        asked.get("q", "").replace("\x00", "").strip()[:100],
        asked.get("kind", "") if asked.get("kind", "") in KINDS else "",
        asked.get("type", "") if asked.get("type", "") in set(types) else "",
        asked.get("locality", "") if asked.get("locality", "") in offered else "",
        state if state in (CLOSED, ALL) else OPEN,
        page_number(asked.get("page", "")),
    )


def facts_of(organisation: Organisation, belonging: Belonging) -> list[dict[str, Any]]:
    """Give the facts of an organisation as rows of a list, without those nobody knows."""
    address = [
        organisation.address_line_1,
        organisation.address_line_2,
        organisation.address_line_3,
        organisation.town,
        organisation.postcode,
    ]
    seen = organisation.last_seen_in_register_on
    register = REGISTER_WORDS.get(organisation.register or "", "")
    rows = {
        "Kind": KINDS[organisation.kind],
        "URN": organisation.urn,
        "Locality": belonging.locality.name if belonging.locality else "Not in a locality yet",
        "Type": ", ".join(
            word for word in (organisation.provider_type, organisation.provider_subtype) if word
        ),
        "Registers held": organisation.registers_held,
        "Places": organisation.places,
        "Address": ", ".join(line for line in address if line),
        "Telephone": organisation.telephone,
        "Email": organisation.email,
        "Opened": long_date(organisation.opened_on),
        "Closed": long_date(organisation.closed_on),
        "From": f"{register}, last seen there on {long_date(seen)}" if register and seen else None,
    }
    return [{"key": key, "value": value} for key, value in rows.items() if value not in (None, "")]


def return_rows(returns: Iterable[AuditReturn]) -> list[dict[str, Any]]:
    """Give the returns over the years, latest first."""
    return [
        {
            "id": one.id,
            "title": one.cycle.title,
            "state": STATES[one.state],
            "overall": one.standing_result.overall_rating if one.standing_result else None,
            "submitted": long_date(one.submitted_at),
        }
        for one in returns
    ]


def told(history: Iterable[tuple[History, str | None]]) -> list[dict[str, str]]:
    """Give what happened to an organisation, latest first, in words."""
    return [
        {
            "what": TOLD[row.event],
            "fields": ", ".join(_fields(row.details)),
            "by": name or "a command",
            "when": long_time(row.at),
        }
        for row, name in history
    ]


def _fields(details: Mapping[str, Any]) -> list[str]:
    if details.get("before") is None:
        return []
    names = [WORDS.get(name, "Group" if name == "group_id" else name) for name in details["before"]]
    return [name.lower() if name != "URN" else name for name in names]
