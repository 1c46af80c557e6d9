"""The form of a drafted action saves by itself: what it is told, and what is kept."""

import re

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from audit_app.storage.models import Action
from tests.web.actions.test_plan import WHOLE, plan, the_action
from tests.web.pages import token_of, words_of


@pytest.fixture
def address(office) -> str:
    office.send(plan(office) + "/draft", opened=plan(office))
    return f"/actions/{the_action(office).id}/change"


def saved(office, address: str, **fields: str) -> TestResponse:
    token = token_of(office.browser.get(address))
    sent = {"csrf_token": token, "version": "1", **fields}
    came: TestResponse = office.browser.post(f"{address}/by-itself", data=sent)
    return came


def test_what_was_typed_is_kept_as_soon_as_it_is_right_though_more_is_missing(office, address: str):
    page = office.browser.get(address)
    assert f'data-saves-itself="{address}/by-itself"' in page.text
    assert "For 1.1 " in words_of(page)
    told = saved(office, address, what="Train everybody", who="Deputy manager").get_json()
    assert (told["state"], told["version"], told["kept"]) == ("saved", 2, True)
    assert re.fullmatch(r"Saved \d+ \w+ \d{4}, [\w:]+", told["said"])
    action = the_action(office)
    assert (action.what, action.who, action.by_when) == ("Train everybody", "Deputy manager", None)
    again = saved(office, address, version="2", **WHOLE)
    assert again.get_json()["version"] == 3


def test_what_is_wrong_is_named_and_said_to_be_on_the_page_alone(office, address: str):
    day = {"by_when-day": "31", "by_when-month": "2", "by_when-year": "2027"}
    came = saved(office, address, what="Train everybody", **day)
    told = came.get_json()
    assert (came.status_code, told["state"], told["kept"]) == (422, "unsaved", False)
    assert told["problems"][0]["href"] == "#by_when-day"
    assert "only on this page" in told["said"]


def test_the_guard_asks_and_takes_yes_for_an_answer(office, address: str):
    words = "Ring Jack Smith, born 02/03/2020, on Monday"
    told = saved(office, address, what=words).get_json()
    assert told["state"] == "unsaved"
    assert told["may_stay"]
    yes = saved(office, address, what=words, kept=told["may_stay"]).get_json()
    assert yes["state"] == "saved"
    assert the_action(office).what == words


def test_the_second_of_two_people_is_told_and_writes_nothing(office, address: str):
    saved(office, address, what="Train everybody")
    told = saved(office, address, what="Train the deputies").get_json()
    assert told["state"] == "conflict"
    assert the_action(office).what == "Train everybody"


def test_what_is_no_draft_does_not_save_by_itself(office, address: str):
    action = office.records.scalars(select(Action)).one()
    action.who, action.status = "Deputy manager", "open"
    office.records.commit()
    assert "data-saves-itself" not in office.browser.get(address).text
    assert saved(office, address, what="Another").get_json()["state"] == "closed"


def test_an_old_token_and_a_sign_out_are_told_so_that_the_page_can_save_again(
    office, address: str, client
):
    old = office.browser.post(f"{address}/by-itself", data={"csrf_token": "old", "what": "x"})
    assert (old.status_code, old.get_json()["state"]) == (400, "out_of_date")
    out = client.post(f"{address}/by-itself", data={"what": "x"})
    assert (out.status_code, out.get_json()["state"]) == (403, "signed_out")
    assert out.get_json()["sign_in"].startswith("/sign-in?next=")
    token = office.browser.get(f"{address}/by-itself").get_json()
    assert set(token) == {"csrf_token", "version", "person"}
