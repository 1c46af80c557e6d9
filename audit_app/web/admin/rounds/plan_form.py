"""The form in which a round is planned: what it offers, what was typed, and what that says."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from audit_app.core.london import london_date
from audit_app.core.organisations import KINDS
from audit_app.core.rounds.deadlines import Dates, Wrong
from audit_app.core.rounds.reminding import USUAL, Schedule
from audit_app.core.signing import SIGNED_BY_WORDS, SignedBy
from audit_app.services.planning_cycles import CycleFacts, schedule_of
from audit_app.storage.models import Cycle, Partnership, Scope
from audit_app.storage.queries.organisations import provider_types_of
from audit_app.storage.queries.rounds import localities_of, names_of, organisations_named
from audit_app.storage.questionnaire_library import published
from audit_app.web.admin.choices import Choice
from audit_app.web.admin.rounds.reading import (
    day_parts,
    long_words,
    read_day,
    read_schedule,
    typed_day,
    words,
)

DAYS = {"opens": "The opening day", "due": "The due day", "closes": "The closing day"}
WORDS = (
    "title",
    "questionnaire",
    "contact_name",
    "contact_email",
    "contact_telephone",
    "signed_by",
)
MOST_NAMED = 5_000


AS_THE_QUESTIONNAIRE_SAYS = Choice("", "As the questionnaire says")
SIGNATURES = [
    AS_THE_QUESTIONNAIRE_SAYS,
    *(Choice(one.value, text) for one, text in SIGNED_BY_WORDS.items()),
]
"""Whose signature a round can take."""


class Offers(NamedTuple):
    """What can be chosen."""

    questionnaires: list[Choice]
    kinds: list[Choice]
    types: list[Choice]
    localities: list[Choice]
    signatures: list[Choice]


class Read(NamedTuple):
    """What a form says, as far as it could be read, and what is wrong with it so far."""

    facts: CycleFacts | None
    wrong: list[Wrong]


def offers(session: Session, partnership: Partnership, *, kept: str = "") -> Offers:
    """Give what can be chosen: no withdrawn questionnaire, but for the one that stands chosen."""
    versions = [
        one for one in published(session) if one.withdrawn_at is None or one.content_hash == kept
    ]
    return Offers(
        [
            Choice(
                one.content_hash,
                f"{one.title}, version {one.version}{' (withdrawn)' if one.withdrawn_at else ''}",
            )
            for one in versions
        ],
        [Choice(kind, text) for kind, text in KINDS.items()],
        [Choice(one, one) for one in provider_types_of(session, partnership)],
        [Choice(str(one.id), one.name) for one in localities_of(session, partnership)],
        SIGNATURES,
    )


def typed_of(session: Session, cycle: Cycle) -> dict[str, Any]:
    """Give the form as it stands filled in for a round that is planned."""
    scope, schedule = cycle.scope or Scope(), schedule_of(cycle)
    listed = scope.get("organisations", [])
    some = any(scope.get(part) for part in ("kinds", "provider_types", "localities"))
    closes = london_date(cycle.closes_at) if cycle.closes_at else None
    return {
        "title": cycle.title,
        "questionnaire": cycle.content_hash,
        "opens": day_parts(london_date(cycle.opens_at)),
        "due": day_parts(london_date(cycle.due_at)),
        "closes": day_parts(closes),
        "whom": "listed" if listed else "some" if some else "everybody",
        "kinds": scope.get("kinds", []),
        "types": scope.get("provider_types", []),
        "localities": scope.get("localities", []),
        "listed": "\n".join(one.urn or one.name for one in names_of(session, _ids(listed))),
        "contact_name": cycle.contact_name or "",
        "contact_email": cycle.contact_email or "",
        "contact_telephone": cycle.contact_telephone or "",
        "signed_by": cycle.signed_by or "",
        **_schedule_typed(schedule),
    }


def empty(today: date) -> dict[str, Any]:
    """Give the form as it stands before anything is typed."""
    return {
        **dict.fromkeys(WORDS, ""),
        "opens": day_parts(None),
        "due": day_parts(None),
        "closes": day_parts(None),
        "whom": "everybody",
        "kinds": [],
        "types": [],
        "localities": [],
        "listed": "",
        **_schedule_typed(USUAL),
    }


def typed_in(form: MultiDict[str, str]) -> dict[str, Any]:
    """Give the form as it was sent, to be shown again."""
    return {
        **{name: words(form, name) for name in WORDS},
        **{name: typed_day(form, name) for name in DAYS},
        "whom": words(form, "whom"),
        "kinds": form.getlist("kinds"),
        "types": form.getlist("types"),
        "localities": form.getlist("localities"),
        "listed": long_words(form, "listed"),
        "days_before": words(form, "days_before"),
        "weeks_overdue": words(form, "weeks_overdue"),
    }


def read(session: Session, partnership: Partnership, typed: Mapping[str, Any]) -> Read:
    """Read a form; what the rules of a round say of it is the service's to judge."""
    wrong: list[Wrong] = []
    days: dict[str, date | None] = {}
    for name, called in DAYS.items():
        found = read_day(typed[name], name, called)
        if isinstance(found, Wrong):
            wrong.append(found)
        elif found is None and name != "closes":
            wrong.append(Wrong(name, f"Enter {called[:1].lower()}{called[1:]}"))
        else:
            days[name] = found
    schedule = read_schedule(typed["days_before"], typed["weeks_overdue"])
    if not isinstance(schedule, Schedule):
        wrong += schedule
    scope = _scope(session, partnership, typed, wrong)
    opens, due = days.get("opens"), days.get("due")
    if wrong or opens is None or due is None or not isinstance(schedule, Schedule):
        return Read(None, [*_missing_words(typed), *wrong])
    facts = CycleFacts(
        typed["title"],
        typed["questionnaire"],
        Dates(opens, due, days.get("closes")),
        scope,
        typed["contact_name"],
        typed["contact_email"],
        typed["contact_telephone"],
        schedule,
        # A word that is not on offer leaves it to the questionnaire.
        SignedBy(typed["signed_by"]) if typed["signed_by"] in set(SignedBy) else None,
    )
    return Read(facts, [])


