"""How the time that is left is said on a task list."""

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.web.specimens import TEMPLATES

LINE = '{% from "_base/macros/lists.html" import progress_line %}{{ progress_line(1, 2, minutes) }}'
PAGES = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "about 1 minute<"),
        (59, "about 59 minutes<"),
        (60, "about 1 hour<"),
        (64, "about 1 hour<"),
        (111, "about 1 hour 50 minutes<"),
        (115, "about 2 hours<"),
    ],
)
def test_from_an_hour_on_the_time_left_is_said_in_hours_and_tens_of_minutes(
    minutes: int, said: str
):
    words = PAGES.from_string(LINE).render(minutes=minutes)
    assert said in words.replace("</p>", "<")
