"""Walking through every address of the service as everybody, and writing down who is let in.

    .venv/bin/python -m tests.house.walking > made.txt && mv made.txt tests/house/access.txt

An answer means "let in" unless it is 403, 404 or a redirect to the sign-in page: a form sent empty
that is refused in words was looked at, and that is what counts. Whatever a request changes is put
back before the next one.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from audit_app.app import create_app
from audit_app.config import Config, Oidc
from audit_app.core.permissions import Permission
from audit_app.storage.engine import make_engine, writing_session
from audit_app.storage.migrating import upgrade
from audit_app.storage.models import Passkey, Person, SignIn
from audit_app.web.access import permission_of
from audit_app.web.database import engine
from tests.builders import NOW, QUESTIONNAIRE, make_questionnaire_version
from tests.house.world import NOBODY, WHO, Arguments, World, make_world

LATER = QUESTIONNAIRE.replace('version: "2026"', 'version: "2027"')
PLACES = ("own", "sibling", "elsewhere")
OF_FLASK_ITSELF = {"HEAD", "OPTIONS"}

FOR_EVERYBODY: Arguments = {
    "question_id": "1.1",
    "section_id": "1",
    "review_id": "case-ai",
    "outcome": "add",
    "kind": "csv",
    "step": "letter",
    "number": 1,
}
"""What an address names besides objects."""

OF_A_RETURN_SENT = {
    "moderation.ask_for_changes",
    "moderation.changes",
    "returns.by_reference",
    "returns.evidence_of_return",
    "returns.read",
    "returns.report",
    "returns.submitted",
    "returns.version",
    "returns.version_report",
    "returns.versions",
    "returns.withdraw",
}
"""Pages that show moderators what was sent, and nothing before."""

OF_A_ROUND_TO_COME = {
    "rounds.change",
    "rounds.open_it",
    "rounds.open_round",
    "rounds.save_change",
    "rounds.who",
}
"""Pages about a round that is not open yet."""

OF_A_SAMPLE_TO_COME = {"rounds.add_to_sample", "rounds.sample", "rounds.take_out_of_sample"}
"""Pages about a round that audits consultations and is not open yet."""

OF_A_ROUND_PAST = {"rounds.letter"}
"""Pages about what should have come by now."""

ASKED_WITH = {"questionnaires.blank": "?kind=group"}
"""What an address has to be asked with to show anything."""


HEAD = (
    "# Who is let in: every address and method, as everybody, at their own organisation and",
    "# partnership, at another organisation of the same partnership in another locality, and in",
    "# another partnership. Reviewed by hand; tests/house/walking.py says how it is made.",
)

AWAY = {"door.single_sign_on"}
"""Pages that ask somebody who is not there, and say so."""


class NotYetWalked(LookupError):
    """An address names something of which the world has none: make one in tests/house/world.py."""


class Walk:
    """One service with a world in it, put back after everything that may have changed it."""

    def __init__(self, folder: Path, *, pattern: Path | None = None) -> None:
        self.file, self.kept = folder / "world.db", folder / "kept.db"
        url = f"sqlite:///{self.file}"
        if pattern is None:
            upgrade(url)
        else:
            self.file.write_bytes(pattern.read_bytes())
        own_engine = make_engine(url)
        with writing_session(own_engine) as session:
            self.world: World = make_world(session)
            later = make_questionnaire_version(session, text=LATER)
            later.published_at = NOW + timedelta(days=1)
            self.for_everybody = FOR_EVERYBODY | {"content_hash": later.content_hash}
            self.cookies = {who: _signed_in(session, self.world.people[who]) for who in WHO}
            self.passkeys = {
                who: session.scalars(
                    select(Passkey.id).where(Passkey.person_id == self.world.people[who].id)
                ).one()
                for who in WHO
            }
            session.commit()
        own_engine.dispose()
        _copy(self.file, self.kept)
        self.app = _app(folder, url)

    def lines(self) -> Iterator[str]:
        """Give one line for each address and method: who is let in, and where."""
        for rule in sorted(self.app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
            for method in sorted((rule.methods or set()) - OF_FLASK_ITSELF):
                yield f"{method} {rule.rule} | {self._who_is_let_in(rule, method)}"

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            engine().dispose()

    def _who_is_let_in(self, rule: Rule, method: str) -> str:
        names_objects = bool(rule.arguments - set(self.for_everybody))
        told = []
        for place in PLACES if names_objects else ("anywhere",):
            let_in = [who for who in (NOBODY, *WHO) if self._is_let_in(rule, method, place, who)]
            told.append(f"{place}: {_in_words(let_in)}")
        return " | ".join(told)

    def _is_let_in(self, rule: Rule, method: str, place: str, who: str) -> bool:
        client = self._browser(who)
        address = self._address(rule, place, who)
        answer = client.open(address, method=method, data={} if method != "GET" else None)
        if answer.status_code >= 500 and rule.endpoint not in AWAY:
            raise AssertionError(f"{who} {method} {address} was answered {answer.status_code}")
        answer.close()
        if method != "GET":
            _copy(self.kept, self.file)
        if answer.status_code in (403, 404):
            return False
        is_for_all = permission_of(self.app.view_functions[rule.endpoint]) is Permission.ANYONE
        return is_for_all or not (answer.location or "").startswith("/sign-in")

    def _address(self, rule: Rule, place: str, who: str) -> str:
        here = dict(self.world.places[place]) if place in PLACES else {}
        here |= self.for_everybody
        if who != NOBODY and place == "own":
            here["passkey_id"] = self.passkeys[who]
        if place in PLACES and rule.endpoint in OF_A_RETURN_SENT | OF_A_ROUND_PAST:
            here["return_id"] = self.world.returned[place]
        if place in PLACES and rule.endpoint in OF_A_ROUND_PAST:
            here["cycle_id"] = self.world.rounds_past[place]
        if place in PLACES and rule.endpoint in OF_A_ROUND_TO_COME:
            here["cycle_id"] = self.world.rounds_to_come[place]
        if place in PLACES and rule.endpoint in OF_A_SAMPLE_TO_COME:
            here["cycle_id"] = self.world.samples_to_come[place]
        missing = rule.arguments - set(here)
        if missing:
            raise NotYetWalked(f"{rule.rule} names {', '.join(sorted(missing))}")
        with self.app.test_request_context():
            adapter = self.app.url_map.bind("localhost")
            made = adapter.build(rule.endpoint, {name: here[name] for name in rule.arguments})
        return made + ASKED_WITH.get(rule.endpoint, "")

    def _browser(self, who: str) -> FlaskClient:
        client = self.app.test_client()
        if who == NOBODY:
            return client
        person, sign_in_id = self.cookies[who]
        moment = datetime.now(UTC).timestamp()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = person, True
            cookie["sign_in"] = str(sign_in_id)
            cookie["begun"] = cookie["seen"] = moment
        return client


def _in_words(let_in: list[str]) -> str:
    if len(let_in) == len(WHO) + 1:
        return "everybody"
    return "whoever is signed in" if let_in == list(WHO) else ", ".join(let_in) or "nobody"


def _signed_in(session: Session, person: Person) -> tuple[str, UUID]:
    begun = SignIn(person_id=person.id, begun_at=datetime.now(UTC))
    session.add(begun)
    session.flush()
    return person.fs_uniquifier, begun.id


def _app(folder: Path, url: str) -> Flask:
    app = create_app(
        Config(
            data=folder,
            database_url=url,
            base_address="http://localhost",
            secret_keys=("a-key-that-only-tests-know-0123456789",),
            demonstration=False,
            trusted_hosts=("localhost",),
            log_level="ERROR",
            # Nobody answers there, so its pages say that it is away.
            oidc=Oidc("http://127.0.0.1:9", "client", "secret"),
        )
    )
    app.testing, app.config["WTF_CSRF_ENABLED"] = True, False
    return app


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        written.execute("PRAGMA synchronous=OFF")
        read.backup(written)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        sys.stdout.write("".join(f"{line}\n" for line in (*HEAD, *walk.lines())))
        walk.close()
