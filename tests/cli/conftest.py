"""What tests of commands may ask for: the app's commands on a fresh database and folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from audit_app.app import create_app
from audit_app.config import Config
from tests.databases import Database

KEY = "a-key-that-only-tests-know-0123456789"

Runs = Callable[..., Result]


@pytest.fixture
def config(sqlite_database: Database, tmp_path: Path) -> Config:
    """Give the config of a demonstration on a database with all its tables."""
    return Config(
        data=tmp_path / "var",
        database_url=sqlite_database.url,
        base_address="http://127.0.0.1:8000",
        secret_keys=(KEY,),
        demonstration=True,
        trusted_hosts=("127.0.0.1",),
        log_level="ERROR",
    )


@pytest.fixture
def run(config: Config) -> Runs:
    """Run a command as it would be typed after `flask --app wsgi`."""

    def typed(*words: str, within: Config = config) -> Result:
        app = create_app(within)
        with app.app_context():
            return app.test_cli_runner().invoke(args=words)

    return typed
