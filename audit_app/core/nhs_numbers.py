"""Finding NHS numbers among digits, however they are divided, by their check digit."""

import re
from collections.abc import Iterator

LENGTH = 10
WEIGHTS = range(10, 1, -1)

SPELLINGS: frozenset[tuple[int, ...]] = frozenset(
    {
        (10,),
        (3, 3, 4),
        (3, 4, 3),
        (4, 3, 3),
        (3, 3, 3, 1),
        (3, 7),
        (4, 6),
        (5, 5),
        (6, 4),
        (7, 3),
        (1,) * 10,
    }
)
"""How the ten digits are divided where they are: not into dates, years or two-digit figures.

One by one, they are divided alike: "7.3 7.4 8.1 9.1 9.6" are five numbers of questions."""

BETWEEN = r"[ \t.\-/\u00a0\u2007\u2009\u200b\u202f\u2010-\u2015]{1,3}"
RUN = re.compile(rf"\d+(?:{BETWEEN}\d+)*")
GROUP = re.compile(r"\d+")
ISBN = re.compile(r"isbn\W{0,3}(?:10\W{0,2})?$", re.IGNORECASE)


def is_nhs_number(digits: str) -> bool:
    """Say whether ten digits end in their check digit.

    Modulus 11: the first nine are multiplied by 10 down to 2 and added up; 11 less the remainder
    is the tenth, 11 standing for 0, and 10 for no number (NHS Data Dictionary, "NHS Number").
    """
    if len(digits) != LENGTH:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:-1], WEIGHTS, strict=True))
    return (11 - total % 11) % 11 == int(digits[-1])


def places_of_nhs_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Give where each NHS number begins and ends. An ISBN, which is checked alike, is none."""
    for run in RUN.finditer(text):
        groups = [group.span() for group in GROUP.finditer(text, *run.span())]
        for first in range(len(groups)):
            found = _from(text, groups, first)
            if found and not ISBN.search(text[max(0, found[0] - 12) : found[0]]):
                yield found


def _from(text: str, groups: list[tuple[int, int]], first: int) -> tuple[int, int] | None:
    """Take groups of digits from one on until there are ten, and judge them."""
    sizes: list[int] = []
    digits = ""
    for start, end in groups[first : first + LENGTH]:
        sizes.append(end - start)
        if sum(sizes) > LENGTH:
            return None
        digits += text[start:end]
        if len(digits) == LENGTH:
            place = groups[first][0], end
            is_one = tuple(sizes) in SPELLINGS and is_nhs_number(digits)
            return place if is_one and _is_divided_alike(text, place, sizes) else None
    return None


def _is_divided_alike(text: str, place: tuple[int, int], sizes: list[int]) -> bool:
    between = GROUP.split(text[slice(*place)])[1:-1]
    return max(sizes) > 1 or len(set(between)) == 1
