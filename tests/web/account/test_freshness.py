"""What cannot be taken back asks for a proof of the last quarter of an hour, wherever it is."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from tests.builders import make_cycle, make_partnership, make_person
from tests.web.conftest import SignsIn

FRESH = {
    "account.password",
    "account.email",
    "account.app_codes",
    "account.use_app_codes",
    "account.stop_app_codes",
    "account.new_recovery_codes",
    "account.add",
    "account.keep",
    "account.remove",
    "people.invite_somebody",
    "people.send_invitation_again",
    "people.ending_a_role",
    "people.end_a_role",
    "people.leaving",
    "people.leave",
    "people.inactive_file",
    "history.export",
    "board.report",
    "rounds.monitor_csv",
    "rounds.monitor_xlsx",
}
"""Changes of roles and of how people sign in, copies taken away, and reports issued."""


def test_what_cannot_be_taken_back_asks_for_a_fresh_proof(app: Flask):
    marked = {name for name, view in app.view_functions.items() if getattr(view, "fresh", False)}
    assert marked >= FRESH


@pytest.mark.parametrize("minutes", [14, 16])
def test_a_report_is_issued_to_whoever_has_just_proved_who_they_are(
    sign_in: SignsIn, records: Session, minutes: int
):
    county = make_partnership(records)
    cycle = make_cycle(records, partnership=county)
    client = sign_in(make_person(records, role="board_member", at=county))
    address = f"/board/cycles/{cycle.id}/report.pdf"
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
        answer = client.get(address)
    expected = (200, None) if minutes < 15 else (302, f"/account/prove?next={address}")
    assert (answer.status_code, answer.location) == expected
