"""The shapes of a URN, which is text whatever a spreadsheet makes of it."""

import re

from audit_app.core.register.layouts import Field, Layout
from audit_app.core.register.problems import ValueRefused

AGENCY = re.compile(r"CA\d{6}", re.ASCII)

SHAPES: dict[Layout, re.Pattern[str]] = {
    Layout.OFSTED: re.compile(r"EY\d{6}|\d{7}|\d{6}", re.ASCII),
    Layout.GIAS: re.compile(r"\d{6}", re.ASCII),
    Layout.OWN: re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}"),
}

SHAPES_IN_WORDS: dict[Layout, str] = {
    Layout.OFSTED: "EY and six digits, seven digits, or six digits",
    Layout.GIAS: "six digits",
    Layout.OWN: "letters, digits and hyphens, at most 20",
}

GROUP = re.compile(r"[A-Z]{2}\d{4,8}|\d{4,8}", re.ASCII)
WRITTEN_AS_NUMBER = re.compile(r"\d+\.0+", re.ASCII)
ROUNDED = re.compile(r"\d(\.\d+)?E\+?\d+", re.ASCII)


def read_urn(text: str, layout: Layout) -> str:
    """Give a URN as it is kept: in capitals, without spaces; raises ValueRefused."""
    urn = _plain(text)
    if SHAPES[layout].fullmatch(urn) and not AGENCY.fullmatch(urn):
        return urn
    if AGENCY.fullmatch(urn):
        reason = "A URN that begins with CA is a childminder agency’s. An agency is not a setting."
    elif ROUNDED.fullmatch(urn):
        reason = (
            "A spreadsheet has turned this URN into a rounded number. Format the column as text."
        )
    else:
        reason = f"This is not the shape of a URN: {SHAPES_IN_WORDS[layout]}."
    raise ValueRefused(Field.URN, text, reason)


def read_group_urn(text: str) -> str:
    """Give the URN of a registered person; raises ValueRefused."""
    urn = _plain(text)
    if not GROUP.fullmatch(urn):
        raise ValueRefused(
            Field.GROUP_URN, text, "A registered person’s URN is two letters and some digits."
        )
    return urn


def _plain(text: str) -> str:
    urn = "".join(text.split()).upper()
    return urn.split(".")[0] if WRITTEN_AS_NUMBER.fullmatch(urn) else urn
