"""Deadline day: hundreds of people at their returns, each saving and turning the page in turn.

Nobody waits for anybody: each person's next save has its time, whether the one before was quick
or not, and its delay is counted from that time. So a server that falls behind cannot hide it.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from http.client import HTTPException
from typing import NamedTuple

from tests.bench.lending import postgresql, sqlite
from tests.bench.measuring import percentile
from tests.bench.rows import Row, in_words, limited, none_wanted, noted, rate
from tests.bench.savers import Respondent, lost
from tests.bench.serving import Server, served
from tests.bench.town import Lead, load_town, steady_questions
from tests.databases import Database

P95, WORST = 0.3, 0.25
EACH_SAVES = 3
QUESTIONS = 10


class Day(NamedTuple):
    """How many people there are, how often each saves, and on which database."""

    what: str
    lend: Callable[[], AbstractContextManager[Database]]
    people: int
    every: float


class Moment(NamedTuple):
    """One save as its person saw it: how late the answer came, and the page after it."""

    save: float
    page: float
    is_saved: bool


DAYS = (
    Day("PostgreSQL", postgresql, 500, 20.0),
    Day("SQLite", sqlite, 150, 20.0),
)
WRITERS = Day("PostgreSQL: 16 people who save as fast as they can", postgresql, 16, 0.0)


def rows() -> list[Row]:
    """Live through each day; then let sixteen people save without a pause."""
    found = [row for day in DAYS for row in _lived(day)]
    return [*found, *_pressed(WRITERS)]


def _lived(day: Day) -> list[Row]:
    with day.lend() as database, served("wsgi:app", database) as server:
        people = _people(database, server, day.people)
        begun, cpu = time.perf_counter() + 1.0, server.cpu
        with ThreadPoolExecutor(day.people) as threads:
            came = list(
                threads.map(
                    lambda each: _one_day(each[1], begun + each[0] * day.every / day.people, day),
                    enumerate(people),
                )
            )
        wall, cpu = time.perf_counter() - begun, server.cpu - cpu
        missing = sum(lost(database, person) for person in people)
    moments = [moment for person in came for moment in person]
    saves = [moment.save for moment in moments]
    title = f"{day.what}: {day.people} people, each saves every {day.every:.0f} s"
    return [
        noted(f"{title}; p50 of {len(saves):,}", in_words(percentile(saves, 0.5))),
        limited("  p95", percentile(saves, 0.95), limit=P95),
        noted("  worst", in_words(max(saves))),
        limited("  p95 of the page after it", _p95_of_pages(moments), limit=P95),
        noted(
            "  saves a second; cores used by the server", rate(len(saves) / wall), _cores(cpu, wall)
        ),
        none_wanted("  saves that failed", sum(not moment.is_saved for moment in moments)),
        none_wanted("  acknowledged saves that are not in the database", missing),
    ]


def _pressed(day: Day) -> list[Row]:
    with day.lend() as database, served("wsgi:app", database) as server:
        people = _people(database, server, day.people)
        with ThreadPoolExecutor(day.people) as threads:
            came = list(threads.map(_without_a_pause, people))
        missing = sum(lost(database, person) for person in people)
    replies = [moment for person in came for moment in person]
    return [
        limited(
            f"{day.what}; worst of {len(replies):,}",
            max(moment.save for moment in replies),
            limit=WORST,
        ),
        none_wanted("  saves that failed", sum(not moment.is_saved for moment in replies)),
        none_wanted("  acknowledged saves that are not in the database", missing),
    ]


def _people(database: Database, server: Server, number: int) -> list[Respondent]:
    """Sign everybody in beforehand: hashing passwords is not what is measured here."""
    leads = load_town(database, leads=number)
    questions = steady_questions(database, leads[0])[:QUESTIONS]
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(lambda lead: _seated(server, lead, questions), leads))


def _seated(server: Server, lead: Lead, questions: list[str]) -> Respondent:
    person = Respondent(server, lead, questions)
    person.rest()
    return person


def _one_day(person: Respondent, first: float, day: Day) -> list[Moment]:
    moments = []
    for number in range(EACH_SAVES):
        due = first + number * day.every
        time.sleep(max(0.0, due - time.perf_counter()))
        moments.append(_moment(person, due, turn=True))
        person.rest()
    return moments


def _without_a_pause(person: Respondent) -> list[Moment]:
    moments = [_moment(person, time.perf_counter(), turn=False) for _ in range(40)]
    person.rest()
    return moments


def _moment(person: Respondent, due: float, *, turn: bool) -> Moment:
    try:
        is_saved = person.save().status == 303
        saved = time.perf_counter()
        page = person.turn_the_page().seconds if turn else 0.0
    except (OSError, HTTPException):
        return Moment(time.perf_counter() - due, 0.0, is_saved=False)
    return Moment(saved - due, page, is_saved)


def _p95_of_pages(moments: Sequence[Moment]) -> float:
    return percentile([moment.page for moment in moments], 0.95)


def _cores(cpu: float, wall: float) -> str:
    return f"{cpu / wall:.2f}"