def _missing_words(typed: Mapping[str, Any]) -> list[Wrong]:
    """Say what is missing elsewhere too, so that everything is told at once."""
    wrong = [] if typed["title"] else [Wrong("title", "Enter a title")]
    if not typed["questionnaire"]:
        wrong.append(Wrong("questionnaire", "Choose a questionnaire"))
    return wrong


def _scope(
    session: Session, partnership: Partnership, typed: Mapping[str, Any], wrong: list[Wrong]
) -> Scope:
    """Read who is asked; a word that is not on offer is as if it were not there."""
    if typed["whom"] == "listed":
        lines = typed["listed"].splitlines()[:MOST_NAMED]
        found, unknown = organisations_named(session, partnership, lines)
        if unknown:
            more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
            names = ", ".join(f"“{one[:60]}”" for one in unknown[:3])
            wrong.append(
                Wrong("listed", f"No one open organisation has this URN or name: {names}{more}")
            )
        elif not found:
            wrong.append(Wrong("listed", "Enter the organisations that are asked, one a line"))
        return Scope(organisations=[str(one.id) for one in found])
    if typed["whom"] != "some":
        return Scope()
    offered = offers(session, partnership)
    scope = Scope(
        kinds=_offered(typed["kinds"], offered.kinds),
        provider_types=_offered(typed["types"], offered.types),
        localities=_offered(typed["localities"], offered.localities),
    )
    if not any(scope.values()):
        wrong.append(Wrong("kinds", "Choose at least one kind, type or locality"))
    return scope


def _offered(chosen: list[str], choices: list[Choice]) -> list[str]:
    return [choice.value for choice in choices if choice.value in chosen]


def _schedule_typed(schedule: Schedule) -> dict[str, str]:
    return {
        "days_before": ", ".join(str(day) for day in schedule.days_before),
        "weeks_overdue": str(schedule.weeks_overdue),
    }


def _ids(texts: list[str]) -> list[UUID]:
    return [UUID(text) for text in texts]
