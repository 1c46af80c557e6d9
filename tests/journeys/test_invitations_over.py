"""Invitations that are over, and those for somebody else, at a telephone: each page leads on."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.letters import newest
from tests.journeys.looking import faults_of
from tests.journeys.serving import Served

pytestmark = pytest.mark.xdist_group("browser-2")

INVITED = "wren.hollow@wensmere.example"


def test_an_invitation_for_somebody_else_then_used_then_used_again(
    sit_down: SitsDown, service: Served
):
    desk = sit_down("coordinator")
    invite(desk, service.password)
    link = newest(service, r"(/invitations/\S+)")

    colleague = sit_down("contributor", width=PHONE)
    colleague.goto(link)
    expect(colleague.get_by_role("heading", name="for somebody else")).to_be_visible()
    look_at(colleague)
    colleague.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(colleague.get_by_role("main").get_by_role("button", name="Sign in")).to_be_visible()

    colleague.goto(link)
    colleague.get_by_label("Your name").fill("Wren Hollow")
    colleague.get_by_label("With a code sent by email each time").check()
    colleague.get_by_role("button", name="Accept the invitation").click()
    expect(colleague.get_by_role("heading", name="Your returns")).to_be_visible()
    colleague.goto(link)
    expect(colleague.get_by_role("heading", name="You have accepted")).to_be_visible()
    look_at(colleague)
    colleague.get_by_role("button", name="Go on").click()
    expect(colleague.get_by_role("heading", name="Your returns")).to_be_visible()

    stranger = sit_down(width=PHONE)
    stranger.goto(link)
    expect(stranger.get_by_role("heading", name="has been used")).to_be_visible()
    look_at(stranger)
    stranger.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(stranger.get_by_label("Email address")).to_be_visible()


def invite(desk: Page, password: str) -> None:
    desk.goto("/admin/people/invite")
    if "/account/prove" in desk.url:
        desk.locator("#password").fill(password)
        desk.get_by_role("button", name="Confirm", exact=True).click()
    desk.get_by_label("Their email address").fill(INVITED)
    desk.get_by_label("Contributor").check()
    desk.get_by_label("Organisation or group").fill("Acorn Lane Nursery, Harnsworth")
    desk.get_by_role("button", name="Send the invitation").click()
    expect(desk.get_by_text("The message is on its way")).to_be_visible()


def look_at(page: Page) -> None:
    assert not faults_of(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
