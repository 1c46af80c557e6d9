"""Which rows of a register are asked, as what kind, and why the others are not."""

from typing import NamedTuple

from audit_app.core.organisations import KINDS
from audit_app.core.register.layouts import Field
from audit_app.core.register.problems import ValueRefused, listed


class OutOfScope(Exception):
    """The row is read and understood, and is not for the partnership to ask; says why."""


class Wider(NamedTuple):
    """Whom a partnership asks beyond those on the Early Years Register."""

    other_registers: bool = False
    home_childcarers: bool = False


OFSTED_KINDS: dict[tuple[str, str], str] = {
    ("childcare on non-domestic premises", "out-of-school day care"): "out_of_school",
    ("childcare on non-domestic premises", ""): "group",
    ("childcare on domestic premises", ""): "group",
    ("childminder", ""): "childminder",
    ("home childcarer", ""): "childminder",
}
"""From Ofsted's type and subtype to our kind; without a line for the subtype, the type decides."""

OFSTED_OPEN: dict[str, bool] = {
    "": True,
    "active": True,
    "suspended": True,
    "inactive": False,
    "closed": False,
    "cancelled": False,
    "resigned": False,
    "removed": False,
}
"""Whether a provider with this status works. A suspended one still has duties."""

NOT_OPENED_YET = "proposed to open"

GIAS_OPEN: dict[str, bool] = {
    "open": True,
    "open, but proposed to close": True,
    "closed": False,
    NOT_OPENED_YET: False,
}

NURSERY_CLASSES = "has nursery classes"
NURSERY_SCHOOLS = frozenset({"local authority nursery school"})
YES, NO = frozenset({"y", "yes", "true", "1"}), frozenset({"n", "no", "false", "0"})
EARLY_YEARS = ("EYR", "ALL")
OTHER_REGISTERS = ("CCR", "VCR")


def kind_in_ofsted(provider_type: str, subtype: str, *, on_early_years: bool, wider: Wider) -> str:
    """Give the kind of a provider; raises OutOfScope, and ValueRefused for an unknown type."""
    of_type = provider_type.casefold()
    kind = OFSTED_KINDS.get((of_type, subtype.casefold())) or OFSTED_KINDS.get((of_type, ""))
    if kind is None:
        known = listed(sorted({one.capitalize() for one, _ in OFSTED_KINDS}))
        raise ValueRefused(
            Field.PROVIDER_TYPE, provider_type, f"Ofsted’s types that we know are: {known}."
        )
    if of_type == "home childcarer":
        if not wider.home_childcarers:
            raise OutOfScope("Home childcarers are outside the audit unless they are included.")
    elif not on_early_years and not wider.other_registers:
        raise OutOfScope("Not on the Early Years Register.")
    return kind


def is_on_early_years(flag: str, registers: str) -> bool:
    """Say whether a provider is on the Early Years Register, by its flag or its registers."""
    if flag.casefold() in YES | NO:
        return flag.casefold() in YES
    if flag:
        raise ValueRefused(Field.EARLY_YEARS, flag, "This must be Y or N.")
    held = registers.upper()
    if any(word in held for word in EARLY_YEARS):
        return True
    if any(word in held for word in OTHER_REGISTERS):
        return False
    raise ValueRefused(
        Field.REGISTERS_HELD, registers, "It does not say which registers the provider is on."
    )


def kind_in_gias(establishment: str, nursery: str, status: str) -> str:
    """Give the kind of a school that has a nursery; raises OutOfScope for the others, and for one
    that has not opened.
    """
    if status.casefold() == NOT_OPENED_YET:
        raise OutOfScope("It has not opened yet.")
    if establishment.casefold() in NURSERY_SCHOOLS or nursery.casefold() == NURSERY_CLASSES:
        return "school_nursery"
    raise OutOfScope("A school without nursery classes.")


def is_open(field: Field, status: str, known: dict[str, bool]) -> bool:
    """Say whether a status means that the setting works; raises ValueRefused for an unknown one."""
    try:
        return known[status.casefold()]
    except KeyError:
        words = listed([one.capitalize() for one in known if one])
        raise ValueRefused(field, status, f"The status must be {words}.") from None


def kind_in_words(text: str) -> str:
    """Give the kind that our own layout names, by its words or its short name."""
    wanted = text.casefold()
    for kind, words in KINDS.items():
        if wanted in (kind, words.casefold(), kind.replace("_", " ")):
            return kind
    raise ValueRefused(Field.KIND, text, f"The kind must be {listed(list(KINDS.values()))}.")
