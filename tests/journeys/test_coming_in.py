"""Coming in, in a browser: by invitation, by a code, in two steps, and by a passkey."""

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.browsing import DESKTOP, PHONE, new_window
from tests.journeys.conftest import SitsDown
from tests.journeys.letters import newest
from tests.journeys.looking import faults_of
from tests.journeys.serving import Served

pytestmark = pytest.mark.xdist_group("browser-2")

PASSWORD = "seven green bottles on a wall"
LEAD, COORDINATOR = "lead@wensmere.example", "coordinator@wensmere.example"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_coordinator_invites_somebody_who_accepts_and_begins(
    sit_down: SitsDown, service: Served, script: bool
):
    desk = sit_down("coordinator", script=script)
    desk.goto("/admin/people/invite")
    confirm_if_asked(desk, service.password)
    desk.get_by_label("Their email address").fill("rowan.ashby@wensmere.example")
    desk.get_by_label("Their name").fill("Rowan Ashby")
    desk.get_by_label("Contributor").check()
    desk.get_by_label("Organisation or group").fill("Acorn Lane Nursery, Harnsworth")
    desk.get_by_role("button", name="Send the invitation").click()
    expect(desk.get_by_text("is invited. The message is on its way")).to_be_visible()
    expect(desk.get_by_role("heading", name="Rowan Ashby")).to_be_visible()

    page = sit_down(width=PHONE, script=script)
    page.goto(newest(service, r"(/invitations/\S+)"))
    expect(page.get_by_text("Acorn Lane Nursery").first).to_be_visible()
    page.get_by_label("With a password").check()
    page.locator("#password").fill("short")
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("alert")).to_contain_text("12 characters or more")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/returns/")

    desk.reload()
    expect(desk.get_by_role("heading", name="Rowan Ashby")).to_have_count(0)


def test_a_childminder_signs_in_by_a_code_without_a_script(sit_down: SitsDown, service: Served):
    page = sit_down(width=PHONE, script=False)
    page.goto("/sign-in")
    page.get_by_role("link", name="With a code sent by email").click()
    page.get_by_label("Email address").fill("childminder@wensmere.example")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(newest(service, r"Your code is (\d{6})"))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Tamsin Pennywell")).to_be_visible()


def test_signing_in_by_password_and_an_app(sit_down: SitsDown, service: Served):
    page = sit_down(width=PHONE)
    sign_in_at(page, LEAD, service.password)
    page.goto("/account/second-step")
    page.get_by_role("button", name="Use an app").click()
    clock = pyotp.TOTP(page.locator(".people-secret").inner_text().replace(" ", "").upper())
    page.get_by_label("Code that the app now shows").fill(clock.now())
    page.get_by_role("button", name="Continue").click()
    codes = page.locator(".people-codes li").all_inner_texts()
    assert len(codes) == 10
    assert not faults_of(page)
    page.get_by_role("button", name="I have kept them").click()

    other = sit_down(script=False)
    sign_in_at(other, LEAD, service.password)
    expect(other.get_by_role("heading", name="Second step")).to_be_visible()
    other.get_by_label("Code from your app").fill("000000")
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("alert")).to_contain_text("does not fit")
    other.get_by_label("Code from your app").fill(codes[0])
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("link", name="Rowan Brackenfell")).to_be_visible()


@pytest.fixture
def at_localhost(
    service: Served, browser: Browser, complaints: list[str]
) -> Iterator[BrowserContext]:
    """Lend a window on the same service under its name, which passkeys need."""
    window = new_window(browser, by_name(service), complaints, width=DESKTOP)
    yield window
    window.close()


def test_signing_in_by_a_passkey(at_localhost: BrowserContext, service: Served):
    page = at_localhost.new_page()
    with_authenticator(page)
    sign_in_at(page, LEAD, service.password)
    page.goto("/account/")
    page.get_by_role("button", name="Add a passkey").click()
    assert not faults_of(page)
    page.set_viewport_size({"width": DESKTOP, "height": 800})
    page.get_by_label("Name of this passkey").fill("My telephone")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()
    page.goto("/account/")
    expect(page.get_by_text("My telephone", exact=True)).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()

    page.goto("/sign-in/passkey")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("link", name="Rowan Brackenfell")).to_be_visible()
    page.goto("/account/")
    expect(page.get_by_text("by passkey")).to_be_visible()
    page.goto("/account/prove?next=/account/password")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()

    sign_in_at(page, LEAD, service.password)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("link", name="Rowan Brackenfell")).to_be_visible()
    page.goto("/account/")
    page.get_by_role("button", name="Remove the passkey My telephone").click()
    expect(page.get_by_text("The passkey is removed")).to_be_visible()


def test_a_device_that_gives_nothing_is_said_so(at_localhost: BrowserContext):
    page = at_localhost.new_page()
    with_authenticator(page)
    page.goto("/sign-in/passkey")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing came from your device")


def test_without_a_script_a_passkey_page_says_so(
    service: Served, browser: Browser, complaints: list[str]
):
    window = new_window(browser, by_name(service), complaints, width=PHONE, script=False)
    page = window.new_page()
    page.goto("/sign-in/passkey")
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    window.close()


def by_name(service: Served) -> str:
    """Give the address of the service by the name of this machine, which passkeys need."""
    return service.address.replace("127.0.0.1", "localhost")


def with_authenticator(page: Page) -> None:
    """Give the page a device with a passkey store, whose owner always agrees."""
    told = page.context.new_cdp_session(page)
    told.send("WebAuthn.enable")
    told.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_in_at(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(email)
    page.locator("#password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm_if_asked(page: Page, password: str) -> None:
    """Confirm who is here, where the tests have taken longer than a proof lasts."""
    if "/account/prove" in page.url:
        page.locator("#password").fill(password)
        page.get_by_role("button", name="Confirm", exact=True).click()
