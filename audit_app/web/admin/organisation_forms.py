"""The forms about organisations: what was typed, what it means, and what is wrong with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from audit_app.core.organisations import KINDS
from audit_app.core.register.cells import clean, read_email, read_places, read_words
from audit_app.core.register.layouts import Field, Layout
from audit_app.core.register.problems import ValueRefused
from audit_app.core.register.urns import read_group_urn, read_urn
from audit_app.services.grouping import Named
from audit_app.storage.models import Belonging, Locality, Partnership
from audit_app.web.days import day_of

F = Field
WORDS_TYPED = (
    F.NAME,
    F.PROVIDER_TYPE,
    F.PROVIDER_SUBTYPE,
    F.ADDRESS_LINE_1,
    F.ADDRESS_LINE_2,
    F.ADDRESS_LINE_3,
    F.TOWN,
    F.POSTCODE,
    F.TELEPHONE,
    F.TRUST_UID,
    F.GROUP_NAME,
)
READERS = {
    F.URN: lambda text: read_urn(text, Layout.OWN),
    F.PLACES: read_places,
    F.EMAIL: lambda text: read_email(F.EMAIL, text),
    F.GROUP_URN: read_group_urn,
}


class OrganisationForm(NamedTuple):
    """What stands in the form, what it means, and what is wrong by field."""

    typed: dict[str, Any]
    facts: dict[str, Any]
    locality: Locality | None
    group: Named
    problems: dict[str, str]


def read_organisation(form: Mapping[str, str], partnership: Partnership) -> OrganisationForm:
    """Read the form of one organisation."""
    typed: dict[str, Any] = {
        name: clean(form.get(name, "")) for name in (*WORDS_TYPED, *READERS, F.KIND, F.LOCALITY)
    }
    facts: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in (*WORDS_TYPED, *READERS):
        text = typed[field]
        read = READERS.get(field)
        try:
            facts[field] = (read(text) if read else read_words(field, text)) if text else None
        except ValueRefused as refused:
            problems[field] = refused.reason
    typed["opened_on"] = parts_of(form, "opened_on")
    facts["opened_on"] = read_day(typed["opened_on"], "opened_on", problems, needed=False)
    facts[F.KIND] = typed[F.KIND]
    if typed[F.KIND] not in KINDS:
        problems[F.KIND] = "Choose a kind."
    if not facts.get(F.NAME):
        problems.setdefault(F.NAME, "Enter a name.")
    if facts.get(F.GROUP_NAME) and not (facts.get(F.GROUP_URN) or facts.get(F.TRUST_UID)):
        problems[F.GROUP_URN] = "Enter the group’s registered person URN or its trust UID."
    named = Named(facts.get(F.GROUP_URN), facts.get(F.TRUST_UID), facts.get(F.GROUP_NAME))
    return OrganisationForm(
        typed, facts, locality_of(partnership, typed[F.LOCALITY]), named, problems
    )


def form_of(belonging: Belonging) -> dict[str, Any]:
    """Give what stands in the form of an organisation before anybody types."""
    organisation, group = belonging.organisation, belonging.organisation.group
    typed: dict[str, Any] = {
        field: getattr(organisation, field, None) or ""
        for field in (*WORDS_TYPED, *READERS, F.KIND)
        if field not in (F.GROUP_URN, F.TRUST_UID, F.GROUP_NAME)
    }
    typed[F.PLACES] = "" if organisation.places is None else organisation.places
    typed[F.LOCALITY] = str(belonging.locality_id or "")
    typed[F.GROUP_URN] = (group.registered_person_urn if group else None) or ""
    typed[F.TRUST_UID] = (group.trust_uid if group else None) or ""
    typed[F.GROUP_NAME] = group.name if group else ""
    typed["opened_on"] = organisation.opened_on
    return typed


def empty_form() -> dict[str, Any]:
    """Give the form of an organisation that is to be added."""
    return dict.fromkeys((*WORDS_TYPED, *READERS, F.KIND, F.LOCALITY), "") | {"opened_on": None}


class ContactForm(NamedTuple):
    """A contact as typed, as read, and what is wrong."""

    typed: dict[str, Any]
    facts: dict[str, Any]
    problems: dict[str, str]


def read_contact(form: Mapping[str, str]) -> ContactForm:
    """Read the form of one contact."""
    typed: dict[str, Any] = {
        name: clean(form.get(name, "")) for name in ("name", "role_in_words", "email", "telephone")
    }
    problems: dict[str, str] = {}
    facts: dict[str, Any] = {}
    readers = {"name": F.CONTACT_NAME, "role_in_words": F.CONTACT_ROLE}
    readers |= {"email": F.CONTACT_EMAIL, "telephone": F.CONTACT_TELEPHONE}
    for name, field in readers.items():
        text = typed[name]
        try:
            read = read_email if name == "email" else read_words
            facts[name] = read(field, text) if text else None
        except ValueRefused as refused:
            problems[name] = refused.reason
    if not typed["name"]:
        problems["name"] = "Enter a name."
    facts["role_in_words"] = facts.get("role_in_words") or ""
    typed["since"] = parts_of(form, "since")
    facts["since"] = read_day(typed["since"], "since", problems, needed=True)
    return ContactForm(typed, facts, problems)


def parts_of(form: Mapping[str, str], name: str) -> dict[str, str]:
    """Give the three parts of a date as they were typed."""
    return {part: clean(form.get(f"{name}-{part}", ""))[:10] for part in ("day", "month", "year")}


def read_day(
    parts: Mapping[str, str], name: str, problems: dict[str, str], *, needed: bool
) -> date | None:
    """Read a date from its parts; what is wrong with it is noted."""
    if not any(parts.values()) and not needed:
        return None
    found = day_of(parts)
    if found is None or not 1800 <= found.year <= 2200:
        problems[name] = "Enter a date, such as 31 8 2021."
        return None
    return found


def locality_of(partnership: Partnership, word: str) -> Locality | None:
    """Give the locality of this partnership that a form names."""
    return next((one for one in partnership.localities if str(one.id) == word), None)


def summary_of(problems: dict[str, str]) -> list[dict[str, str]]:
    """Give the lines of an error summary, each leading to the first input of its field."""
    dates = ("opened_on", "closed_on", "since")
    return [
        {"text": text, "href": f"#{name}-day" if name in dates else f"#{name}"}
        for name, text in problems.items()
    ]


def uuids(words: list[str]) -> list[UUID]:
    """Read ids that a form has; words that are none are left out."""
    found = []
    for word in words[:500]:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return found
