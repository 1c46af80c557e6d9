"""Whether these tests can see at all: what is broken on purpose is found."""

import pytest

from tests.journeys.browsing import DESKTOP
from tests.journeys.conftest import SitsDown
from tests.journeys.looking import faults_of

pytestmark = pytest.mark.xdist_group("browser-1")

BREAKS = {
    "a field without a name": ("<input id=nameless>", "at 360 px: label"),
    "a heading that comes too deep": ("<h5>Deep</h5>", "at 1280 px: heading-order"),
    "a line that does not wrap": ("<pre>" + "wide" * 60 + "</pre>", "at 320 px: "),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_what_is_broken_on_a_page_is_found(broken: str, sit_down: SitsDown):
    page = sit_down(width=DESKTOP)
    page.goto("/accessibility")
    assert not faults_of(page)
    markup, found = BREAKS[broken]
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", markup
    )
    assert any(found in fault for fault in faults_of(page))


def test_a_style_that_the_policy_forbids_is_heard(sit_down: SitsDown, complaints: list[str]):
    page = sit_down()
    page.goto("/accessibility")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">Red</p>')"
    )
    page.wait_for_timeout(200)
    heard = [complaint for complaint in complaints if "policy violated: style-src" in complaint]
    complaints.clear()
    assert heard
