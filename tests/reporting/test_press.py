"""Whether the press keeps drawing apart from everything else, and survives what is put into it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from audit_app.reporting import press
from audit_app.reporting.press import Press, PressFailed

PAGE = b"<html lang=en-GB><title>x</title><h1>x</h1>"


@pytest.fixture
def running():
    found = Press()
    yield found
    found.stop()


def test_a_document_comes_back_whole(running: Press):
    assert running.printed((b"return", b"x", PAGE), patience=60).startswith(b"%PDF-1.7")


def test_after_a_document_that_cannot_be_drawn_the_next_one_can(running: Press):
    with pytest.raises(PressFailed, match="its own"):
        running.printed(
            (b"return", b"x", PAGE + b"<img alt=x src=http://127.0.0.1:9/x>"), patience=60
        )

    assert running.printed((b"return", b"x", PAGE), patience=60).startswith(b"%PDF")


def test_a_drawing_that_takes_too_long_is_stopped_and_gives_nothing(running: Press):
    with pytest.raises(PressFailed, match="slowness"):
        running.printed((b"return", b"x", PAGE + b"<p>word " * 20_000), patience=0.5)

    assert not running.is_running


def test_a_press_that_was_killed_is_started_again():
    press.printed(b"return", b"x", PAGE)
    os.kill(press._running[os.getpid()]._process.pid, signal.SIGKILL)
    time.sleep(0.2)

    assert press.printed(b"return", b"x", PAGE).startswith(b"%PDF")


def test_a_press_ends_when_nobody_feeds_it_any_more():
    room = subprocess.Popen(
        [sys.executable, "-m", "audit_app.reporting.press_room"], stdin=subprocess.PIPE
    )
    room.communicate(timeout=30)

    assert room.returncode == 0


def test_the_press_is_given_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AUDIT_SECRET_KEY", "not for the press")

    assert not [name for name in press._plain_environment() if name.startswith("AUDIT_")]


def test_whoever_asks_for_reports_does_not_import_what_draws_them():
    asked = (
        "import sys, audit_app.reporting.return_report, audit_app.reporting.board_report;"
        "print('weasyprint' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"
