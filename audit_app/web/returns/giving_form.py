"""What the page for giving a section shows, and how what was entered in it is read."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from audit_app.core.explaining import listed
from audit_app.core.permissions import WORDS, Role
from audit_app.core.questionnaire import Section
from audit_app.core.rounds.deadlines import Wrong
from audit_app.services.giving_sections import Gift
from audit_app.storage.models import Person
from audit_app.web.days import day_of
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.question_words import section_title
from audit_app.web.returns.section_holders import OnSection
from audit_app.web.returns.typed import PARTS_OF_A_DATE

ONLY_SIGNING = frozenset({Role.SIGNATORY})

FIELDS = {"to": "to", "due": "due-day", "note": "note"}
"""Which input each part of a gift leads to."""


class TypedGift(NamedTuple):
    """What stands in the fields of the form, as it was typed."""

    to: str
    due: dict[str, str]
    note: str


class GivingPage(NamedTuple):
    """A section that is to be given, to whom it can be, and who has it now."""

    opened: Opened
    word: str
    section_id: str
    title: str
    on: OnSection
    colleagues: list[dict[str, str]]
    typed: TypedGift
    errors: list[FieldProblem]

    def error(self, part: str) -> str | None:
        """Give what is wrong with a part of the gift."""
        return next((one.text for one in self.errors if one.field == part), None)


def giving_page(
    found: Opened,
    section: Section,
    on: OnSection,
    colleagues: list[Person],
    *,
    me: Person,
    roles: Mapping[UUID, frozenset[Role]],
    typed: TypedGift | None = None,
    wrong: list[Wrong] | None = None,
) -> GivingPage:
    """Put together the page; it begins with who has the section now."""
    return GivingPage(
        opened=found,
        word=found.questionnaire.section_word,
        section_id=section.id,
        title=section_title(section, found.kind),
        on=on,
        colleagues=[
            {
                "value": str(one.id),
                "text": f"{one.name} (you)" if one.id == me.id else one.name,
                "hint": _roles_in_words(roles.get(one.id, frozenset())),
            }
            for one in colleagues
        ],
        typed=typed or _as_it_stands(on),
        errors=[FieldProblem(one.part, one.text, FIELDS[one.part]) for one in wrong or []],
    )


def _roles_in_words(roles: frozenset[Role]) -> str:
    """Say what somebody is here; who signs the return may answer in it as well."""
    said = listed([WORDS[role] for role in Role if role in roles])
    return f"{said}: signs the return, and may answer too" if roles == ONLY_SIGNING else said


def read_gift(form: Mapping[str, str]) -> TypedGift:
    """Read everything that was entered."""
    return TypedGift(
        form.get("to", ""),
        {part: form.get(f"due-{part}", "").strip() for part in PARTS_OF_A_DATE},
        form.get("note", ""),
    )


def gift_of(typed: TypedGift, colleagues: list[Person]) -> tuple[Gift | None, list[Wrong]]:
    """Give what is to be given, or what is wrong with what was typed."""
    wrong: list[Wrong] = []
    to = next((one for one in colleagues if str(one.id) == typed.to), None)
    if to is None:
        wrong.append(Wrong("to", "Choose who is to answer this section"))
    due = None
    if any(typed.due.values()):
        due = day_of(typed.due)
        if due is None:
            wrong.append(Wrong("due", "Enter a real date as day, month and year, or leave it out"))
    return (Gift(to, due, typed.note) if to is not None and not wrong else None), wrong


def _as_it_stands(on: OnSection) -> TypedGift:
    to = str(on.holder_id) if on.is_here and on.holder_id is not None else ""
    day: date | None = on.due_on if on.is_here else None
    parts = dict.fromkeys(PARTS_OF_A_DATE, "")
    if day is not None:
        parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    return TypedGift(to, parts, on.note if on.is_here else "")


def seen_gift(form: Mapping[str, str]) -> UUID | None:
    """Read which gift stood when the page was opened; what can be none is one nobody saw."""
    given = form.get("seen", "")
    try:
        return UUID(given) if given else None
    except ValueError:
        return UUID(int=0)
