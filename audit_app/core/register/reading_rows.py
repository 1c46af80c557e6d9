"""From the cells of one row to what they say of one organisation."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from audit_app.core.register.cells import (
    Silence,
    read_date,
    read_email,
    read_places,
    read_words,
    said,
)
from audit_app.core.register.kinds import (
    GIAS_OPEN,
    OFSTED_OPEN,
    OutOfScope,
    Wider,
    is_on_early_years,
    is_open,
    kind_in_gias,
    kind_in_ofsted,
    kind_in_words,
)
from audit_app.core.register.layouts import REGISTER_OF, Field, Layout
from audit_app.core.register.problems import ValueRefused
from audit_app.core.register.urns import read_group_urn, read_urn

F = Field
Facts = dict[str, str | int | None]
"""What is said, by field; a field that is missing is not spoken of, None says there is none."""

WORDS_KEPT = (
    F.PROVIDER_TYPE,
    F.PROVIDER_SUBTYPE,
    F.PROVIDER_STATUS,
    F.REGISTERS_HELD,
    F.ADDRESS_LINE_1,
    F.ADDRESS_LINE_2,
    F.ADDRESS_LINE_3,
    F.TOWN,
    F.POSTCODE,
    F.TELEPHONE,
    F.GROUP_NAME,
    F.LOCALITY,
    F.CONTACT_NAME,
    F.CONTACT_ROLE,
    F.CONTACT_TELEPHONE,
)
A_HOME = (F.ADDRESS_LINE_1, F.ADDRESS_LINE_2, F.ADDRESS_LINE_3, F.POSTCODE)
"""A childminder's address is where a family lives, and is not kept."""

READERS: dict[Field, Callable[[str], str | int]] = {
    F.PLACES: read_places,
    F.EMAIL: lambda text: read_email(F.EMAIL, text),
    F.CONTACT_EMAIL: lambda text: read_email(F.CONTACT_EMAIL, text),
    F.OPENED_ON: lambda text: read_date(F.OPENED_ON, text),
    F.CLOSED_ON: lambda text: read_date(F.CLOSED_ON, text),
    F.GROUP_URN: read_group_urn,
}


class Row(NamedTuple):
    """What a row says. `closes` where it says that the organisation no longer works."""

    urn: str | None
    name: str | None
    facts: Facts
    closes: bool = False


Cells = Mapping[Field, str]


def read_row(cells: Cells, *, layout: Layout, wider: Wider) -> Row:
    """Read one row of cleaned cells; raises ValueRefused and OutOfScope."""
    if layout is Layout.OFSTED:
        return _of_ofsted(cells, wider)
    if layout is Layout.GIAS:
        return _of_gias(cells)
    return _of_our_own(cells)


def _of_ofsted(cells: Cells, wider: Wider) -> Row:
    urn = _urn(cells, Layout.OFSTED)
    open_now = is_open(F.PROVIDER_STATUS, _word(cells, F.PROVIDER_STATUS), OFSTED_OPEN)
    flag, registers = _word(cells, F.EARLY_YEARS), _word(cells, F.REGISTERS_HELD)
    kind = kind_in_ofsted(
        _word(cells, F.PROVIDER_TYPE),
        _word(cells, F.PROVIDER_SUBTYPE),
        on_early_years=is_on_early_years(flag, registers),
        wider=wider,
    )
    facts = _facts(cells, kind)
    if open_now:
        facts[F.CLOSED_ON] = None
    return _row(urn, Layout.OFSTED, facts, closes=not open_now)


def _of_gias(cells: Cells) -> Row:
    urn = _urn(cells, Layout.GIAS)
    status = _word(cells, F.PROVIDER_STATUS)
    open_now = is_open(F.PROVIDER_STATUS, status, GIAS_OPEN)
    kind = kind_in_gias(_word(cells, F.PROVIDER_TYPE), _word(cells, F.NURSERY), status)
    facts = _facts(cells, kind)
    facts.pop(F.REGISTERS_HELD, None)
    if facts.get(F.TRUST_UID) in (None, "0"):
        facts.pop(F.TRUST_UID, None)
        facts.pop(F.GROUP_NAME, None)
    if open_now:
        facts[F.CLOSED_ON] = None
    return _row(urn, Layout.GIAS, facts, closes=not open_now)


def _of_our_own(cells: Cells) -> Row:
    urn = _urn(cells, Layout.OWN) if _word(cells, F.URN) else None
    kind = kind_in_words(_word(cells, F.KIND)) if _word(cells, F.KIND) else None
    facts = _facts(cells, kind)
    if not facts.get(F.NAME):
        raise ValueRefused(F.NAME, cells.get(F.NAME, ""), "An organisation needs a name.")
    if facts.get(F.GROUP_NAME) and not (facts.get(F.GROUP_URN) or facts.get(F.TRUST_UID)):
        raise ValueRefused(
            F.GROUP_NAME,
            str(facts[F.GROUP_NAME]),
            "A group is known by its registered person URN or trust UID. A name alone does not "
            "make two groups one.",
        )
    if (facts.get(F.CONTACT_EMAIL) or facts.get(F.CONTACT_TELEPHONE)) and not facts.get(
        F.CONTACT_NAME
    ):
        raise ValueRefused(F.CONTACT_NAME, "", "A contact needs a name.")
    opened, closed = facts.get(F.OPENED_ON), facts.get(F.CLOSED_ON)
    if opened and closed and str(closed) < str(opened):
        raise ValueRefused(F.CLOSED_ON, str(closed), "It cannot close before it opened.")
    return _row(urn, Layout.OWN, facts, closes=False)


def _row(urn: str | None, layout: Layout, facts: Facts, *, closes: bool) -> Row:
    if urn is not None:
        facts[F.URN] = urn
    if REGISTER_OF[layout] is not None:
        facts["register"] = REGISTER_OF[layout]
    name = facts.get(F.NAME)
    return Row(urn, str(name) if name else None, facts, closes)


KEPT_AS_WORDS = frozenset({*WORDS_KEPT, F.NAME, F.TRUST_UID})


def _facts(cells: Cells, kind: str | None) -> Facts:
    facts: Facts = {} if kind is None else {F.KIND: kind}
    for field, text in cells.items():
        if kind == "childminder" and field in A_HOME:
            continue
        read = READERS.get(field)
        if read is None and field not in KEPT_AS_WORDS:
            continue
        word = said(text)
        if isinstance(word, str):
            facts[field] = read(word) if read else read_words(field, word)
        elif word is Silence.NONE and field is not F.NAME:
            facts[field] = None
    if facts.get(F.POSTCODE):
        facts[F.POSTCODE] = str(facts[F.POSTCODE]).upper()
    return facts


def _urn(cells: Cells, layout: Layout) -> str:
    word = said(cells.get(F.URN, ""))
    if not isinstance(word, str):
        raise ValueRefused(F.URN, cells.get(F.URN, ""), "A row of a register needs a URN.")
    return read_urn(word, layout)


def _word(cells: Cells, field: Field) -> str:
    word = said(cells.get(field, ""))
    return read_words(field, word) if isinstance(word, str) else ""


__all__ = ["Facts", "OutOfScope", "Row", "read_row"]
