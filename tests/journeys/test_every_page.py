"""Every page of every role: no violation that axe knows, nothing to scroll sideways."""

import pytest

from tests.journeys.answering import send
from tests.journeys.answers import group_answers
from tests.journeys.browsing import ZOOMED
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of, too_wide
from tests.journeys.places import PLACES, Ids

pytestmark = pytest.mark.xdist_group("browser-2")


@pytest.mark.parametrize("who", PLACES, ids=[who or "nobody" for who in PLACES])
def test_the_pages_of_a_role_can_be_used_by_everybody(who: str, sit_down: SitsDown, ids: Ids):
    page = sit_down(who)
    faults = []
    for place in PLACES[who]:
        page.goto(place.format(**ids._asdict()))
        faults += faults_of(page)
    assert not faults, "\n".join(faults)


def test_no_question_is_too_wide_for_a_small_screen_empty_or_answered(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead", width=ZOOMED)
    faults = []
    for name, fields in group_answers().items():
        page.goto(f"/returns/{ids.now}/questions/{name}")
        faults += [f"{name} {fault}" for fault in too_wide(page)]
        send(page.context, ids.now, name, fields)
    for place in ("", "/check", "/submit", "/questions/1.2", "/questions/2.1", "/questions/12.1"):
        page.goto(f"/returns/{ids.now}{place}")
        faults += faults_of(page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("who", "place"),
    [
        ("board", "/board/cycles/{cycle}/grid"),
        ("lead", "/returns/{last}/read"),
    ],
)
def test_a_table_that_is_too_wide_scrolls_in_a_region_of_its_own(
    who: str, place: str, sit_down: SitsDown, ids: Ids
):
    page = sit_down(who, width=ZOOMED)
    page.goto(place.format(**ids._asdict()))
    regions = page.locator("[role=region][tabindex='0']")
    widths = regions.evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
    at = next(place for place, wide in enumerate(widths) if wide > 20)
    region = regions.nth(at)
    assert region.get_attribute("aria-label")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("one => one.scrollLeft > 0", arg=region.element_handle())
    assert page.evaluate("window.scrollX") == 0


def test_an_answer_that_is_a_table_has_the_whole_width_at_a_desk(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead")
    page.goto(f"/returns/{ids.last}/read")
    section, table = page.locator("#section-1").bounding_box(), page.locator("#section-1 table")
    drawn = table.first.bounding_box()
    assert section is not None
    assert drawn is not None
    assert drawn["width"] == pytest.approx(section["width"], abs=1)
