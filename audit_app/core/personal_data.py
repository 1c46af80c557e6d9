"""Pointing out what may be a child's personal data in words that somebody is about to save.

Nothing here forbids anything: a person is asked once, and says whether it stays. The rules are a
table, each row with the question it leads to; every pattern is bounded, so that a text of 20,000
characters is read in milliseconds whatever is in it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from audit_app.core.birth_dates import places_of_birth_dates
from audit_app.core.nhs_numbers import places_of_nhs_numbers


class Kind(StrEnum):
    """What a part of a text looks like; also the name it is counted under."""

    EMAIL = "email"
    NHS_NUMBER = "nhs_number"
    TELEPHONE = "telephone"
    POSTCODE = "postcode"
    DATE_OF_BIRTH = "date_of_birth"


class PointedOut(NamedTuple):
    """A part of a text that may be personal data, and where it begins."""

    kind: Kind
    part: str
    where: int

    @property
    def mark(self) -> str:
        """Name the part without saying it: how a person says that this one may stay."""
        return sha256(f"{self.kind}:{_plain(self.part)}".encode()).hexdigest()[:16]


EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE
)
TELEPHONE = re.compile(
    r"(?<![\w.+-])(?:"
    r"\(?0[127]\d{1,3}\)?[ .\u00a0-]{0,2}\d{2,8}(?:[ .\u00a0-]{1,2}\d{2,6}){0,3}"
    r"|(?:\+\d{1,3}|0044)[ .-]{0,2}(?:\(0\) ?)?\d{2,11}(?:[ .\u00a0-]{1,2}\d{2,6}){0,4}"
    r")(?!\d)"
)
POSTCODE = re.compile(
    r"(?<![\w-])(?:[a-pr-uwyz](?:[a-hk-y]?\d{1,2}|\d[a-hjkpstuw]|[a-hk-y]\d[abehmnprvwxy])"
    r"|gir)[ \u00a0]{0,2}\d[abd-hjlnp-uw-z]{2}(?![\w-])",
    re.IGNORECASE,
)
ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$")

OFFICES = """
admin administrator audit board bookings business childcare children committee complaints contact
council customer deputy designated dpo dsl early earlyyears education enquiries enquiry families foi
front head headteacher hello help helpdesk hr inclusion info lado lead mail manager mash nursery
office ofsted partnership playgroup police preschool reception referrals safeguarding school
secretary section11 senco service services setting support team training unit years
"""

FUNCTIONS: frozenset[str] = frozenset(OFFICES.split())
"""Words of an address that belongs to an office and not to somebody."""


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for found in EMAIL.finditer(text):
        names = re.split(r"[^a-z0-9]+", found[0].partition("@")[0].lower())
        if not all(name in FUNCTIONS for name in names if name):
            yield found.span()


def _telephones(text: str) -> Iterator[tuple[int, int]]:
    """Give numbers of homes and mobiles; 03 and 08 are those of organisations and help lines."""
    for found in TELEPHONE.finditer(text):
        digits = re.sub(r"\D", "", found[0].replace("(0)", ""))
        national = digits.startswith("0") and not digits.startswith("00")
        if len(digits) in ((10, 11) if national else range(9, 16)):
            yield found.span()


def _postcodes(text: str) -> Iterator[tuple[int, int]]:
    for found in POSTCODE.finditer(text):
        # "s11 2nd return" is no place, and "s16LA" is a section of an Act.
        if not ORDINAL.search(found[0]) and not (found[0][0].islower() and found[0][-1].isupper()):
            yield found.span()


class Rule(NamedTuple):
    """How one kind is found, what it is called, and the question it leads to."""

    words: str
    question: str
    places: Callable[[str], Iterable[tuple[int, int]]]


RULES: dict[Kind, Rule] = {
    Kind.EMAIL: Rule(
        "E-mail address",
        "This looks like somebody’s e-mail address: is it a child’s or a family’s?",
        _emails,
    ),
    Kind.NHS_NUMBER: Rule(
        "NHS number",
        "This looks like an NHS number: is it a child’s?",
        places_of_nhs_numbers,
    ),
    Kind.TELEPHONE: Rule(
        "Telephone number",
        "This looks like somebody’s telephone number: is it a child’s or a family’s?",
        _telephones,
    ),
    Kind.POSTCODE: Rule(
        "Postcode",
        "This looks like a postcode: does it say where a child lives?",
        _postcodes,
    ),
    Kind.DATE_OF_BIRTH: Rule(
        "Date of birth",
        "This looks like somebody’s date of birth: is it a child’s?",
        places_of_birth_dates,
    ),
}
"""Every kind there is. Where two find the same part, the one further up names it."""


def pointed_out(text: str, *, own: Collection[str] = ()) -> tuple[PointedOut, ...]:
    """Give what may be personal data in a text, in the order of where it stands.

    `own` are the organisation's own postcode, telephone number and address, which are no secret.
    """
    ours = {_plain(one) for one in own}
    taken = bytearray(len(text))
    found = []
    for kind, rule in RULES.items():
        for start, end in rule.places(text):
            if any(taken[start:end]):
                continue
            taken[start:end] = b"x" * (end - start)
            if _plain(text[start:end]) not in ours:
                found.append(PointedOut(kind, text[start:end], start))
    return tuple(sorted(found, key=lambda one: one.where))


def marks_in(texts: Iterable[str], *, own: Collection[str] = ()) -> frozenset[str]:
    """Give the marks of everything that is pointed out in some texts."""
    return frozenset(one.mark for text in texts for one in pointed_out(text, own=own))


def _plain(part: str) -> str:
    """Give a part without what differs between two ways of writing the same."""
    return re.sub(r"[\W_]", "", part).lower()
