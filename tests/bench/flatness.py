"""Whether saving stays as fast when there are many returns: 12, 200 and 10,000 in the database."""

from contextlib import ExitStack

from tests.bench.crowd import load_crowd
from tests.bench.lending import sqlite
from tests.bench.measuring import median
from tests.bench.rows import Row, compared, in_words, noted
from tests.bench.savers import Respondent
from tests.bench.serving import served
from tests.bench.town import steady_questions

AIM = 1.2
SIZES = (12, 200, 10_000)
ROUNDS, A_ROUND = 20, 10


def rows() -> list[Row]:
    """Save again and again with each number of returns, turn and turn about."""
    seconds: dict[int, list[float]] = {size: [] for size in SIZES}
    with ExitStack() as lent:
        people: dict[int, Respondent] = {}
        for size in SIZES:
            database = lent.enter_context(sqlite())
            crowd = load_crowd(database, size)
            server = lent.enter_context(served("wsgi:app", database))
            questions = steady_questions(database, crowd.lead)
            people[size] = Respondent(server, crowd.lead, questions)
        for _ in range(ROUNDS):
            for size, person in people.items():
                person.rest()
                person.save()
                seconds[size] += [person.save().seconds for _ in range(A_ROUND)]
    least = median(seconds[SIZES[0]])
    found = [noted(f"saving one answer with {SIZES[0]} returns, p50", in_words(least))]
    for size in SIZES[1:]:
        what = f"  with {size:,}, against {SIZES[0]}"
        found.append(compared(what, median(seconds[size]), least, aim=AIM))
    return found
