"""What a password must be: long, and not one that everybody thinks of first."""

from enum import StrEnum
from functools import cache
from pathlib import Path

SHORTEST = 12
LONGEST = 1000
COMMON = Path(__file__).with_name("guessed_first.txt")
FEWEST_SIGNS = 5
"""Different characters in a password; `abcabcabcabc` is as quickly tried as `abc`."""


class Fault(StrEnum):
    """Why a password will not do."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_PLAIN = "too_plain"
    COMMON = "common"
    ABOUT_YOU = "about_you"


def fault_of(password: str, *, about: tuple[str, ...] = ()) -> Fault | None:
    """Say what is wrong with a password, or None.

    Length does the work, so no rule asks for signs or capitals. `about` are the person's name and
    address, which a stranger tries first. The rules are those of OWASP's ASVS 5.0, chapter 6.2.
    """
    if len(password) < SHORTEST:
        return Fault.TOO_SHORT
    if len(password) > LONGEST:
        return Fault.TOO_LONG
    plain = password.strip().lower()
    letters = "".join(sign for sign in plain if sign.isalpha())
    if len(set(plain)) < FEWEST_SIGNS:
        return Fault.TOO_PLAIN
    if {plain, plain.rstrip("0123456789!.? "), letters} & _common():
        return Fault.COMMON
    if any(_is_little_more_than(word, plain) for word in about):
        return Fault.ABOUT_YOU
    return None


def _is_little_more_than(words: str, plain: str) -> bool:
    """Say whether a password is somebody's name or address with a few signs round it."""
    letters = "".join(sign for sign in plain if sign.isalnum())
    for word in (words, words.split("@")[0]):
        known = "".join(sign for sign in word.lower() if sign.isalnum())
        if len(known) >= 4 and known in letters and len(letters) - len(known) < 6:
            return True
    return False


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())
