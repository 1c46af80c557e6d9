"""Getting everything ready before serving: the tables, and the demonstration once."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask_security.utils import hash_password, verify_password
from sqlalchemy.orm import Session

from audit_app.cli.opening import in_one_sentence, open_session, refuse
from audit_app.config import Config, kept_secret
from audit_app.services.demonstration import is_loaded, load_demonstration
from audit_app.services.demonstration.passwords import share_hash, shared_hash
from audit_app.storage.migrating import DatabaseIsNewer, State, check, upgrade

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


def prepare_folder(config: Config) -> None:
    """Make the data folder and prove that it can be written; what is put there is ours alone."""
    os.umask(0o077)
    probe = config.data / f".probe-{secrets.token_hex(4)}"
    try:
        config.data.mkdir(parents=True, exist_ok=True)
        probe.write_text("The service can write here.")
        probe.unlink()
    except OSError as error:
        refuse(
            f"The folder {config.data} cannot be written ({error.strerror}): "
            "make it writable, or name another in AUDIT_DATA."
        )


def prepare_database(config: Config) -> None:
    """Bring the database up to this version; two that start at once do it one after the other."""
    with in_one_sentence():
        state = check(config.database_url)
        if state is State.NEWER:
            raise DatabaseIsNewer
        if state is not State.CURRENT:
            upgrade(config.database_url)


def prepare_demonstration(config: Config) -> str:
    """Load the demonstration unless it is there, and give the password that its accounts share."""
    if not config.demonstration:
        refuse(
            "Invented people and returns are loaded into a demonstration only: "
            "set AUDIT_DEMONSTRATION=yes if this is one."
        )
    with in_one_sentence(), _alone(config.data):
        password = kept_secret(config.data / "demonstration-password", made=_new_password())
        with open_session() as session:
            if _bring_up_to_date(session, config, password):
                session.commit()
    return password


def _bring_up_to_date(session: Session, config: Config, password: str) -> bool:
    """Say whether anything had to be changed."""
    if is_loaded(session):
        stored = shared_hash(session)
        if stored is not None and verify_password(password, stored):
            return False
        share_hash(session, hash_password(password))
        return True
    click.echo("Loading the demonstration: an invented county with two years of audits.", err=True)
    load_demonstration(
        session,
        now=datetime.now(UTC),
        questionnaires=config.questionnaires,
        password_hash=hash_password(password),
        keeping=current_app.extensions["audit_evidence"],
    )
    return True


def _new_password() -> str:
    """Make a password that can be typed from a screen: four groups of four letters."""
    groups = [
        "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(2))
        for _ in range(4)
    ]
    return "-".join(groups)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one program at a time set up in this folder; the others wait and find it done."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "setting-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
