"""Whether every address lets in whom it should, at one's own and at others' objects.

What is let in was reviewed by hand in `access.txt`; to write it afresh after a change:

    .venv/bin/python -m tests.house.walking > made.txt && mv made.txt tests/house/access.txt
"""

from pathlib import Path

import pytest

from tests.house.walking import Walk
from tests.house.world import OF_A_GROUP

REVIEWED = Path(__file__).with_name("access.txt")

ELSEWHERE_TOO = "administrator"
"""Who looks after everybody's accounts, and alone reaches into another partnership."""


@pytest.fixture(scope="module")
def walked(quick_folder: Path, sqlite_pattern: Path) -> list[str]:
    folder = quick_folder / "walk"
    folder.mkdir()
    walk = Walk(folder, pattern=sqlite_pattern)
    try:
        return list(walk.lines())
    finally:
        walk.close()


def reviewed() -> list[str]:
    lines = REVIEWED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_every_address_lets_in_exactly_whom_was_reviewed(walked: list[str]):
    known = set(reviewed())
    differ = [f"now:    {line}" for line in walked if line not in known]
    differ += [f"before: {line}" for line in sorted(known - set(walked))]
    assert not differ, (
        "Who is let in has changed. Look at each line, then write tests/house/access.txt afresh:\n"
        + "\n".join(differ)
    )


def test_everything_opens_to_somebody_so_that_each_refusal_means_something():
    closed = [line for line in reviewed() if "own: nobody" in line or "anywhere: nobody" in line]
    assert not closed


def test_nobody_reaches_into_another_partnership():
    reaching = [
        line
        for line in reviewed()
        if "elsewhere: " in line
        and line.split("elsewhere: ")[1] not in ("nobody", ELSEWHERE_TOO)
        and "<token>" not in line
    ]
    assert not reaching


def test_people_of_one_organisation_reach_nothing_of_another():
    at_organisations = {"contributor", "designated_lead", "signatory", OF_A_GROUP}
    reaching = [
        line
        for line in reviewed()
        if "sibling: " in line
        and at_organisations & set(line.split("sibling: ")[1].split(" | ")[0].split(", "))
    ]
    assert not reaching
