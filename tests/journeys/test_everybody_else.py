"""What the others meet: who may submit, who may read what was submitted, and who may not."""

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import save_and_go_on, submit
from tests.journeys.browsing import PHONE
from tests.journeys.conftest import SitsDown
from tests.journeys.places import A_RETURN, Ids

pytestmark = pytest.mark.xdist_group("browser-2")


@pytest.mark.usefixtures("all_answered")
def test_a_contributor_answers_and_is_told_who_may_submit(sit_down: SitsDown, ids: Ids):
    page = sit_down("contributor")
    page.goto(f"/returns/{ids.now}/check")
    expect(page.get_by_role("main")).to_contain_text("these people may submit the return")
    expect(page.get_by_role("main")).to_contain_text("Greta Oakenshaw")
    expect(page.get_by_role("button", name="Go on to submit")).to_have_count(0)
    refused = page.goto(f"/returns/{ids.now}/submit")
    assert refused is not None
    assert refused.status == 404


@pytest.mark.usefixtures("all_answered")
def test_a_signatory_submits_what_the_others_answered(sit_down: SitsDown, ids: Ids):
    page = sit_down("signatory")
    page.goto(f"/returns/{ids.now}/check")
    page.get_by_role("button", name="Go on to submit").click()
    page.get_by_label("I confirm").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Return submitted")
    expect(page.get_by_role("main")).to_contain_text("by Greta Oakenshaw")


@pytest.mark.parametrize("who", ["moderator", "coordinator"])
@pytest.mark.usefixtures("all_answered")
def test_the_partnership_finds_and_reads_what_came_in(who: str, sit_down: SitsDown, ids: Ids):
    lead = sit_down("lead")
    submit(lead.context, ids.now)
    page = sit_down(who)
    page.goto("/moderation/")
    page.get_by_role("link", name="Acorn Lane Nursery, Harnsworth").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Early Years Safeguarding Audit")
    expect(page.get_by_role("main")).to_contain_text("Rosalind Thackery")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the PDF").click()
    assert waiting.value.suggested_filename.startswith("EYA-")
    page.locator(".govuk-back-link", has_text="Returns received").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Returns received")


@pytest.mark.parametrize("who", ["board", "second.lead", "east.moderator", "administrator"])
def test_whom_a_return_does_not_concern_finds_no_such_page(who: str, sit_down: SitsDown, ids: Ids):
    page = sit_down(who)
    for place in ("", "/read", "/questions/1.1", "/submit", "/report.pdf"):
        answer = page.goto(f"/returns/{ids.last}{place}")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")


def test_an_administrator_is_told_what_there_is(sit_down: SitsDown):
    page = sit_down("administrator")
    page.goto("/")
    expect(page.get_by_role("heading", name="Looking after the service")).to_be_visible()


def test_a_childminder_is_asked_only_what_makes_sense_at_home(sit_down: SitsDown):
    page = sit_down("childminder", width=PHONE)
    page.goto("/returns/")
    mine = A_RETURN.findall(page.content())[0]
    page.goto(f"/returns/{mine}/sections/1")
    expect(page.get_by_role("main")).not_to_contain_text("came and went")
    for who, is_asked in (("Nobody. I live", False), ("An assistant who", True)):
        page.goto(f"/returns/{mine}/questions/1.4")
        page.get_by_label(who).check()
        expect(page.locator("[name=answer]:checked").last).to_be_visible()
        save_and_go_on(page)
        page.goto(f"/returns/{mine}/sections/4")
        expect(page.get_by_role("link", name="4.1")).to_have_count(int(is_asked))
    page.goto(f"/returns/{mine}/questions/1.4")
    expect(page.get_by_label("Nobody. I live")).not_to_be_checked()


def test_signing_out_ends_it(sit_down: SitsDown, ids: Ids):
    page = sit_down("lead")
    page.goto("/returns/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto(f"/returns/{ids.now}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
