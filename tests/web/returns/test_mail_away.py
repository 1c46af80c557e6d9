"""While the mail server is silent people submit and read as ever; the receipt goes out once."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from audit_app.jobs.send_messages import Counts, send_messages
from audit_app.jobs.senders.smtp import Smtp
from audit_app.jobs.working import utc_now
from tests.builders import make_message
from tests.databases import Database
from tests.jobs.mail_server import mail_server
from tests.web.pages import send
from tests.web.returns.desk import Desk

SILENCE = 300.0
"""Seconds for which a silent mail server is waited for: longer than the test lasts."""


def minutes_on(minutes: int) -> Callable[[], datetime]:
    moment = utc_now() + timedelta(minutes=minutes)
    return lambda: moment


def test_submitting_does_not_wait_for_the_mail_and_its_receipt_goes_out_once(
    desk: Desk, sqlite_database: Database
):
    desk.complete()
    make_message(desk.records)
    desk.records.commit()
    engine = sqlite_database.engine
    counts: list[Counts] = []
    with mail_server(silent_at="BANNER") as post:
        way = Smtp(post.server(seconds=SILENCE))
        worker = threading.Thread(
            target=lambda: counts.append(send_messages(engine, way, clock=utc_now))
        )
        worker.start()
        assert post.reached.wait(60)
        sent = send(desk.browser, desk.address("/submit"), {"declare": "y"})
        assert sent.location == desk.address("/submitted")
        assert "Return submitted" in desk.open("/submitted").text
        assert desk.browser.get("/health/ready").status_code == 200
        assert worker.is_alive(), "the worker was to wait for the mail server all this time"
    worker.join()  # the server has gone away without a word
    assert counts == [Counts(put_back=1)]
    with mail_server() as post:
        for minutes in (2, 10):
            send_messages(engine, Smtp(post.server()), clock=minutes_on(minutes))
    (receipt,) = [mail for mail in post.taken if "EVK-2026-0001" in mail["Subject"]]
    assert "was received at" in receipt.get_content()
    assert len(post.taken) == 2
