"""Evidence when things go wrong: broken off, too many, too large, no room, and nasty names."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from audit_app.storage.evidence_store import Folder
from audit_app.storage.models import Evidence
from tests.web.pages import token_of, words_of
from tests.web.returns.desk import Desk
from tests.web.returns.files import PDF, form, office

EVIDENCE = "/questions/1.1/evidence"


def add(desk: Desk, *files: tuple[str, bytes], **fields: str) -> TestResponse:
    token = token_of(desk.open(EVIDENCE))
    return desk.browser.post(desk.address(EVIDENCE), data=form(*files, token=token, **fields))


def titles(desk: Desk) -> list[str]:
    desk.records.rollback()
    found = list(desk.records.scalars(select(Evidence.title).order_by(Evidence.created_at)))
    desk.records.rollback()
    return found


def stored(app: Flask) -> list[Path]:
    folder = app.config["AUDIT"].data / "evidence"
    return sorted(one for one in folder.rglob("*") if one.is_file())


def test_three_hundred_files_in_one_post_are_refused_in_words(desk: Desk, app: Flask):
    page = add(desk, *[(f"{n}.pdf", PDF) for n in range(300)])
    assert page.status_code == 422
    assert "You chose 300 files: choose 20 or fewer at a time" in words_of(page)
    assert not titles(desk)
    assert not stored(app)


def test_no_file_at_all_is_told_and_what_was_typed_stays(desk: Desk):
    page = add(desk, title="Our policy", **{"dated-day": "x"})
    assert page.status_code == 422
    assert "Choose at least one file" in words_of(page)
    assert 'value="Our policy"' in page.text
    assert 'value="x"' in page.text


def test_a_post_that_is_too_large_says_so_and_keeps_nothing(desk: Desk, app: Flask):
    app.extensions["audit_evidence"] = app.extensions["audit_evidence"]._replace(
        limits=app.extensions["audit_evidence"].limits._replace(file=20_000)
    )
    page = add(desk, *[(f"{n}.txt", b"words " * 3_000) for n in range(15)])
    assert page.status_code == 413
    assert "choose fewer or smaller ones" in words_of(page)
    assert not titles(desk)
    assert not stored(app)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../../etc/passwd.txt", "passwd"),
        ("..\\..\\boot.txt", "boot"),
        ("<script>alert(1)<!--.txt", "<script>alert(1)<!--"),
        ("invoice\u202etxt.txt", "invoicetxt"),
        ("/.txt", "txt"),
    ],
)
def test_a_nasty_name_is_shown_clean_and_is_no_path(desk: Desk, app: Flask, name: str, title: str):
    page = add(desk, (name, b"words"))
    if page.status_code == 303:
        assert titles(desk) == [title]
        (file,) = stored(app)
        assert file.is_relative_to(app.config["AUDIT"].data / "evidence")
        assert len(file.name) == 40
    shown = desk.open(EVIDENCE).text
    assert "<script>alert" not in shown
    assert "\u202e" not in shown


def test_a_full_disk_is_said_and_loses_no_word_and_no_other_file(
    desk: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch
):
    desk.save("1.1", answer="green", commentary="Kept before.")
    really, count = Folder.put, iter(range(9))

    def full_after_one(self: Folder, name: str, file: object) -> None:
        if next(count):
            raise OSError(28, "no room")
        really(self, name, file)  # type: ignore[arg-type]

    monkeypatch.setattr(Folder, "put", full_after_one)
    page = add(desk, ("one.pdf", PDF), ("two.docx", office()), title="Our policy")
    assert page.status_code == 422
    assert "two.docx was not added: it could not be stored just now" in words_of(page)
    assert 'value="Our policy"' in page.text
    assert titles(desk) == ["Our policy: one"]
    assert len(stored(app)) == 1
    answer = desk.answer("1.1")
    assert answer is not None
    assert answer.commentary == "Kept before."


def test_when_the_rows_cannot_be_written_no_file_stays(
    desk: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch
):
    token = token_of(desk.open(EVIDENCE))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("audit_app.web.returns.evidence_views.add_file", broken)
    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False
    page = desk.browser.post(desk.address(EVIDENCE), data=form(("a.pdf", PDF), token=token))
    assert page.status_code == 500
    assert not titles(desk)
    assert len(stored(app)) <= 1  # a leaving, which the sweep finds a day later


class Quiet(WSGIRequestHandler):
    """Serves without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening(app: Flask) -> Iterator[int]:
    """Serve the app on a real port for one request."""
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        yield server.server_port
        thread.join(30)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_upload_that_breaks_off_in_the_middle_leaves_nothing(desk: Desk, app: Flask):
    token = token_of(desk.open(EVIDENCE))
    cookie = desk.browser.get_cookie("audit")
    assert cookie is not None
    part = (
        '--end\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
        f'{token}\r\n--end\r\nContent-Disposition: form-data; name="files"; '
        'filename="half.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    ).encode() + PDF
    head = (
        f"POST {desk.address(EVIDENCE)} HTTP/1.1\r\nHost: localhost\r\n"
        f"Cookie: audit={cookie.value}\r\nContent-Length: {len(part) + 5_000}\r\n"
        "Content-Type: multipart/form-data; boundary=end\r\n\r\n"
    ).encode()
    with listening(app) as port, socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(head + part)
        line.shutdown(socket.SHUT_WR)
        answer = line.recv(4096)
    assert b" 400 " in answer.split(b"\r\n")[0]
    assert not titles(desk)
    assert not stored(app)


def test_while_a_long_file_comes_in_others_can_save(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    saved: list[int] = []
    really = Folder.put

    def save() -> None:
        saved.append(desk.save("1.2", answer="yes").status_code)

    def others_save_meanwhile(self: Folder, name: str, file: object) -> None:
        other = threading.Thread(target=save)
        other.start()
        other.join(30)
        really(self, name, file)  # type: ignore[arg-type]

    monkeypatch.setattr(Folder, "put", others_save_meanwhile)
    assert add(desk, ("a.pdf", PDF)).status_code == 303
    assert saved == [303]
