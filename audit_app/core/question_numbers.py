"""Under which number a question is shown to people: its id where that is one, else its place."""

import re
from collections.abc import Iterable

AS_WRITTEN = re.compile(r"(?=.{1,8}$)[A-Z]{0,3}\d{0,3}(\.\d{1,3}){0,3}[a-z]?")
"""An id as people write numbers: 1.1, 10.12a, G2, K. `case-ae.rec-4.rating` is for machines."""


def is_a_number(question_id: str) -> bool:
    """Say whether an id is a number as people write it."""
    return AS_WRITTEN.fullmatch(question_id) is not None


def numbers_of(placed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the number of each question by its id; given are its id and that of its section.

    They come in the order asked. An id for machines is replaced by the place among the questions
    of its section, which does not change while a return is answered: questions that are not asked
    at the moment are counted too.
    """
    places: dict[str, int] = {}
    numbers = {}
    for question_id, section_id in placed:
        places[section_id] = places.get(section_id, 0) + 1
        numbers[question_id] = question_id if is_a_number(question_id) else str(places[section_id])
    return numbers
