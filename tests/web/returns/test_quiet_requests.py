"""What a page sends by itself keeps nobody signed in; what a person does there does."""

from datetime import timedelta
from typing import Any

import pytest

from audit_app.web.session_limits import SEEN_EVERY
from tests.web.returns.desk import Desk
from tests.web.returns.filled_in import fields_of

QUIET = {"Accept": "application/json", "Audit-Nobody-There": "yes"}
AT_WORK = {"Accept": "application/json"}
IDLE = timedelta(minutes=30).total_seconds()


def seen(desk: Desk) -> float:
    """Give when the session last noted that somebody is there."""
    with desk.browser.session_transaction() as cookie:
        return float(cookie["seen"])


def away_for(desk: Desk, seconds: float) -> float:
    """Let nobody have touched the page for so long, and give when somebody did."""
    with desk.browser.session_transaction() as cookie:
        cookie["seen"] -= seconds
        return float(cookie["seen"])


def sent_again(
    desk: Desk, page: dict[str, list[str]], headers: dict[str, str], **typed: Any
) -> str:
    given = {"csrf_token": page["csrf_token"][0], "whose": page["whose"][0], "version": "", **typed}
    answer = desk.browser.post(desk.address("/questions/3.4"), data=given, headers=headers)
    return str((answer.get_json() or {}).get("state"))


@pytest.mark.parametrize(("headers", "stays"), [(QUIET, False), (AT_WORK, True)])
def test_a_save_keeps_somebody_signed_in_only_while_they_type(
    headers: dict[str, str], stays: bool, desk: Desk
):
    page = fields_of(desk.question("3.4"))
    before = away_for(desk, SEEN_EVERY + 60)
    assert sent_again(desk, page, headers, answer="Blue folder") == "saved"
    assert (seen(desk) > before) is stays


def test_asking_for_a_token_and_for_the_time_left_keeps_nobody_signed_in(desk: Desk):
    desk.question("3.4")
    before = away_for(desk, SEEN_EVERY + 60)
    for address in (desk.address("/questions/3.4"), "/account/time-left"):
        assert desk.browser.get(address, headers=QUIET).status_code == 200
    assert seen(desk) == before


def test_quiet_saves_do_not_carry_a_session_over_its_idle_time(desk: Desk):
    page = fields_of(desk.question("3.4"))
    away_for(desk, IDLE - 60)
    assert sent_again(desk, page, QUIET, answer="Blue folder") == "saved"
    away_for(desk, 120)
    assert sent_again(desk, page, QUIET, answer="Red folder") == "signed_out"
    assert desk.answers()["3.4"].value == "Blue folder"
